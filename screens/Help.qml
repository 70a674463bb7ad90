import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property HelpModel model

    question: model.hotline
    questionSize: Theme.textPixels(24)
    help: model.hotlineHours
    backText: qsTr("返回")
    onText: model.callBackMatter === "" ? "" : qsTr("请人回电")
    onBackAsked: model.wantCloseHelp()
    onOnAsked: model.wantChooseMatter(model.callBackMatter)

    Panel {
        width: parent.width
        height: facts.height + Theme.mm(10)

        Column {
            id: facts

            x: Theme.mm(6)
            y: Theme.mm(5)
            width: parent.width - 2 * x

            FactRow {
                width: parent.width
                label: qsTr("本机管理人")
                value: page.model.keeper + " " + page.model.keeperTelephone
            }

            FactRow {
                width: parent.width
                label: qsTr("人工窗口")
                value: page.model.window + "\n" + page.model.windowHours
            }

            FactRow {
                width: parent.width
                label: qsTr("地址")
                value: page.model.address
            }
        }
    }
}
