pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// The sign of the inn, and on one thin line: place and terminal, who is signed in, the connection in words, the time.
Item {
    id: line

    required property TopLineModel model
    required property LookModel look

    height: Theme.topLineHeight

    Drawing {
        id: sign

        x: Theme.side
        width: Theme.mm(15)
        height: Math.round(width / proportion)
        name: "sign"
        proportion: 60 / 184
        ornament: false
        Accessible.ignored: logo.visible
        Accessible.role: Accessible.StaticText
        Accessible.name: "店小二"
        opacity: logo.visible ? 0 : 1

        Column {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.mm(3)

            Repeater {
                model: ["店", "小", "二"]

                Item {
                    id: character

                    required property string modelData

                    width: sign.width
                    height: Theme.mm(11)

                    Text {
                        anchors.centerIn: parent
                        text: character.modelData
                        color: Theme.colours.onRiver
                        font.pixelSize: Theme.textPixels(7.4)
                        font.weight: Font.Bold
                        Accessible.ignored: true
                    }
                }
            }
        }
    }

    Logo {
        id: logo

        x: sign.x
        y: Theme.mm(2)
        width: sign.width
        height: Theme.topLineHeight - Theme.mm(4)
        drawing: line.look.topLineLogo
        name: line.look.topLineName
    }

    // In the larger view the connection has a line of its own.
    Words {
        id: place

        anchors.left: sign.right
        anchors.leftMargin: Theme.mm(8)
        width: Math.max(0, (Theme.twoTopLines ? time.x : line.model.demonstration ? demo.x : state.x) - x - Theme.mm(4))
        anchors.verticalCenter: time.verticalCenter
        text: line.model.signedInAs !== "" ? qsTr("%1，您好").arg(line.model.signedInAs) : Theme.enlarged ? line.model.placeName : line.model.placeName + "  " + line.model.terminalName
        font.pixelSize: Theme.captionSize
        color: Theme.colours.inkSoft
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.captionSize * 0.6
        wrapMode: Text.NoWrap
        lineHeight: 1
    }

    Words {
        id: time

        anchors.right: parent.right
        anchors.rightMargin: Theme.side
        y: Theme.twoTopLines ? Theme.mm(2) : Math.round((parent.height - height) / 2)
        text: line.model.clock
        font.pixelSize: Theme.captionSize
        strong: true
        lineHeight: 1
    }

    Row {
        id: state

        x: Theme.twoTopLines ? place.x : time.x - width - Theme.mm(5)
        y: Theme.twoTopLines ? place.y + place.height : time.y
        spacing: Theme.mm(2.5)

        readonly property int room: Theme.twoTopLines ? time.x + time.width - place.x - (line.model.demonstration ? demo.width + Theme.gap : 0) : time.x - place.x - Theme.mm(90)

        Icon {
            id: connection

            anchors.verticalCenter: parent.verticalCenter
            name: line.model.connection === "connected" ? "connected" : "offline"
            colour: line.model.connection === "connected" ? Theme.colours.jade : Theme.colours.amber
            size: Theme.mm(Theme.grown(5.5, 8))
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            // Better a little smaller than over what stands beside it.
            width: Math.min(implicitWidth, state.room - connection.width - state.spacing)
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.captionSize * 0.6
            wrapMode: Text.NoWrap
            text: line.model.connectionText
            font.pixelSize: Theme.captionSize
            color: Theme.colours.inkSoft
            lineHeight: 1
        }
    }

    Rectangle {
        id: demo

        x: Theme.twoTopLines ? time.x + time.width - width : state.x - width - Theme.mm(4)
        y: state.y + Math.round((state.height - height) / 2)
        visible: line.model.demonstration
        width: demonstration.width + Theme.mm(4)
        height: demonstration.height
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
