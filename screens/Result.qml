pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property ResultModel model

    readonly property bool documentFailed: model.document === "not_done" || model.document === "unknown"
    readonly property bool slipFailed: model.slip === "not_done" || model.slip === "unknown"
    // Why there is no paper, said beside what is taken along instead.
    readonly property string trouble: model.code === "" ? "" : documentFailed ? model.documentText : slipFailed ? model.slipText : ""
    readonly property bool troubleBelow: Theme.enlarged || Theme.landscape
    readonly property bool withoutPaper: model.code !== ""

    onWithoutPaperChanged: list.page = 0

    function toneOf(paper: string): string {
        return paper === "done" ? "done" : paper === "printing" ? "waiting" : paper === "none" ? "plain" : "attention";
    }

    function iconOf(paper: string): string {
        return ["done", "printing", "none"].includes(paper) ? "print" : "";
    }

    matter: model.matter
    question: model.headline
    questionSize: Theme.heroSize
    help: model.explanation
    backText: qsTr("办别的事")
    backIcon: "home"
    onText: qsTr("完成")
    onIcon: "check"
    onBackAsked: model.wantAnotherMatter()
    onOnAsked: model.wantFinish()

    controlsNeed: list.need
    standingHeight: Theme.mm(80)
    standing: Drawing {
        anchors.fill: parent
        across: 1
        name: "result_" + (page.model.tone === "" ? "waiting" : page.model.tone)
    }

    PagedColumn {
        id: list

        anchors.fill: parent

        // First of all where there is no paper: this is what is taken along.
        Panel {
            visible: page.withoutPaper
            implicitHeight: page.withoutPaper ? Math.max(code.height, receipt.height) + Theme.mm(Theme.tight ? 6 : 10) : 0

            CodeDrawing {
                id: code

                x: Theme.mm(5)
                anchors.verticalCenter: parent.verticalCenter
                says: page.model.code
                name: qsTr("凭条的二维码")
            }

            Column {
                id: receipt

                anchors.left: code.right
                anchors.leftMargin: Theme.mm(5)
                anchors.right: parent.right
                anchors.rightMargin: Theme.mm(5)
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.mm(2)

                Words {
                    width: parent.width
                    text: qsTr("凭条号")
                    color: Theme.colours.inkSoft
                }

                Words {
                    width: parent.width
                    text: page.model.receiptNumber
                    font.pixelSize: Theme.titleSize
                    strong: true
                }

                Words {
                    width: parent.width
                    visible: text !== "" && page.model.state !== page.model.headline && !Theme.enlarged
                    text: page.model.state
                }

                Statement {
                    width: parent.width
                    text: page.troubleBelow ? "" : page.trouble
                    tone: "attention"
                }

                Words {
                    width: parent.width
                    visible: page.trouble === "" || !Theme.enlarged
                    text: page.model.forWindow ? qsTr("抄下凭条号，或拍下二维码，带到窗口。") : qsTr("抄下凭条号，或拍下二维码，任何窗口都认。在别的机器也能补打凭条。")
                }
            }
        }

        Statement {
            text: page.withoutPaper ? page.model.slipElsewhere : ""
            iconName: "place"
        }

        Statement {
            text: page.troubleBelow ? page.trouble : ""
            tone: "attention"
        }

        Sheet {
            visibleByNeed: facts.count > 0

            Repeater {
                id: facts

                model: page.model.facts

                FactRow {
                    width: parent?.width ?? 0
                }
            }
        }

        Offer {
            text: page.trouble !== "" && page.trouble === page.model.slipText ? "" : page.model.slipText !== "" ? page.model.slipText : page.model.canPrint ? qsTr("要一张凭条带走吗？") : ""
            tone: page.toneOf(page.model.slip)
            iconName: page.iconOf(page.model.slip)
            pressable: page.model.canPrint || page.model.canRetry

            SecondaryButton {
                visible: page.model.canPrint
                text: qsTr("打印凭条")
                iconName: "print"
                onClicked: page.model.wantPrint()
            }

            SecondaryButton {
                visible: page.model.canRetry
                text: qsTr("再试一次")
                iconName: "again"
                onClicked: page.model.wantRetry()
            }
        }

        // Who is read to hears the slip, printed or not.
        Item {
            implicitHeight: page.model.canHearSlip ? Theme.target : 0

            SecondaryButton {
                height: parent.height
                visible: page.model.canHearSlip
                text: qsTr("听凭条")
                iconName: "speech"
                onClicked: page.model.wantHearSlip()
            }
        }

        Offer {
            text: page.trouble !== "" && page.trouble === page.model.documentText ? "" : page.model.documentText
            tone: page.toneOf(page.model.document)
            iconName: page.iconOf(page.model.document)
            pressable: page.model.canPrintDocument

            SecondaryButton {
                visible: page.model.canPrintDocument
                text: qsTr("打印A4")
                iconName: "print"
                onClicked: page.model.wantPrintDocument()
            }
        }

        Sheet {
            visibleByNeed: page.model.receiptNumber !== "" && page.model.code === ""

            Words {
                width: parent.width
                text: qsTr("凭条号")
                color: Theme.colours.inkSoft
            }

            Words {
                width: parent.width
                text: page.model.receiptNumber
                font.pixelSize: Theme.heroSize
                strong: true
                lineHeight: 1
            }

            Words {
                width: parent.width
                visible: text !== "" && page.model.state !== page.model.headline
                text: page.model.state
            }

            Words {
                width: parent.width
                visible: page.model.caseNumber !== "" && !Theme.enlarged
                text: qsTr("办件编号 %1").arg(page.model.caseNumber)
                font.pixelSize: Theme.captionSize
                color: Theme.colours.inkSoft
                wrapMode: Text.WrapAnywhere
            }
        }

        // Who cannot finish here goes on at a window, with all that was filled in.
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

        Repeater {
            model: page.model.nextSteps

            Statement {
                required property string modelData

                text: modelData
                iconName: "on"
            }
        }
    }
}
