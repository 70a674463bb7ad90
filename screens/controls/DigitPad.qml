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

    component Key: PressButton {
        id: key

        property string sent: text
        property int column
        property int row
        property int across: 1
        property int down_: 1

        x: column * (pad.keyWidth + Theme.gap)
        y: row * (pad.keyHeight + Theme.gap)
        width: across * pad.keyWidth + (across - 1) * Theme.gap
        height: down_ * pad.keyHeight + (down_ - 1) * Theme.gap
        horizontalPadding: Theme.mm(1)
        onClicked: pad.pressed(sent)

        contentItem: Words {
            text: key.text
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            font.pixelSize: key.sent.length === 1 ? Theme.numberSize : Theme.labelSize
            lineHeight: 1
            strong: true
            Accessible.ignored: true
        }
    }

    Repeater {
        model: 9

        Key {
            required property int index

            text: String(index + 1)
            column: index % 3
            row: Math.floor(index / 3)
        }
    }

    Key {
        visible: pad.allowX
        text: "X"
        column: 0
        row: 3
    }

    Key {
        text: "0"
        column: pad.allowX ? 1 : 0
        row: 3
        across: pad.allowX ? 2 : 3
    }

    Key {
        text: qsTr("删除")
        sent: "delete"
        column: 3
        row: 0
        down_: 2
    }

    Key {
        text: qsTr("清空")
        sent: "clear"
        column: 3
        row: 2
        down_: 2
    }
}
