pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property RatingModel model

    matter: model.matter
    question: model.thanked ? qsTr("谢谢您的评价") : qsTr("这次办事，您满意吗？")
    questionSize: Theme.heroSize
    backText: model.thanked ? qsTr("办别的事") : qsTr("不评价")
    backIcon: model.thanked ? "home" : "leave"
    onText: model.thanked ? qsTr("完成") : qsTr("提交评价")
    canGoOn: model.thanked || model.canSend
    onBackAsked: model.thanked ? model.wantAnotherMatter() : model.wantSkipRating()
    onOnAsked: model.thanked ? model.wantFinish() : model.wantSendRating()

    PagedColumn {
        anchors.fill: parent
        visible: !page.model.thanked
        model: page.model.levels

        delegate: OptionRow {
            id: row

            required property string value
            required property string label

            text: row.label
            onClicked: page.model.wantRate(row.value)
        }
    }
}
