import QtQuick
import screens
import screens.controls
import screens.theme

// For technicians and keepers: the grant of the province first, then the visit code that came by another way.
Page {
    id: page

    required property StaffSignInModel model

    question: qsTr("工作人员登录")
    help: model.isProblem ? "" : model.advice
    problem: model.isProblem ? model.advice : ""
    backText: qsTr("返回")
    onText: model.codeWanted ? qsTr("下一步") : ""
    canGoOn: model.canGoOn
    onBackAsked: model.wantBack()
    onOnAsked: model.wantGoOn()

    standingHeight: model.codeWanted ? 0 : Theme.mm(150)
    standing: Drawing {
        anchors.fill: parent
        visible: !page.model.codeWanted
        across: 1
        name: "phone_to_scanner"
        movingName: "phone_to_scanner_moving"
        travel: Qt.point(0, 0.12)
    }

    Keys.onPressed: event => {
        if (!page.model.codeWanted)
            return;
        if (/^[0-9]$/.test(event.text))
            page.model.wantKey(event.text);
        else if (event.key === Qt.Key_Backspace)
            page.model.wantKey("delete");
        else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && page.model.canGoOn)
            page.model.wantGoOn();
        else
            return;
        event.accepted = true;
    }

    beneath: DigitDisplay {
        width: Theme.contentWidth
        visible: page.model.codeWanted
        typed: page.model.dots
        maximumLength: page.model.figures
        placeholder: qsTr("8 位到访码")
    }

    DigitPad {
        anchors.fill: parent
        visible: page.model.codeWanted
        onPressed: key => page.model.wantKey(key)
    }
}
