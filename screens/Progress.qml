import QtQuick
import screens
import screens.controls
import screens.theme

// No spinner without a sentence, no bar that lies.
Page {
    id: page

    required property ProgressModel model

    matter: model.matter
    question: model.sentence
    questionSize: Theme.heroSize
    help: qsTr("请稍等，不用再点。")
    onText: model.otherWay
    onOnAsked: model.wantOtherWay()

    controlsNeed: list.need
    standingHeight: Theme.mm(120)
    standing: Drawing {
        anchors.fill: parent
        across: 1
        name: "tea"
        movingName: "tea_moving"
        travel: Qt.point(0, -0.04)
    }

    PagedColumn {
        id: list

        anchors.fill: parent

        Sheet {
            visibleByNeed: page.model.waitingFor !== ""

            Statement {
                width: parent.width
                text: page.model.waitingFor
                tone: "waiting"
                size: Theme.labelSize
            }
        }
    }
}
