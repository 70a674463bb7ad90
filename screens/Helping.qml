pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// Who helps says in which relation; the province looks into its record.
Page {
    id: page

    required property HelpingModel model

    matter: model.matter
    question: qsTr("您替谁办？")
    help: qsTr("两个人都要核对身份：先是您，再是本人。")
    backText: qsTr("返回")
    onBackAsked: model.wantBack()
    controlsNeed: relations.need

    PagedColumn {
        id: relations

        anchors.fill: parent
        mostRowHeight: Theme.mm(50)

        Repeater {
            model: page.model.options

            OptionRow {
                onClicked: page.model.wantChoose(value)
            }
        }
    }
}
