import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property ResultModel model

    matter: model.matter
    question: model.headline
    questionSize: Theme.heroSize
    help: model.explanation
    backText: qsTr("办别的事")
    backIcon: "home"
    onText: qsTr("完成")
    onBackAsked: model.wantAnotherMatter()
    onOnAsked: model.wantFinish()

    Column {
        width: parent.width
        spacing: Theme.gap

        Words {
            text: page.model.state
            strong: true
        }

        Words {
            visible: text !== ""
            text: page.model.receiptNumber
            font.pixelSize: Theme.numberSize
            strong: true
        }

        Words {
            width: parent.width
            text: page.model.slipText
        }

        SecondaryButton {
            visible: page.model.canPrint
            text: qsTr("打印凭条")
            iconName: "print"
            onClicked: page.model.wantPrint()
        }

        SecondaryButton {
            visible: page.model.canRetry
            text: qsTr("再试一次")
            iconName: "again"
            onClicked: page.model.wantRetry()
        }
    }
}
