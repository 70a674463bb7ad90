pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

Page {
    id: page

    required property QuestionModel model
    readonly property bool typing: model.widget === "digits" || model.widget === "date"

    matter: model.matter
    step: model.step
    steps: model.steps
    question: model.question
    help: model.help
    problem: model.problem
    backText: qsTr("返回")
    onText: typing || model.widget === "several" ? qsTr("下一步") : model.optional ? qsTr("跳过") : ""
    canGoOn: model.canGoOn || !typing
    onBackAsked: model.wantBack()
    onOnAsked: model.wantGoOn()

    Keys.onPressed: event => {
        if (!page.typing)
            return;
        if (/^[0-9]$/.test(event.text) || (page.model.allowX && event.text.toUpperCase() === "X"))
            page.model.wantKey(event.text.toUpperCase());
        else if (event.key === Qt.Key_Backspace)
            page.model.wantKey("delete");
        else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && page.model.canGoOn)
            page.model.wantGoOn();
        else
            return;
        event.accepted = true;
    }

    beneath: Column {
        width: parent.width

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
    }

    PagedColumn {
        anchors.fill: parent
        visible: !page.typing
        model: page.model.options

        delegate: OptionRow {
            id: row

            required property string value
            required property string label

            text: row.label
            tickable: page.model.widget === "several"
            onClicked: page.model.wantChoose(row.value)
        }
    }

    DigitPad {
        anchors.fill: parent
        visible: page.typing
        allowX: page.model.allowX
        onPressed: key => page.model.wantKey(key)
    }
}
