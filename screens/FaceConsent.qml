pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// Asked by itself. Yes and no are two rows of one size; nothing is chosen before.
Page {
    id: page

    required property FaceConsentModel model

    matter: model.matter
    question: model.wholeShown ? qsTr("刷脸怎么用：全文") : qsTr("要用刷脸核对吗？")
    help: model.wholeShown ? "" : [...model.lines, model.guardian].filter(line => line !== "").join("\n")
    backText: qsTr("返回")
    onBackAsked: model.wholeShown ? model.wantShowWholeNotice() : model.wantBack()

    PagedColumn {
        anchors.fill: parent
        anchors.bottomMargin: page.model.wholeShown ? 0 : whole.height + Theme.gap
        mostRowHeight: page.model.wholeShown ? 0 : Theme.mm(42)

        Repeater {
            model: page.model.wholeShown ? page.model.whole : []

            Words {
                required property string modelData

                text: modelData
            }
        }

        Repeater {
            model: page.model.wholeShown ? 0 : 1

            OptionRow {
                value: ""
                label: qsTr("同意刷脸")
                hint: ""
                chosen: false
                onClicked: page.model.wantAgree()
            }
        }

        Repeater {
            model: page.model.wholeShown ? 0 : 1

            OptionRow {
                value: ""
                label: qsTr("不刷脸，换一种方式")
                hint: ""
                chosen: false
                onClicked: page.model.wantOtherWay()
            }
        }
    }

    SecondaryButton {
        id: whole

        anchors.bottom: parent.bottom
        visible: !page.model.wholeShown
        text: qsTr("看全文")
        iconName: "paper"
        onClicked: page.model.wantShowWholeNotice()
    }
}
