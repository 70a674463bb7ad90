pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// The sign of the inn, and on one thin line: place and terminal, who is signed in, the connection in words, the time.
Item {
    id: line

    required property TopLineModel model

    height: Theme.topLineHeight

    Rectangle {
        id: sign

        x: Theme.side
        width: Theme.mm(15)
        height: Theme.mm(42)
        color: Theme.colours.river
        Accessible.role: Accessible.StaticText
        Accessible.name: "店小二"

        Column {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.mm(3.4)

            Repeater {
                model: ["店", "小", "二"]

                Text {
                    required property string modelData

                    anchors.horizontalCenter: parent?.horizontalCenter
                    text: modelData
                    color: Theme.colours.onRiver
                    font.pixelSize: Theme.textPixels(8.2)
                    font.weight: Font.Bold
                    lineHeightMode: Text.FixedHeight
                    lineHeight: Theme.mm(11)
                    Accessible.ignored: true
                }
            }
        }
    }

    Words {
        id: place

        anchors.left: sign.right
        anchors.leftMargin: Theme.mm(8)
        anchors.right: state.left
        anchors.rightMargin: Theme.mm(4)
        anchors.verticalCenter: parent.verticalCenter
        text: line.model.signedInAs !== "" ? qsTr("%1，您好").arg(line.model.signedInAs) : line.model.placeName + "  " + line.model.terminalName
        font.pixelSize: Theme.captionSize
        color: Theme.colours.inkSoft
        lineHeight: 1
    }

    Row {
        id: state

        anchors.right: parent.right
        anchors.rightMargin: Theme.side
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(2.5)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: line.model.connection === "connected" ? "connected" : "offline"
            colour: line.model.connection === "connected" ? Theme.colours.jade : Theme.colours.amber
            size: Theme.mm(Theme.elder ? 8 : 5.5)
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: line.model.connectionText
            font.pixelSize: Theme.captionSize
            color: Theme.colours.inkSoft
            lineHeight: 1
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            leftPadding: Theme.mm(3)
            text: line.model.clock
            font.pixelSize: Theme.captionSize
            strong: true
            lineHeight: 1
        }
    }

    Rectangle {
        anchors.left: sign.right
        anchors.leftMargin: Theme.mm(8)
        anchors.right: parent.right
        anchors.rightMargin: Theme.side
        anchors.bottom: parent.bottom
        height: Theme.hairline
        color: Theme.colours.line
    }

    Rectangle {
        visible: line.model.demonstration
        anchors.top: parent.bottom
        anchors.right: parent.right
        anchors.rightMargin: Theme.side
        width: mark.width + Theme.mm(6)
        height: mark.height + Theme.mm(4)
        color: Theme.colours.amber

        Words {
            id: mark

            anchors.centerIn: parent
            text: qsTr("演示")
            font.pixelSize: Theme.captionSize
            color: Theme.colours.paper
            strong: true
            lineHeight: 1
        }
    }
}
