pragma ComponentBehavior: Bound

import QtQuick
import screens.theme

// What the letters or strokes may stand for, large, as many as fit; the rest is turned to by buttons.
FocusScope {
    id: bar

    // Each with its text, and with what it is called by ear.
    required property var candidates
    // What to do while there are none.
    property string hint: ""
    // What stands here comes of what was typed: others do not hear it.
    readonly property bool ofPerson: true

    property int first: 0
    readonly property var shown: fitting(first)
    readonly property int room: width - (turning.visible ? turning.width + Theme.gap : 0)

    signal chosen(int index)

    implicitHeight: Math.max(Theme.mm(Theme.elder ? 20 : 18), Math.ceil(Theme.rowSize / 0.6))
    onCandidatesChanged: first = 0

    function widthOf(text: string): real {
        return Math.min(room, Math.max(Theme.mm(16), Math.ceil(metrics.advanceWidth(text)) + 2 * Theme.mm(3)));
    }

    // The candidates from this one on that fit side by side.
    function fitting(from: int): list<var> {
        const found = [];
        let used = 0;
        for (let i = from; i < candidates.length; i++) {
            const wide = widthOf(candidates[i].text);
            if (found.length > 0 && used + wide > room)
                break;
            found.push({
                index: i,
                text: candidates[i].text,
                called: candidates[i].called,
                x: used,
                width: wide
            });
            used += wide + Theme.gap;
        }
        return found;
    }

    function turnBack() {
        let start = first;
        let used = 0;
        while (start > 0) {
            const wide = widthOf(candidates[start - 1].text);
            if (start < first && used + wide > room)
                break;
            used += wide + Theme.gap;
            start -= 1;
        }
        first = start;
    }

    FontMetrics {
        id: metrics

        font.pixelSize: Theme.rowSize
        font.bold: true
    }

    Words {
        width: parent.width
        height: parent.height
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.textPixels(5.8)
        visible: bar.candidates.length === 0 && text !== ""
        text: bar.hint
        color: Theme.colours.inkSoft
        lineHeight: 1
    }

    Repeater {
        model: bar.shown

        WritingKey {
            required property var modelData

            x: modelData.x
            width: modelData.width
            height: bar.height
            text: modelData.text
            spokenName: modelData.called
            onClicked: bar.chosen(modelData.index)
        }
    }

    Row {
        id: turning

        anchors.right: parent.right
        height: parent.height
        spacing: Theme.gap
        visible: bar.candidates.length > 8 || bar.first > 0

        WritingKey {
            height: parent.height
            enabled: bar.first > 0
            text: qsTr("前页")
            textSize: Theme.bodySize
            onClicked: bar.turnBack()
        }

        WritingKey {
            height: parent.height
            enabled: bar.first + bar.shown.length < bar.candidates.length
            text: qsTr("后页")
            textSize: Theme.bodySize
            onClicked: bar.first += bar.shown.length
        }
    }
}
