pragma ComponentBehavior: Bound

import QtQuick
import screens.theme

// One of drawings/*.svg (three to two unless `proportion` says otherwise) in the colours of the theme, with a layer that moves where motion
// explains: it goes from its place by `travel` and comes back, slowly, and rests. As large as its place allows,
// standing on the lower edge. Silent unless it `says` something.
Item {
    id: drawing

    required property string name
    property string movingName: ""
    property real proportion: 1.5
    // What it shows, for who is read to; empty where the words beside it say the same.
    property string says: ""
    // 0 stands left, 1 right.
    property real across: 0.5
    // Left out where words alone are wanted.
    property bool ornament: true
    // Of the drawing's width and height.
    property point travel: Qt.point(0, 0)

    readonly property string inks: [Theme.colours.ink, Theme.colours.inkSoft, Theme.colours.river, Theme.colours.lacquer, Theme.colours.jade, Theme.colours.amber, Theme.colours.card, Theme.colours.tint, Theme.colours.paper, Theme.colours.line].map(colour => colour.toString().slice(1)).join("-")

    function address(file: string): string {
        return file === "" ? "" : "image://pictures/drawings/" + file + "?" + inks;
    }

    clip: true
    Accessible.role: Accessible.Graphic
    Accessible.name: says
    Accessible.ignored: says === ""

    component Layer: Image {
        required property string file

        visible: !Theme.plain || !drawing.ornament
        x: Math.round((drawing.width - width) * drawing.across)
        y: drawing.height - height
        width: Math.round(Math.min(drawing.width, drawing.height * drawing.proportion))
        height: Math.round(width / drawing.proportion)
        sourceSize: Qt.size(width, height)
        source: width > 0 ? drawing.address(file) : ""
        Accessible.ignored: true
    }

    Layer {
        file: drawing.name
    }

    Layer {
        id: moving

        property real way: 0

        file: drawing.movingName
        transform: Translate {
            x: moving.way * drawing.travel.x * moving.width
            y: moving.way * drawing.travel.y * moving.height
        }

        SequentialAnimation on way {
            running: Theme.motion && drawing.enabled && drawing.visible && drawing.movingName !== ""
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
