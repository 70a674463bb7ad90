pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// Five equal rows of words: no faces, no colours, nothing preselected, and not rating is as easy as rating. When a
// level is chosen the others step aside for its tags; 改选 brings them back.
Page {
    id: page

    required property RatingModel model

    property bool choosingAgain: false
    readonly property bool tagging: model.canSend && !choosingAgain && !model.thanked

    matter: model.matter
    question: model.thanked ? qsTr("谢谢您的评价") : tagging ? qsTr("是哪些地方呢？") : qsTr("这次办事，您满意吗？")
    questionSize: Theme.heroSize
    help: model.thanked ? qsTr("您的评价已经记下。") : tagging ? qsTr("可以选几条，也可以不选，直接提交。") : qsTr("评不评都可以，不影响您办的事。")
    backText: model.thanked ? qsTr("办别的事") : qsTr("不评价")
    backIcon: model.thanked ? "home" : "leave"
    onText: model.thanked ? qsTr("完成") : qsTr("提交评价")
    onIcon: "check"
    canGoOn: model.thanked || model.canSend
    onBackAsked: model.thanked ? model.wantAnotherMatter() : model.wantSkipRating()
    onOnAsked: model.thanked ? model.wantFinish() : model.wantSendRating()

    controlsNeed: model.thanked ? 0 : Theme.controlsBottom
    standingHeight: model.thanked ? Theme.mm(105) : 0
    standing: Drawing {
        anchors.fill: parent
        across: 1
        visible: page.model.thanked
        name: "tea"
        movingName: "tea_moving"
        travel: Qt.point(0, -0.04)
    }

    PagedColumn {
        anchors.fill: parent
        visible: !page.tagging && !page.model.thanked
        mostRowHeight: Theme.mm(42)

        Repeater {
            model: page.model.levels

            OptionRow {
                arrow: false
                onClicked: {
                    page.choosingAgain = false;
                    page.model.wantRate(value);
                }
            }
        }
    }

    Item {
        id: tags

        property real chosenHeight: 0

        anchors.fill: parent
        visible: page.tagging

        Repeater {
            model: page.model.levels

            PressButton {
                id: level

                required property string label
                required property bool chosen
                // What she thinks of it, others do not hear.
                readonly property bool ofPerson: true

                visible: chosen
                width: tags.width
                height: Math.max(Theme.target + Theme.mm(4), implicitHeight)
                text: qsTr("您选了：%1").arg(label) + "　" + qsTr("改选")
                ground: "transparent"
                onClicked: page.choosingAgain = true

                Binding {
                    target: tags
                    property: "chosenHeight"
                    value: level.height
                    when: level.chosen
                    restoreMode: Binding.RestoreNone
                }

                contentItem: Item {
                    implicitHeight: chosenWords.height

                    Words {
                        id: chosenWords

                        anchors.left: parent.left
                        anchors.right: change.left
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTr("您选了：%1").arg(level.label)
                        strong: true
                        font.pixelSize: Theme.labelSize
                        lineHeight: 1
                        Accessible.ignored: true
                    }

                    Words {
                        id: change

                        anchors.verticalCenter: parent.verticalCenter
                        anchors.right: parent.right
                        text: qsTr("改选")
                        color: Theme.colours.river
                        strong: true
                        font.pixelSize: Theme.labelSize
                        lineHeight: 1
                        Accessible.ignored: true
                    }
                }
            }
        }

        PagedColumn {
            y: Math.max(Theme.target + Theme.mm(4), Math.ceil(tags.chosenHeight)) + Theme.gap
            width: parent.width
            height: parent.height - y
            columns: Theme.enlarged || Theme.landscape ? 1 : 2
            mostRowHeight: Theme.mm(44)

            Repeater {
                model: page.model.tags

                OptionRow {
                    tickable: true
                    labelSize: Theme.bodySize
                    onClicked: page.model.wantTag(value)
                }
            }
        }
    }
}
