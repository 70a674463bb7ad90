import QtQuick
import screens.theme

// What became of something, with the buttons that go on from there: beside the words, or below them where they are
// large. Of no height while there is nothing to say and nothing to press.
Panel {
    id: offer

    required property string text
    // Whether any of the buttons is offered: a row does not forget the width of what it held.
    required property bool pressable
    property string tone: "plain"
    property string iconName: ""
    default property alias buttons: row.data

    readonly property bool stacked: Theme.zoom >= 1.5 && text !== "" && pressable
    readonly property int inset: Theme.mm(Theme.tight ? 3 : 5)
    readonly property int aside: pressable && !stacked ? row.width + Theme.gap : 0

    implicitHeight: text === "" && !pressable ? 0 : (stacked ? words.height + Theme.gap + row.height : Math.max(words.height, pressable ? row.height : 0)) + 2 * inset

    Statement {
        id: words

        x: Theme.mm(6)
        y: offer.stacked ? offer.inset : Math.round((offer.height - height) / 2)
        width: parent.width - 2 * x - offer.aside
        text: offer.text
        tone: offer.tone
        iconName: offer.iconName
    }

    Row {
        id: row

        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(5)
        y: offer.stacked ? offer.height - offer.inset - height : Math.round((offer.height - height) / 2)
        spacing: Theme.gap
    }
}
