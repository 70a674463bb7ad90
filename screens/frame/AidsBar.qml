pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// The last strip of every screen, always in this order. An aid that does not work yet is not shown.
FocusScope {
    id: bar

    required property AidsModel model
    property bool helping: false

    height: Theme.aidsHeight

    component Aid: PressButton {
        id: aid

        required property string iconName
        property bool on: false

        width: (row.width - 4 * Theme.gap) / 5
        height: row.height
        ground: on ? Theme.colours.river : "transparent"
        groundPressed: on ? Theme.colours.river : Theme.colours.card
        edge: Theme.highContrast ? Theme.colours.edge : "transparent"
        horizontalPadding: Theme.mm(1)
        verticalPadding: 0
        Accessible.checkable: true
        Accessible.checked: on

        contentItem: Item {
            Column {
                anchors.centerIn: parent
                spacing: Theme.mm(1)

                Icon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: !Theme.tight
                    name: aid.iconName
                    colour: aid.on ? Theme.colours.onRiver : Theme.colours.ink
                    size: Theme.mm(Theme.elder ? 10 : 7.5)
                }

                Words {
                    anchors.horizontalCenter: parent.horizontalCenter
                    text: aid.text
                    font.pixelSize: Theme.bodySize
                    color: aid.on ? Theme.colours.onRiver : Theme.colours.ink
                    lineHeight: 1
                    strong: aid.on
                    Accessible.ignored: true
                }
            }
        }
    }

    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.colours.line
    }

    Row {
        id: row

        x: Theme.margin
        y: Theme.mm(Theme.tight ? 1.7 : 2)
        width: bar.width - 2 * Theme.margin
        height: bar.height - y - (Theme.tight ? 0 : Theme.mm(2))
        spacing: Theme.gap

        Aid {
            text: qsTr("长者版")
            iconName: "elder"
            on: bar.model.elder
            onClicked: bar.model.wantElder()
        }

        Aid {
            text: qsTr("配色")
            iconName: "colours"
            onClicked: bar.model.wantColours()
        }

        Aid {
            text: qsTr("低位操作")
            iconName: "low_reach"
            on: bar.model.lowReach
            onClicked: bar.model.wantLowReach()
        }

        Aid {
            text: bar.model.language === "en" ? "中文" : "English"
            iconName: "language"
            onClicked: bar.model.wantLanguage()
        }

        Aid {
            text: qsTr("人工帮助")
            iconName: "help"
            on: bar.helping
            onClicked: bar.helping ? bar.model.wantCloseHelp() : bar.model.wantHelp()
        }
    }
}
