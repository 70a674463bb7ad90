import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property OutOfServiceModel model

    question: qsTr("本机暂停服务")
    questionSize: Theme.heroSize
    help: model.reason

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
                label: qsTr("从什么时候起")
                value: page.model.since
            }

            FactRow {
                width: parent.width
                label: qsTr("谁在处理")
                value: page.model.who
            }

            FactRow {
                width: parent.width
                label: qsTr("最近能办的地方")
                value: page.model.nearest
            }
        }
    }
}
