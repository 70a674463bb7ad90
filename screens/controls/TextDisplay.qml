import QtQuick
import screens.theme

// What has been written, and behind it what is not text yet. The end of a long text is what is seen.
Panel {
    id: display

    required property string typed
    required property int maximumLength
    property string letters: ""
    // What stands here was typed: others do not hear it.
    readonly property bool ofPerson: true

    // Stands in the field as long as it is empty.
    property string placeholder: ""

    // Where room is short the end of one line is seen.
    readonly property bool single: Theme.tight || Theme.zoom >= 1.5
    readonly property string shown: letters === "" ? typed : typed + " " + letters
    readonly property int lines: single ? 1 : Math.max(1, Math.min(3, words.lineCount))

    implicitHeight: Math.max(Theme.mm(18), lines * words.lineSize + 2 * Theme.mm(4))
    border.color: Theme.colours.river
    border.width: Theme.border
    Accessible.role: Accessible.EditableText
    Accessible.name: shown === "" ? placeholder : shown
    Accessible.description: qsTr("写了 %1 个字，最多 %2 个").arg(typed.length).arg(maximumLength)
    Accessible.readOnly: true

    Item {
        anchors.fill: parent
        anchors.margins: Theme.mm(4)
        anchors.rightMargin: Theme.mm(4) + (count.visible ? count.width + Theme.mm(4) : 0)
        clip: true

        Text {
            id: words

            readonly property real lineSize: font.pixelSize * 1.45

            // The end is what is seen, when there is more than fits.
            x: display.single ? Math.min(0, parent.width - contentWidth) : 0
            y: Math.min(0, parent.height - contentHeight)
            width: display.single ? contentWidth : parent.width
            text: display.shown
            color: Theme.colours.ink
            font.pixelSize: Theme.rowSize
            font.bold: true
            wrapMode: display.single ? Text.NoWrap : Text.WrapAnywhere
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }

    Rectangle {
        x: Theme.mm(4)
        width: Theme.mm(0.8)
        height: Theme.rowSize * 1.2
        anchors.verticalCenter: parent.verticalCenter
        visible: display.shown === ""
        Accessible.ignored: true
        color: Theme.colours.river
    }

    Words {
        x: Theme.mm(7)
        width: parent.width - 2 * x
        height: parent.height
        visible: display.shown === "" && text !== ""
        text: display.placeholder
        color: Theme.colours.inkSoft
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.textPixels(5.8)
        lineHeight: 1
    }

    Words {
        id: count

        visible: Theme.zoom < 1.5

        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(4)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.mm(3)
        text: display.typed.length + "/" + display.maximumLength
        font.pixelSize: Theme.captionSize
        color: Theme.colours.inkSoft
        lineHeight: 1
    }
}
