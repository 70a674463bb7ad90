import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property FarewellModel model

    question: model.cleared ? qsTr("您的信息已从本机清除") : qsTr("正在清除您的信息")
    questionSize: Theme.heroSize
    help: qsTr("请带好证件和单据。")

    above: Drawing {
        anchors.bottom: parent.bottom
        width: Math.min(parent.width, parent.height * 1.5)
        name: "cleared"
    }
}
