pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property SignInModel model

    matter: model.matter
    question: qsTr("请放身份证，或出示手机上的码")
    help: model.isProblem ? "" : model.advice
    problem: model.isProblem ? model.advice : ""
    backText: qsTr("返回")
    onText: model.isProblem ? qsTr("再试一次") : ""
    onIcon: "again"
    onBackAsked: model.wantBack()
    onOnAsked: model.wantRetry()

    component Way: Panel {
        id: way

        required property string title
        required property string advice
        required property string state_
        required property string drawing
        property point travel

        width: (parent.width - Theme.gap) / 2
        height: parent.height

        Column {
            x: Theme.mm(6)
            y: Theme.mm(6)
            width: parent.width - 2 * x
            spacing: Theme.mm(3)

            Words {
                text: way.title
                strong: true
                font.pixelSize: Theme.titleSize
            }

            Words {
                width: parent.width
                text: way.advice
            }

            Drawing {
                width: parent.width
                name: way.drawing
                movingName: way.drawing + "_moving"
                travel: way.travel
            }
        }
    }

    Row {
        anchors.fill: parent
        spacing: Theme.gap

        Way {
            title: qsTr("身份证")
            advice: qsTr("平放在读卡区，先别拿走")
            state_: page.model.card
            drawing: "card_on_reader"
            travel: Qt.point(0, 0.1)
        }

        Way {
            title: qsTr("手机码")
            advice: qsTr("把码对着扫码窗")
            state_: page.model.code
            drawing: "phone_to_scanner"
            travel: Qt.point(0.1, 0)
        }
    }
}
