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

    onlyRead: Theme.lowReach || Theme.enlarged || model.wholeShown

    component Line: Panel {
        id: line

        required property string modelData
        required property int index

        width: parent?.width ?? 0
        implicitHeight: words.height + Theme.mm(Theme.enlarged ? 5 : 8)

        // The largest words need the whole line.
        readonly property bool inline: Theme.zoom >= 2

        Words {
            id: number

            x: Theme.mm(6)
            anchors.verticalCenter: parent.verticalCenter
            width: line.inline ? 0 : Theme.mm(Theme.grown(12, 12))
            visible: !line.inline
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
            text: line.inline ? `${line.index + 1}. ${line.modelData}` : line.modelData
            font.pixelSize: Theme.enlarged ? Theme.labelSize : Theme.rowSize
            balanced: true
        }
    }

    PagedColumn {
        anchors.fill: parent
        anchors.bottomMargin: page.model.wholeShown ? 0 : whole.height + Theme.gap
        mostRowHeight: page.model.wholeShown ? 0 : Theme.mm(54)

        Repeater {
            model: page.model.wholeShown ? page.model.whole : []

            Words {
                required property string modelData

                text: modelData
            }
        }

        Repeater {
            model: page.model.wholeShown ? [] : page.model.lines

            Line {}
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
