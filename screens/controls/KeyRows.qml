pragma ComponentBehavior: Bound

import QtQuick
import screens.theme

// Rows of keys on an even grid. A key is a text, or {text, sent, across, spoken}; an empty text leaves its place free.
FocusScope {
    id: keys

    required property int columns
    required property var rows
    property int textSize: Theme.rowSize

    readonly property real unit: (width - (columns - 1) * Theme.gap) / columns
    readonly property int keyHeight: Math.min(Theme.mm(26), Math.floor((height - (rows.length - 1) * Theme.gap) / rows.length))

    signal pressed(string sent)

    function placed(): list<var> {
        const all = [];
        rows.forEach((row, line) => {
            let column = 0;
            for (const each of row) {
                const key = typeof each === "string" ? {
                    text: each
                } : each;
                const across = key.across ?? 1;
                if (key.text !== "")
                    all.push({
                        text: key.text,
                        sent: key.sent ?? key.text,
                        spoken: key.spoken ?? key.text,
                        small: key.text.length > 1,
                        x: Math.round(column * (unit + Theme.gap)),
                        y: line * (keyHeight + Theme.gap),
                        width: Math.floor(across * unit + (across - 1) * Theme.gap)
                    });
                column += across;
            }
        });
        return all;
    }

    Repeater {
        model: keys.placed()

        WritingKey {
            required property var modelData

            x: modelData.x
            y: modelData.y
            width: modelData.width
            height: keys.keyHeight
            text: modelData.text
            spokenName: modelData.spoken
            textSize: modelData.small ? Theme.bodySize : keys.textSize
            onClicked: keys.pressed(modelData.sent)
        }
    }
}
