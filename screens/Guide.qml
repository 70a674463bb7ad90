import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property GuideModel model

    question: model.title
    questionSize: Theme.heroSize
    help: model.summary
    backText: qsTr("返回")
    onText: qsTr("开始办理")
    canGoOn: model.canStart
    onBackAsked: model.wantBack()
    onOnAsked: model.wantStart()

    Column {
        width: parent.width
        spacing: Theme.gap

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
                    label: qsTr("要带什么")
                    value: page.model.needs.join("、")
                }

                FactRow {
                    width: parent.width
                    label: qsTr("步数和时间")
                    value: qsTr("%1 步，大约 %2 分钟").arg(page.model.steps).arg(page.model.minutes)
                }

                FactRow {
                    width: parent.width
                    label: qsTr("办完带走")
                    value: page.model.leavesWith
                }
            }
        }

        Words {
            width: parent.width
            text: page.model.readiness
            strong: true
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: page.model.alternative
        }
    }
}
