import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    required property StartingModel model

    question: qsTr("正在准备")
    questionSize: Theme.heroSize
    help: model.sentence

    controlsNeed: 0
    standingHeight: Theme.mm(100)
    standing: Drawing {
        anchors.fill: parent
        proportion: 3
        name: "scene"
    }
}
