import QtQuick
import screens.theme

// One of several answers; the whole row is the target.
PressButton {
    id: row

    required property string value
    required property string label
    required property string hint
    required property bool chosen
    // A level of the rating points nowhere: all five look the same.
    property bool arrow: true
    property int labelSize: Theme.rowSize
    // Of several: a square that can be ticked, rather than an arrow that goes on.
    property bool tickable: false

    text: label
    spokenName: hint === "" ? text : text + "，" + hint
    checkable: false
    ground: chosen ? Theme.colours.tint : Theme.colours.card
    edge: chosen ? Theme.colours.river : Theme.colours.edge
    Accessible.role: tickable ? Accessible.CheckBox : Accessible.Button
    Accessible.checkable: tickable
    Accessible.checked: chosen
    Accessible.description: chosen && !tickable ? qsTr("已选") : ""

    contentItem: Item {
        implicitHeight: words.height

        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            anchors.right: mark.left
            anchors.rightMargin: Theme.mm(4)

            Words {
                width: parent.width
                text: row.text
                balanced: true
                strong: true
                font.pixelSize: row.labelSize
                lineHeight: 1
                Accessible.ignored: true
            }

            Words {
                width: parent.width
                visible: row.hint !== ""
                text: row.hint
                balanced: true
                color: Theme.colours.inkSoft
                Accessible.ignored: true
            }
        }

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            visible: row.tickable || row.arrow || row.chosen
            name: row.tickable ? (row.chosen ? "ticked" : "unticked") : row.chosen ? "check" : "on"
            colour: Theme.colours.river
            size: Theme.mm(Math.min(14, Theme.grown(8, 10)))
        }
    }
}
