pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property HomeModel model

    question: qsTr("您要办什么？")
    questionSize: Theme.heroSize
    help: qsTr("点一下要办的事，办之前会告诉您要带什么、要多久。")

    PagedColumn {
        anchors.fill: parent
        model: page.model.rows
        machinePage: page.model.page
        machinePages: page.model.pages
        onNextAsked: page.model.wantNextPage()
        onPreviousAsked: page.model.wantPreviousPage()

        delegate: MatterRow {
            id: row

            onClicked: page.model.wantChooseMatter(row.code)
        }
    }
}
