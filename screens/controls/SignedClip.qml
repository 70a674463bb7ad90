import QtQuick
import screens.theme

// 手语: the clip of this step, with its words beside it. Where there is none, it takes no room.
Item {
    id: clip

    required property bool shown
    required property string caption
    // The next picture, each time another one.
    required property string source
    readonly property bool unsettled: shown && picture.status === Image.Loading

    // It stands on the glass.
    signal drawn

    // Very large words need the room; beside them it is small, and what it says the page says too.
    readonly property bool brief: Theme.zoom >= 2
    readonly property int side: Theme.mm(brief ? 30 : Theme.landscape || Theme.enlarged || Theme.lowReach ? 42 : 64)

    visible: shown
    height: !shown ? 0 : brief ? side : Math.max(side, words.height)

    Image {
        id: picture

        width: clip.side
        height: width
        sourceSize: Qt.size(width, height)
        source: clip.source
        cache: false
        fillMode: Image.PreserveAspectFit
        retainWhileLoading: true
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("手语")
        Accessible.ignored: !clip.shown
        onStatusChanged: {
            if (status === Image.Ready && Theme.motionAllowed)
                clip.drawn();
        }
    }

    Rectangle {
        anchors.fill: picture
        color: "transparent"
        border.width: Theme.edgeLine
        border.color: Theme.colours.edge
        Accessible.ignored: true
    }

    Words {
        id: words

        x: picture.width + Theme.mm(6)
        width: clip.width - x
        anchors.verticalCenter: picture.verticalCenter
        visible: !clip.brief
        text: clip.caption
        color: Theme.colours.inkSoft
        balanced: true
        lineHeight: 1
    }
}
