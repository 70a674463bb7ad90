import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property ProgressModel model

    matter: model.matter
    question: model.sentence
    questionSize: Theme.heroSize
    help: model.waitingFor
    onText: model.otherWay
    onOnAsked: model.wantOtherWay()

    above: Drawing {
        anchors.bottom: parent.bottom
        width: Math.min(parent.width, parent.height * 1.5)
        name: "tea"
        movingName: "tea_moving"
    }
}
