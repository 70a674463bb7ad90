import QtQuick
import screens.theme

// What has been typed, in groups that the eye can check: a phone number 3-4-4, an identity number 6-8-4, anything else in fours.
Panel {
    id: display

    required property string typed
    required property int maximumLength
    property string placeholder: ""

    readonly property list<int> groups: maximumLength === 11 ? [3, 4, 4] : maximumLength === 18 ? [6, 8, 4] : []

    function grouped(text: string): string {
        const parts = [];
        let start = 0;
        for (let i = 0; start < text.length; i++) {
            const length = groups[i] ?? 4;
            parts.push(text.slice(start, start + length));
            start += length;
        }
        return parts.join(" ");
    }

    implicitHeight: Math.max(Theme.mm(Theme.elder ? 26 : 22), Math.ceil(Theme.numberSize * 1.45) + Theme.mm(3))
    border.color: Theme.colours.river
    border.width: Theme.border
    Accessible.role: Accessible.EditableText
    Accessible.name: typed === "" ? placeholder : grouped(typed)
    Accessible.readOnly: true

    Row {
        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(6)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(1)

        Words {
            visible: display.typed !== ""
            text: display.grouped(display.typed)
            font.pixelSize: Theme.numberSize
            lineHeight: 1
            strong: true
            Accessible.ignored: true
        }

        Rectangle {
            width: Theme.mm(0.8)
            height: Theme.numberSize * 1.2
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.colours.river
        }

        Words {
            visible: display.typed === ""
            anchors.verticalCenter: parent.verticalCenter
            text: display.placeholder
            color: Theme.colours.inkSoft
            lineHeight: 1
            Accessible.ignored: true
        }
    }
}
