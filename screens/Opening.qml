import QtQuick
import screens.theme

// The first picture, before there are models and settings: what Starting.qml shows, without what cannot be touched
// yet. Until the settings say how large the glass is, it is taken for the reference screen.
Window {
    id: window

    required property url drawings
    required property real physicalWidth
    // Whether the mouse has a pointer here.
    required property bool pointer

    readonly property int ground: Theme.landscape ? Theme.screenHeight - Theme.aidsHeight : Math.round(Theme.screenHeight * 0.64)

    color: Theme.colours.paper
    title: "店小二"

    Component.onCompleted: {
        Theme.pixelsPerMillimetre = Qt.binding(() => window.width / window.physicalWidth);
        Theme.screenWidth = Qt.binding(() => window.width);
        Theme.screenHeight = Qt.binding(() => window.height);
    }

    HoverHandler {
        enabled: !window.pointer
        cursorShape: Qt.BlankCursor
    }

    Rectangle {
        x: Theme.counterSide
        y: Theme.landscape ? Theme.topLineHeight : window.ground
        width: parent.width
        height: parent.height
        color: Theme.colours.counter

        Rectangle {
            width: Theme.landscape ? Theme.edgeLine : parent.width
            height: Theme.landscape ? parent.height : Theme.edgeLine
            color: Theme.colours.edge
        }
    }

    Rectangle {
        y: window.ground
        visible: Theme.landscape
        width: parent.width
        height: parent.height
        color: Theme.colours.counter
    }

    Image {
        x: Theme.side
        width: Theme.mm(15)
        height: Math.round(width * 184 / 60)
        sourceSize: Qt.size(width, height)
        source: window.drawings + "/sign.svg"

        Text {
            x: Math.round((parent.width - width) / 2)
            y: Theme.mm(3)
            width: font.pixelSize
            text: "店小二"
            wrapMode: Text.WrapAnywhere
            lineHeight: Theme.mm(11)
            lineHeightMode: Text.FixedHeight
            color: Theme.colours.onRiver
            font.pixelSize: Theme.textPixels(7.4)
            font.weight: Font.Bold
        }
    }

    Image {
        x: Theme.side
        y: window.ground - height
        width: Theme.contentWidth
        height: Math.min(Theme.mm(100), Math.round(width / 3))
        sourceSize: Qt.size(height * 3, height)
        fillMode: Image.Pad
        horizontalAlignment: Image.AlignLeft
        source: window.drawings + "/scene.svg"
    }

    // In both languages, for the settings have not been read.
    Column {
        x: Theme.side
        y: Theme.landscape ? Theme.mm(52) : window.ground - Theme.mm(100) - Theme.mm(9) - height
        spacing: Theme.mm(4)

        Text {
            text: "正在准备"
            color: Theme.colours.ink
            font.pixelSize: Theme.heroSize
            font.weight: Font.Bold
        }

        Text {
            text: "Getting ready"
            color: Theme.colours.inkSoft
            font.pixelSize: Theme.labelSize
        }
    }
}
