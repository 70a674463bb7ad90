pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// What to do stands large; no picture of anybody is shown. The other way is there at every moment.
Page {
    id: page

    required property FaceModel model

    matter: model.matter
    question: model.advice
    help: model.lamp
    backText: qsTr("返回")

    onBackAsked: model.wantBack()

    PagedColumn {
        id: ways

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Math.min(parent.height, Theme.mm(Theme.enlarged ? 120 : 64))

        Repeater {
            model: page.model.canRetry ? 1 : 0

            OptionRow {
                value: ""
                label: qsTr("再试一次")
                hint: ""
                chosen: false
                onClicked: page.model.wantRetry()
            }
        }

        OptionRow {
            value: ""
            label: qsTr("不刷脸，换一种方式")
            hint: ""
            chosen: false
            onClicked: page.model.wantOtherWay()
        }
    }

    Drawing {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: ways.top
        anchors.bottomMargin: Theme.gap
        visible: height > Theme.mm(60)
        name: "face_to_camera"
        proportion: 300 / 270
        opacity: page.model.isProblem ? 0.35 : 1
    }
}
