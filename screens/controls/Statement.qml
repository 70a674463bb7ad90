import QtQuick
import screens.theme

// A sentence with an icon that says the same: done, waiting, attention, or plain.
Item {
    id: statement

    property string tone: "plain"
    property string iconName: ""
    required property string text
    property bool strong: false
    property int size: Theme.bodySize

    readonly property color colour: tone === "done" ? Theme.colours.jade : tone === "attention" ? Theme.colours.amber : tone === "stop" ? Theme.colours.lacquer : tone === "waiting" ? Theme.colours.river : Theme.colours.ink

    readonly property alias lineCount: words.lineCount
    // What it takes to stand on one line.
    readonly property real oneLine: icon.width + Theme.mm(3) + words.implicitWidth

    implicitHeight: text === "" ? 0 : Math.max(icon.height, words.height)
    visible: text !== ""

    Icon {
        id: icon

        // Beside the middle of the first line, whose words stand at its foot.
        y: Math.max(0, (words.height / Math.max(1, words.lineCount) - height) / 2 + 0.724 * statement.size * (words.lineHeight - 1))
        name: statement.iconName !== "" ? statement.iconName : statement.tone === "done" ? "done" : statement.tone === "waiting" ? "clock" : "attention"
        colour: statement.colour
        size: Math.round(statement.size * 1.12)
    }

    Words {
        id: words

        anchors.left: icon.right
        anchors.leftMargin: Theme.mm(3)
        anchors.right: parent.right
        text: statement.text
        strong: statement.strong
        font.pixelSize: statement.size
        color: statement.colour
        balanced: true
        Accessible.role: statement.tone === "stop" ? Accessible.AlertMessage : Accessible.StaticText
    }
}
