import QtQuick
import screens
import screens.controls
import screens.theme

// Nothing of the person stays. It is said only after the wipe and its scan.
Page {
    id: page

    required property FarewellModel model

    readonly property string wish: model.takeCard || model.takePaper ? qsTr("请带好证件和单据，慢走。") : qsTr("谢谢您来，慢走。")

    question: !model.cleared ? qsTr("正在清除您的信息") : model.draft === "" ? qsTr("您的信息已从本机清除") : qsTr("除了没填完的，都已从本机清除")
    questionSize: Theme.heroSize
    help: model.draft === "" ? wish : `${model.draft}\n${wish}`
    onText: model.cleared ? qsTr("我拿好了") : ""
    onIcon: "check"
    onOnAsked: model.wantFinish()

    controlsNeed: Theme.mm(model.takeCard || model.takePaper ? 110 : 0)
    standingHeight: Theme.mm(125)
    standing: Drawing {
        anchors.fill: parent
        across: 1
        name: "cleared"
    }

    component Reminder: Panel {
        id: reminder

        required property string text
        required property string drawing

        height: Math.min(parent.height, Theme.mm(150))

        Drawing {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.bottom: words.top
            anchors.margins: Theme.mm(6)
            name: reminder.drawing
        }

        Words {
            id: words

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.mm(8)
            anchors.horizontalCenter: parent.horizontalCenter
            width: parent.width - Theme.mm(8)
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.bodySize / 2
            text: reminder.text
            strong: true
            font.pixelSize: Theme.rowSize
        }
    }

    Row {
        readonly property bool anyCard: page.model.takeCard || page.model.takeSocialCard

        visible: anyCard || page.model.takePaper
        width: parent.width
        height: parent.height
        spacing: Theme.gap

        Reminder {
            visible: parent.anyCard
            width: page.model.takePaper ? (parent.width - Theme.gap) / 2 : parent.width
            text: !page.model.takeSocialCard ? qsTr("拿好身份证") : page.model.takeCard ? qsTr("拿好两张卡") : qsTr("拿好社保卡")
            drawing: "take_card"
        }

        Reminder {
            visible: page.model.takePaper
            width: parent.anyCard ? (parent.width - Theme.gap) / 2 : parent.width
            text: qsTr("取走凭条")
            drawing: "slip_out"
        }
    }
}
