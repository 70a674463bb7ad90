import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    required property StartingModel model

    question: qsTr("正在准备")
    questionSize: Theme.heroSize
    help: model.sentence

    above: Drawing {
        anchors.bottom: parent.bottom
        width: Math.min(parent.width, parent.height * 1.5)
        name: "terminal"
    }
}
