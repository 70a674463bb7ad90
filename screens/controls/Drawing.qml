import QtQuick
import screens.theme

// One of drawings/*.svg (width to height 3 : 2) in the colours of the theme, with a layer that moves where motion
// explains: it goes from its place by `travel` and comes back, slowly, and rests. Silent; the words beside it say the same.
Item {
    id: drawing

    required property string name
    property string movingName: ""
    // Of the drawing's width and height.
    property point travel: Qt.point(0, 0)

    readonly property string inks: [Theme.colours.ink, Theme.colours.inkSoft, Theme.colours.river, Theme.colours.lacquer, Theme.colours.jade, Theme.colours.amber, Theme.colours.card, Theme.colours.tint, Theme.colours.paper].map(colour => colour.toString().slice(1)).join("-")

    function address(layer: string): string {
        return layer === "" ? "" : "image://pictures/drawings/" + layer + "?" + inks;
    }

    implicitHeight: width * 2 / 3
    clip: true
    Accessible.ignored: true

    Image {
        width: drawing.width
        height: drawing.height
        sourceSize: Qt.size(width, height)
        source: drawing.address(drawing.name)
        Accessible.ignored: true
    }

    Image {
        id: moving

        property real way: 0

        x: way * drawing.travel.x * drawing.width
        y: way * drawing.travel.y * drawing.height
        width: drawing.width
        height: drawing.height
        sourceSize: Qt.size(width, height)
        source: drawing.address(drawing.movingName)
        Accessible.ignored: true

        SequentialAnimation on way {
            running: Theme.motion && drawing.visible && drawing.movingName !== ""
            loops: Animation.Infinite

            PauseAnimation {
                duration: 1600
            }
            NumberAnimation {
                to: 1
                duration: 1100
                easing.type: Easing.InOutQuad
            }
            PauseAnimation {
                duration: 900
            }
            NumberAnimation {
                to: 0
                duration: 1100
                easing.type: Easing.InOutQuad
            }
        }
    }
}
