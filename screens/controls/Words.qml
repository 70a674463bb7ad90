import QtQuick
import screens.theme
import "lines.js" as Lines

// Text that people read. Never rich text: what a person or a department wrote is shown as it is.
Text {
    id: words

    property bool strong: false

    // Sentences are broken where one would take breath, and leave no lonely character on the last line (lines.js).
    // Only for words whose place has a width of its own.
    property bool balanced: false

    property var lineWidths: []

    color: Theme.colours.ink
    font.pixelSize: Theme.bodySize
    font.weight: strong ? Font.Bold : Font.Normal
    lineHeight: Theme.lineHeight
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""

    Connections {
        target: words.balanced ? words : null

        function onLineLaidOut(line: var) {
            if (line.number === 0)
                words.lineWidths = Lines.widths(words.text, words.width, words.font.pixelSize, piece => metrics.advanceWidth(piece));
            if (line.number < words.lineWidths.length)
                line.width = words.lineWidths[line.number];
        }
    }

    FontMetrics {
        id: metrics

        font: words.font
    }
}
