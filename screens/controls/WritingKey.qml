import QtQuick
import screens.theme

// One key of the writing panel: at least 16 mm in every mode, for so many stand side by side.
PressButton {
    id: key

    readonly property bool writingKey: true
    property bool chosen: false
    property int textSize: Theme.rowSize

    implicitWidth: Math.max(Theme.mm(16), Math.ceil(metrics.advanceWidth) + 2 * horizontalPadding + 2)
    implicitHeight: Theme.mm(16)
    horizontalPadding: Theme.mm(1.5)
    verticalPadding: 0
    ground: chosen ? Theme.colours.river : Theme.colours.card
    edge: chosen ? Theme.colours.river : Theme.colours.edge
    focusPolicy: Qt.TabFocus

    TextMetrics {
        id: metrics

        font: words.font
        text: key.text
    }

    contentItem: Item {
        Words {
            id: words

            anchors.fill: parent
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            text: key.text
            // However large words are wanted, the key holds its own.
            font.pixelSize: Math.min(key.textSize, Math.floor(key.height * 0.6))
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.textPixels(4)
            color: key.chosen ? Theme.colours.onRiver : Theme.colours.ink
            lineHeight: 1
            strong: true
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
