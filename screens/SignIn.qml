pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// Card and phone with equal weight, drawn as gestures.
Page {
    id: page

    required property SignInModel model

    matter: model.matter
    question: qsTr("先核对您的身份")
    help: model.isProblem ? "" : model.advice
    problem: model.isProblem ? model.advice : ""
    backText: qsTr("返回")
    onBackAsked: model.wantBack()

    component Way: Panel {
        id: way

        required property string title
        required property string advice
        required property string progress
        required property string drawing
        property point travel

        readonly property bool usable: progress !== "unavailable"

        width: (parent.width - Theme.gap) / 2
        height: Math.min(parent.height, Theme.mm(190))
        border.width: progress === "working" ? Theme.mm(1) : Theme.highContrast ? Theme.border : Theme.hairline
        border.color: progress === "working" ? Theme.colours.river : Theme.highContrast ? Theme.colours.edge : Theme.colours.line

        Column {
            id: words

            x: Theme.mm(7)
            y: Theme.mm(Theme.lowReach ? 4 : 8)
            width: parent.width - 2 * x
            spacing: Theme.mm(1.5)

            Words {
                width: parent.width
                text: way.title
                strong: true
                font.pixelSize: Theme.titleSize
                lineHeight: 1
            }

            Words {
                width: parent.width
                visible: !Theme.tight && !(Theme.landscape && Theme.enlarged)
                text: way.advice
                balanced: true
                color: Theme.colours.inkSoft
            }
        }

        Drawing {
            // To the edge of the sheet: the sleeve comes from beyond it.
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.rightMargin: way.border.width
            anchors.top: words.bottom
            anchors.topMargin: Theme.mm(3)
            anchors.bottom: state.top
            anchors.bottomMargin: Theme.mm(4)
            across: 1
            opacity: way.usable ? 1 : 0.35
            proportion: 300 / 270
            name: way.drawing
            movingName: way.drawing + "_moving"
            travel: way.travel
        }

        Statement {
            id: state

            x: Theme.mm(7)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.mm(Theme.lowReach ? 4 : 8)
            width: parent.width - 2 * x
            strong: true
            text: way.progress === "working" ? qsTr("正在识别，请稍等") : way.progress === "problem" ? qsTr("请再来一次") : way.usable ? qsTr("已准备好") : qsTr("现在用不了")
            tone: way.progress === "working" ? "waiting" : way.progress === "waiting" ? "done" : "attention"
        }
    }

    Row {
        anchors.fill: parent
        spacing: Theme.gap

        Way {
            title: qsTr("身份证")
            advice: qsTr("平放在读卡区，别急着拿")
            progress: page.model.card
            drawing: "card_on_reader"
            travel: Qt.point(0, 0.22)
        }

        Way {
            title: qsTr("手机码")
            advice: qsTr("把码对着扫码窗")
            progress: page.model.code
            drawing: "phone_to_scanner"
            travel: Qt.point(0, 0.12)
        }
    }
}
