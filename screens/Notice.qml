pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property NoticeModel model

    matter: model.matter
    question: qsTr("办理前，请您先看")
    backText: model.wholeShown ? qsTr("返回") : qsTr("不同意")
    onText: qsTr("同意，继续")
    onIcon: "check"
    onBackAsked: model.wantBack()
    onOnAsked: model.wantAgree()

    PagedColumn {
        width: parent.width
        height: parent.height - (whole.visible ? whole.height + Theme.gap : 0)
        model: page.model.wholeShown ? page.model.whole : page.model.lines
        mostRowHeight: 0

        delegate: Words {
            id: paragraph

            required property string modelData

            text: paragraph.modelData
        }
    }

    SecondaryButton {
        id: whole

        anchors.bottom: parent.bottom
        visible: !page.model.wholeShown
        text: qsTr("看全文")
        onClicked: page.model.wantShowWholeNotice()
    }
}
