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
    help: here?.speechFitted ? qsTr("%1按住任何一行，可以听。").arg(whatToDo) : whatToDo

    readonly property string whatToDo: qsTr("点一件。先告诉您要带什么、要多久，再开始。")

    standingHeight: Theme.mm(36)
    standing: Drawing {
        anchors.fill: parent
        proportion: 6
        name: "landscape"
    }

    PagedColumn {
        anchors.fill: parent
        mostRowHeight: Theme.mm(50)
        machinePage: page.model.page
        machinePages: page.model.pages
        onNextAsked: page.model.wantNextPage()
        onPreviousAsked: page.model.wantPreviousPage()

        Repeater {
            model: page.model.rows

            MatterRow {
                onClicked: page.model.wantChooseMatter(code)
            }
        }
    }
}
