pragma ComponentBehavior: Bound

import QtQuick
import screens.theme

// Digits, and X where a number may end with it. Our own keys, in our own window: nothing can cover them.
FocusScope {
    id: pad

    property bool allowX: false
    signal pressed(string key)

    readonly property int keyWidth: (width - 3 * Theme.gap) / 4
    readonly property int keyHeight: Math.min(Theme.mm(38), (height - 3 * Theme.gap) / 4)

    component PadKey: PressButton {
        id: key

        property string sent: text
        property int column
        property int row
        property int across: 1
        property int tall: 1

        x: column * (pad.keyWidth + Theme.gap)
        y: row * (pad.keyHeight + Theme.gap)
        width: across * pad.keyWidth + (across - 1) * Theme.gap
        height: tall * pad.keyHeight + (tall - 1) * Theme.gap
        horizontalPadding: Theme.mm(1)
        onClicked: pad.pressed(sent)

        contentItem: Item {
            Words {
                anchors.centerIn: parent
                text: key.text
                font.pixelSize: Math.min(key.sent.length === 1 ? Theme.numberSize : Theme.labelSize, key.tall === 1 ? Math.floor(key.height / 1.5) : key.height)
                lineHeight: 1
                strong: true
                Accessible.ignored: true
            }
        }
    }

    Repeater {
        model: 9

        PadKey {
            required property int index

            text: String(index + 1)
            column: index % 3
            row: Math.floor(index / 3)
        }
    }

    PadKey {
        visible: pad.allowX
        text: "X"
        column: 0
        row: 3
    }

    PadKey {
        text: "0"
        column: pad.allowX ? 1 : 0
        row: 3
        across: pad.allowX ? 2 : 3
    }

    PadKey {
        text: qsTr("删除")
        sent: "delete"
        column: 3
        row: 0
        tall: 2
    }

    PadKey {
        text: qsTr("清空")
        sent: "clear"
        column: 3
        row: 2
        tall: 2
    }
}
