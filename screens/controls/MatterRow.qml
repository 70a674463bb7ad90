import QtQuick
import screens.theme

// A matter with what one leaves with, and whether it can be finished here now: in words, with an icon.
PressButton {
    id: row

    required property string code
    required property string title
    required property string leavesWith
    required property string finish
    required property string readiness
    required property bool canStart
    required property string nearest

    // What one leaves with; where it is not done here, where it is.
    readonly property string aside: nearest !== "" ? nearest : leavesWith !== "" ? qsTr("带走：%1").arg(leavesWith) : ""

    text: title
    spokenName: title + "，" + aside + "，" + readiness
    verticalPadding: Theme.mm(3)

    contentItem: Item {
        implicitHeight: words.height

        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            anchors.right: mark.left
            anchors.rightMargin: Theme.mm(4)
            spacing: Theme.mm(1)

            Words {
                width: parent.width
                text: row.title
                balanced: true
                strong: true
                font.pixelSize: Theme.rowSize
                lineHeight: 1
                Accessible.ignored: true
            }

            Words {
                width: parent.width
                visible: !Theme.enlarged && !Theme.plain && row.aside !== ""
                text: row.aside
                color: Theme.colours.inkSoft
                lineHeight: 1
                Accessible.ignored: true
            }

            Row {
                width: parent.width
                spacing: Theme.mm(2)

                Icon {
                    id: state

                    anchors.verticalCenter: parent.verticalCenter
                    name: row.finish === "finish_here" ? "check" : row.finish === "start_here" ? "part" : "attention"
                    colour: row.finish === "finish_here" ? Theme.colours.jade : row.finish === "start_here" ? Theme.colours.river : Theme.colours.amber
                    size: Theme.mm(Theme.grown(5.5, 8))
                }

                Words {
                    width: parent.width - state.width - parent.spacing
                    text: row.readiness
                    balanced: true
                    color: state.colour
                    lineHeight: 1
                    Accessible.ignored: true
                }
            }
        }

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            name: "on"
            colour: Theme.colours.river
            size: Theme.mm(Math.min(14, Theme.grown(8, 10)))
        }
    }
}
