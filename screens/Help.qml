import QtQuick
import screens
import screens.controls
import screens.theme

// Help by people, at any hour.
Page {
    id: page

    required property HelpModel model

    question: qsTr("打这个电话，有人帮您")
    help: here?.speechFitted && Theme.zoom < 2 ? qsTr("%1。按住任何一行，可以听。").arg(model.hotlineHours) : model.hotlineHours
    backText: qsTr("返回")
    onText: model.callBackMatter === "" ? "" : qsTr("请人回电")
    onIcon: "phone"
    onBackAsked: model.wantCloseHelp()
    onOnAsked: model.wantChooseMatter(model.callBackMatter)

    onlyRead: !model.canHandOver
    controlsNeed: list.need
    standingHeight: Theme.mm(110)
    leastStanding: hotline.height + Theme.mm(6)
    standing: Item {
        anchors.fill: parent

        Words {
            id: hotline

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.mm(6)
            text: page.model.hotline
            font.pixelSize: Theme.textPixels(34)
            strong: true
            lineHeight: 0.8
        }

        Drawing {
            anchors.left: hotline.right
            anchors.right: parent.right
            height: parent.height
            name: "help_phone"
        }
    }

    PagedColumn {
        id: list

        anchors.fill: parent

        Item {
            implicitHeight: page.model.canHandOver ? Theme.target : 0

            SecondaryButton {
                height: Math.min(parent.height, Theme.target)
                visible: page.model.canHandOver
                text: qsTr("到窗口接着办")
                iconName: "place"
                onClicked: page.model.wantToWindow()
            }
        }

        Sheet {
            visibleByNeed: page.model.window !== ""

            FactRow {
                width: parent.width
                label: qsTr("人工窗口")
                value: page.model.window
            }

            FactRow {
                width: parent.width
                label: qsTr("开门时间")
                value: page.model.windowHours
            }

            FactRow {
                width: parent.width
                visible: value !== ""
                label: qsTr("现在")
                value: page.model.windowOpen
            }
        }

        Sheet {
            visibleByNeed: page.model.address !== ""

            FactRow {
                width: parent.width
                label: qsTr("地址")
                value: page.model.address
            }
        }

        Sheet {
            visibleByNeed: page.model.keeper !== ""

            FactRow {
                width: parent.width
                label: qsTr("这里的管理人")
                value: page.model.keeper
            }

            FactRow {
                width: parent.width
                label: qsTr("管理人电话")
                value: page.model.keeperTelephone
            }
        }

        StaffDoor {
            offered: page.model.staffOffered
            onClicked: page.model.wantStaff()
        }
    }
}
