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

    Drawing {
        id: sign

        x: Theme.side
        width: Theme.mm(15)
        height: Math.round(width / proportion)
        name: "sign"
        proportion: 60 / 184

        Column {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.mm(3)

            Repeater {
                model: ["店", "小", "二"]

                Text {
                    required property string modelData

                    width: sign.width
                    height: Theme.mm(11)
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    text: modelData
                    color: Theme.colours.onRiver
                    font.pixelSize: Theme.textPixels(8)
                    font.weight: Font.Bold
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

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: line.model.demonstration
            width: demonstration.width + Theme.mm(4)
            height: demonstration.height + Theme.mm(1.5)
            radius: Theme.mm(1)
            color: Theme.colours.amber

            Words {
                id: demonstration

                anchors.centerIn: parent
                text: qsTr("演示")
                font.pixelSize: Theme.captionSize
                color: Theme.colours.paper
                strong: true
                lineHeight: 1
            }
        }

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
}
