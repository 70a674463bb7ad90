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
    onText: list.unseen ? qsTr("接着核对") : model.submitLabel
    onIcon: list.unseen ? "on" : "check"
    onBackAsked: model.wantBack()
    onOnAsked: {
        if (list.unseen)
            list.turn();
        else
            model.wantSubmit();
    }

    beneath: Statement {
        width: Theme.contentWidth
        text: page.model.offlineNote
        tone: "attention"
        iconName: "offline"
    }

    PagedColumn {
        id: list

        // Nothing is handed in before its last page was seen.
        property bool lastSeen: false
        readonly property bool unseen: hasNext && !lastSeen

        onHasNextChanged: lastSeen = lastSeen || (hasPrevious && !hasNext)
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

        Item {
            implicitHeight: page.model.canHandOver ? Theme.target : 0

            SecondaryButton {
                height: Math.min(parent.height, Theme.target)
                visible: page.model.canHandOver
                text: qsTr("到窗口接着办")
                iconName: "place"
                onClicked: page.model.wantToWindow()
            }
        }
    }
}
