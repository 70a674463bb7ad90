import QtQuick
import screens
import screens.controls
import screens.theme

// Why, since when, who is coming, and where it works. The machine's fault is the machine's.
Page {
    id: page

    required property OutOfServiceModel model

    question: qsTr("本机暂停服务")
    questionSize: Theme.heroSize
    help: model.reason

    onlyRead: true
    controlsNeed: list.need
    standingHeight: Theme.mm(125)
    standing: Drawing {
        anchors.fill: parent
        across: 1
        name: "out_of_service"
    }

    PagedColumn {
        id: list

        anchors.fill: parent
        spacing: Theme.mm(6)

        Statement {
            text: page.model.nearest
            iconName: "place"
            size: Theme.rowSize
            strong: true
        }

        // What a phone's map finds: the address, as it is written.
        Panel {
            implicitHeight: page.model.address === "" ? 0 : Math.max(code.height, map.height) + Theme.mm(Theme.tight ? 6 : 10)

            CodeDrawing {
                id: code

                x: Theme.mm(5)
                anchors.verticalCenter: parent.verticalCenter
                side: Theme.mm(36)
                says: page.model.address
                name: qsTr("地址的二维码")
            }

            Column {
                id: map

                anchors.left: code.right
                anchors.leftMargin: Theme.mm(5)
                anchors.right: parent.right
                anchors.rightMargin: Theme.mm(5)
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.mm(2)

                Words {
                    width: parent.width
                    text: page.model.address
                    strong: true
                }

                Words {
                    width: parent.width
                    visible: !Theme.enlarged
                    text: qsTr("用手机扫码，把地址放进地图找路。")
                    color: Theme.colours.inkSoft
                }
            }
        }

        Statement {
            text: page.model.since
            iconName: "clock"
            size: Theme.labelSize
        }

        Statement {
            text: page.model.who
            iconName: "tool"
            size: Theme.labelSize
        }

        Words {
            text: qsTr("着急的话，可以拨打 12345。")
            font.pixelSize: Theme.labelSize
        }

        Words {
            text: page.model.errorCode === "" ? "" : qsTr("编号 %1").arg(page.model.errorCode)
            font.pixelSize: Theme.captionSize
            color: Theme.colours.inkSoft
        }

        StaffDoor {
            onClicked: page.model.wantStaff()
        }
    }
}
