pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// What will happen, before it does: how many steps, how long, what one leaves with, what one needs, and whether
// this machine can finish it now.
Page {
    id: page

    required property GuideModel model

    readonly property bool roomy: Theme.roomy && !Theme.plain

    question: model.title
    questionSize: Theme.heroSize
    help: model.summary
    backText: qsTr("返回")
    onText: qsTr("开始办理")
    canGoOn: model.canStart
    onBackAsked: model.wantBack()
    onOnAsked: model.wantStart()

    onlyRead: true
    controlsNeed: list.need + (model.forOthers ? other.height + Theme.gap : 0)
    standingHeight: model.canStart ? 0 : Theme.mm(80)
    standing: Drawing {
        anchors.fill: parent
        visible: !page.model.canStart
        across: 1
        name: "nearest"
    }

    component Figure: Column {
        id: figure

        required property string label
        required property string value

        readonly property int natural: Math.ceil(Math.max(labelMetrics.advanceWidth(label), valueMetrics.advanceWidth(value))) + Theme.mm(1)

        spacing: Theme.mm(1)
        Accessible.role: Accessible.StaticText
        Accessible.name: label + "：" + value

        FontMetrics {
            id: labelMetrics

            font.pixelSize: Theme.captionSize
        }

        FontMetrics {
            id: valueMetrics

            font.pixelSize: Theme.rowSize
            font.bold: true
        }

        Words {
            width: parent.width
            text: figure.label
            font.pixelSize: Theme.captionSize
            color: Theme.colours.inkSoft
            lineHeight: 1
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            text: figure.value
            font.pixelSize: Theme.rowSize
            balanced: true
            strong: true
            lineHeight: 1
            Accessible.ignored: true
        }
    }

    beneath: Row {
        topPadding: Theme.mm(2)
        spacing: Theme.mm(Theme.enlarged ? 6 : 12)

        Figure {
            id: steps

            width: natural
            label: qsTr("要几步")
            value: qsTr("%1 步").arg(page.model.steps)
        }

        Figure {
            id: minutes

            width: natural
            label: qsTr("要多久")
            value: qsTr("约 %1 分钟").arg(page.model.minutes)
        }

        Figure {
            width: Theme.contentWidth - steps.width - minutes.width - 2 * parent.spacing
            visible: !page.roomy
            label: qsTr("办完带走")
            value: page.model.leavesWith
        }
    }

    PagedColumn {
        id: list

        anchors.fill: parent
        anchors.bottomMargin: page.model.forOthers ? other.height + Theme.gap : 0

        Sheet {
            Statement {
                width: parent.width
                text: page.model.readiness
                tone: page.model.finish === "finish_here" ? "done" : page.model.finish === "start_here" ? "waiting" : "attention"
                iconName: page.model.finish === "start_here" ? "part" : ""
                size: Theme.rowSize
                strong: true
            }

            Statement {
                width: parent.width
                text: page.model.nearest
                iconName: "place"
            }

            Words {
                width: parent.width
                visible: text !== ""
                text: page.model.alternative
            }
        }

        Sheet {
            Words {
                width: parent.width
                text: qsTr("您要带")
                color: Theme.colours.inkSoft
            }

            Repeater {
                model: page.model.needs

                Statement {
                    required property string modelData

                    width: parent?.width ?? 0
                    text: modelData
                    iconName: "card"
                    size: Theme.labelSize
                    strong: true
                }
            }
        }

        Panel {
            implicitHeight: page.roomy && page.model.canStart ? Theme.mm(92) : 0
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("办完带走") + "：" + page.model.leavesWith

            Column {
                x: Theme.mm(6)
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width * 0.42
                spacing: Theme.mm(3)

                Words {
                    width: parent.width
                    text: qsTr("办完带走")
                    color: Theme.colours.inkSoft
                    Accessible.ignored: true
                }

                Words {
                    width: parent.width
                    text: page.model.leavesWith
                    strong: true
                    balanced: true
                    font.pixelSize: Theme.rowSize
                    Accessible.ignored: true
                }
            }

            Drawing {
                anchors.right: parent.right
                anchors.rightMargin: Theme.mm(6)
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width * 0.5
                height: parent.height - Theme.mm(12)
                name: "slip_out"
            }
        }
    }

    SecondaryButton {
        id: other

        anchors.bottom: parent.bottom
        visible: page.model.forOthers
        text: qsTr("替别人办")
        iconName: "people"
        onClicked: page.model.wantHelpSomebody()
    }
}
