import QtQuick
import screens.theme

// Text that people read. Never rich text: what a person or a department wrote is shown as it is.
Text {
    id: words

    property bool strong: false
    // Even lines instead of one long line and an orphan; for headings and short sentences.
    property bool balanced: false

    readonly property int linesNeeded: balanced && width > 0 ? Math.ceil(natural.advanceWidth / width) : 1

    color: Theme.colours.ink
    font.pixelSize: Theme.bodySize
    font.weight: strong ? Font.Bold : Font.Normal
    lineHeight: Theme.lineHeight
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    rightPadding: linesNeeded > 1 ? Math.max(0, Math.floor(width - natural.advanceWidth / linesNeeded - 2.2 * font.pixelSize)) : 0
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""

    TextMetrics {
        id: natural

        font: words.font
        text: words.balanced ? words.text : ""
    }
}
