pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property CheckModel model

    matter: model.matter
    question: qsTr("请核对，都对了再交")
    help: model.declaration
    backText: qsTr("返回")
    onText: model.submitLabel
    onIcon: "check"
    onBackAsked: model.wantBack()
    onOnAsked: model.wantSubmit()

    PagedColumn {
        anchors.fill: parent
        model: page.model.rows
        machinePage: page.model.page
        machinePages: page.model.pages
        mostRowHeight: Theme.mm(26)
        onNextAsked: page.model.wantNextPage()
        onPreviousAsked: page.model.wantPreviousPage()

        delegate: AnswerRow {
            id: row

            onChangeAsked: page.model.wantChange(row.field)
        }
    }
}
