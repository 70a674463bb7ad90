pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property CheckModel model

    matter: model.matter
    question: qsTr("请核对，都对了再继续")
    help: model.declaration
    backText: qsTr("返回")
    onText: model.submitLabel
    onIcon: "check"
    onBackAsked: model.wantBack()
    onOnAsked: model.wantSubmit()

    beneath: Statement {
        width: Theme.contentWidth
        text: page.model.offlineNote
        tone: "attention"
        iconName: "offline"
    }

    PagedColumn {
        anchors.fill: parent
        spacing: Theme.mm(4)
        mostRowHeight: Theme.mm(34)
        machinePage: page.model.page
        machinePages: page.model.pages
        onNextAsked: page.model.wantNextPage()
        onPreviousAsked: page.model.wantPreviousPage()

        Repeater {
            model: page.model.rows

            AnswerRow {
                onChangeAsked: page.model.wantChange(field)
            }
        }
    }
}
