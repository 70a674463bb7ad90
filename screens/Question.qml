pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property QuestionModel model
    // Words: chosen from what is offered, or written.
    readonly property bool worded: model.widget === "text"
    readonly property string noSecrets: qsTr("本机严禁处理国家秘密。")
    property bool writingAsked: false
    readonly property bool atKeys: worded && (writingAsked || model.typed !== "" || suggestions.count === 0)
    readonly property bool typing: model.widget === "digits" || model.widget === "date"
    // Facts stand on the counter, where there is room for them and the options.
    readonly property bool roomy: Theme.roomy || Theme.landscape || Theme.zoom >= 1.5
    readonly property bool skipping: model.optional && model.typed === "" && !model.canGoOn

    matter: model.matter
    step: model.step
    steps: model.steps
    question: model.question
    help: model.help
    problem: model.problem
    backText: qsTr("返回")
    onText: skipping ? qsTr("不填，下一步") : typing || atKeys || model.widget === "several" ? qsTr("下一步") : ""
    canGoOn: (model.canGoOn || skipping) && (writing?.letters ?? "") === ""
    controlsNeed: atKeys ? Theme.mm(150) : model.picture + model.drawing === "" ? Theme.controlsBottom : answers.need
    standingHeight: model.picture !== "" ? Theme.mm(180) : model.drawing !== "" ? Theme.mm(110) : 0
    onBackAsked: model.wantBack()
    onOnAsked: skipping ? model.wantSkip() : model.wantGoOn()

    Keys.onPressed: event => {
        if (!page.typing) // what is written in words is written with the panel's own keys
            return;
        const key = event.text.toUpperCase();
        if (/^[0-9]$/.test(key) || (page.model.allowX && key === "X"))
            page.model.wantKey(key);
        else if (event.key === Qt.Key_Backspace)
            page.model.wantKey("delete");
        else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && page.model.canGoOn)
            page.model.wantGoOn();
        else
            return;
        event.accepted = true;
    }

    beneath: Column {
        width: Theme.contentWidth
        spacing: Theme.mm(2)

        DigitDisplay {
            width: parent.width
            visible: page.model.widget === "digits"
            typed: page.model.typed
            maximumLength: page.model.maximumLength
            placeholder: page.model.placeholder
        }

        DateDisplay {
            visible: page.model.widget === "date"
            typed: page.model.typed
        }

        TextDisplay {
            width: parent.width
            visible: page.atKeys
            typed: page.model.typed
            letters: page.writing?.letters ?? ""
            placeholder: Theme.zoom < 1.5 ? "" : page.noSecrets
            maximumLength: page.model.maximumLength
        }

        Words {
            width: parent.width
            visible: page.atKeys && Theme.zoom < 1.5
            text: visible ? page.noSecrets : ""
            font.pixelSize: Theme.captionSize
            color: Theme.colours.inkSoft
            lineHeight: 1
        }

        Repeater {
            model: page.roomy ? null : page.model.facts

            FactRow {
                width: Theme.contentWidth
            }
        }

        Words {
            width: parent.width
            visible: text !== "" && !page.roomy
            text: page.model.source
            color: Theme.colours.inkSoft
        }
    }

    // A paper that was taken: whole, and as large as there is room.
    standing: [
        Drawing {
            anchors.fill: parent
            visible: page.model.drawing !== ""
            across: 1
            name: page.model.drawing === "" ? "" : "paper_under_camera"
            movingName: page.model.drawing === "" ? "" : "paper_under_camera_moving"
            travel: Qt.point(-0.08, 0)
            says: qsTr("图：材料平放在镜头下，有字的一面朝上")
        },
        Image {
            anchors.fill: parent
            anchors.bottomMargin: Theme.gap
            visible: page.model.picture !== ""
            source: page.model.picture
            cache: false
            fillMode: Image.PreserveAspectFit
            mipmap: true
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("拍下的材料")
            Accessible.ignored: !visible
        }
    ]

    PagedColumn {
        id: answers

        anchors.fill: parent
        visible: !page.typing && !page.atKeys
        mostRowHeight: Theme.mm(50)

        Sheet {
            visibleByNeed: page.roomy && facts.count > 0

            Repeater {
                id: facts

                model: page.model.facts

                FactRow {
                    width: parent?.width ?? 0
                }
            }

            Words {
                width: parent.width
                text: page.model.source
                color: Theme.colours.inkSoft
            }
        }

        Repeater {
            id: suggestions

            model: page.model.options

            OptionRow {
                tickable: page.model.widget === "several"
                onClicked: page.model.wantChoose(value)
            }
        }

        Repeater {
            model: page.worded ? 1 : 0

            OptionRow {
                value: ""
                label: qsTr("自己写")
                hint: qsTr("手写、拼音或笔画")
                chosen: false
                onClicked: page.writingAsked = true
            }
        }
    }

    Loader {
        anchors.fill: parent
        active: page.atKeys && page.writing !== null
        visible: active

        sourceComponent: WritingPanel {
            writing: page.writing
            onDeleteAsked: page.model.wantKey("delete")
            onClearAsked: page.model.wantKey("clear")
        }
    }

    DigitPad {
        anchors.fill: parent
        visible: page.typing
        allowX: page.model.allowX
        onPressed: key => page.model.wantKey(key)
    }
}
