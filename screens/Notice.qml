pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// Layered: three lines, then the whole.
Page {
    id: page

    required property NoticeModel model

    matter: model.matter
    question: model.wholeShown ? qsTr("个人信息怎么用：全文") : qsTr("先说清楚，再读您的证件")
    backText: model.wholeShown ? qsTr("返回") : qsTr("不同意")
    onText: qsTr("同意，继续")
    onIcon: "check"
    onBackAsked: model.wholeShown ? model.wantShowWholeNotice() : model.wantBack()
    onOnAsked: model.wantAgree()

    PagedColumn {
        anchors.fill: parent
        visible: page.model.wholeShown

        Repeater {
            model: page.model.whole

            Words {
                required property string modelData

                text: modelData
            }
        }
    }

    component Line: Panel {
        id: line

        required property string modelData
        required property int index

        width: parent?.width ?? 0
        implicitHeight: words.height + Theme.mm(Theme.elder ? 5 : 8)

        Words {
            id: number

            x: Theme.mm(6)
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.mm(12)
            text: line.index + 1
            font.pixelSize: Theme.titleSize
            color: Theme.colours.river
            strong: true
            lineHeight: 1
        }

        Words {
            id: words

            anchors.left: number.right
            anchors.right: parent.right
            anchors.rightMargin: Theme.mm(6)
            anchors.verticalCenter: parent.verticalCenter
            text: line.modelData
            font.pixelSize: Theme.elder ? Theme.labelSize : Theme.rowSize
            balanced: true
        }
    }

    // All three lines are seen at once: where the counter is low they stand above it.
    beneath: Column {
        width: Theme.contentWidth
        spacing: Theme.gap

        Repeater {
            model: Theme.lowReach && !page.model.wholeShown ? page.model.lines : []

            Line {}
        }
    }

    PagedColumn {
        anchors.fill: parent
        visible: !page.model.wholeShown
        mostRowHeight: Theme.mm(54)

        Repeater {
            model: Theme.lowReach ? [] : page.model.lines

            Line {}
        }

        Item {
            implicitHeight: whole.implicitHeight

            SecondaryButton {
                id: whole

                text: qsTr("看全文")
                iconName: "paper"
                onClicked: page.model.wantShowWholeNotice()
            }
        }
    }
}
