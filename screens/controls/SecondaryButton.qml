import QtQuick
import screens.theme

// Any other way: back, another way, print again. The icon stands before the words.
PressButton {
    id: control

    property string iconName: ""
    property color colour: Theme.colours.river

    ground: Theme.colours.card
    edge: colour

    contentItem: Item {
        implicitWidth: row.implicitWidth
        implicitHeight: row.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.mm(3)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: control.iconName !== ""
                name: control.iconName === "" ? "back" : control.iconName
                colour: control.enabled ? control.colour : Theme.colours.faded
                size: Theme.mm(Math.min(12, Theme.grown(7, 9)))
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: control.text
                strong: true
                font.pixelSize: Theme.labelSize
                color: control.enabled ? control.colour : Theme.colours.faded
                lineHeight: 1
                Accessible.ignored: true
            }
        }
    }
}
