pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.theme

// Writing with a finger, with keys, or with strokes. It stands on the counter, under the field: it can cover nothing.
FocusScope {
    id: panel

    required property WritingModel writing
    property string way: ""

    readonly property list<string> order: Theme.elder ? ["handwriting", "nine", "pinyin", "stroke", "letters", "figures"] : ["pinyin", "nine", "handwriting", "stroke", "letters", "figures"]
    readonly property list<string> offered: order.filter(each => writing.ways.includes(each))
    readonly property bool composing: !["letters", "figures"].includes(way)
    property bool capitals: false

    signal deleteAsked
    signal clearAsked

    function nameOf(each: string): string {
        return {
            "handwriting": qsTr("手写"),
            "nine": qsTr("九宫格"),
            "pinyin": qsTr("拼音"),
            "stroke": qsTr("笔画"),
            "letters": qsTr("字母"),
            "figures": qsTr("数字")
        }[each];
    }

    function hintOf(each: string): string {
        return {
            "handwriting": qsTr("一笔一笔写一个字。写不出的字用笔画找。"),
            "nine": qsTr("按拼音所在的键，再点要的字。"),
            "pinyin": qsTr("按拼音，再点要的字。"),
            "stroke": qsTr("按笔顺，再点要的字。")
        }[each] ?? "";
    }

    function use(each: string) {
        way = each;
        ink.clear();
        writing.use(each);
    }

    function erase() {
        if (ink.strokes.length > 0) {
            ink.undo();
            writing.write(ink.strokes, ink.side);
        } else if (writing.letters !== "") {
            writing.press("delete");
        } else {
            deleteAsked();
        }
    }

    function clear() {
        if (ink.strokes.length > 0 || writing.letters !== "")
            use(way);
        else
            clearAsked();
    }

    function pressed(sent: string) {
        if (sent === "delete")
            erase();
        else if (sent === "clear")
            clear();
        else if (sent === "capitals")
            capitals = !capitals;
        else if (composing)
            writing.press(sent);
        else
            writing.put(sent);
    }

    onOfferedChanged: {
        if (visible && !offered.includes(way))
            use(offered[0]);
    }
    onVisibleChanged: visible ? use(offered[0]) : writing.rest()
    Component.onCompleted: {
        if (visible)
            use(offered[0]);
    }
    Component.onDestruction: writing?.rest()

    readonly property var deleteKey: ({
            text: qsTr("删除"),
            sent: "delete"
        })
    readonly property var clearKey: ({
            text: qsTr("清空"),
            sent: "clear"
        })

    function wide(key: var, across: int): var {
        return Object.assign({}, key, {
            across: across
        });
    }

    function letterRows(): var {
        const lines = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].map(line => [...(capitals && way === "letters" ? line.toUpperCase() : line)]);
        lines[2].push(wide(deleteKey, 3));
        if (way === "letters")
            lines.push([
                {
                    text: qsTr("大小写"),
                    sent: "capitals",
                    across: 3
                },
                {
                    text: qsTr("空格"),
                    sent: " ",
                    across: 3
                },
                "-",
                "·",
                wide(clearKey, 2)
            ]);
        return lines;
    }

    function nineRows(): var {
        const key = (figure, letters) => ({
                    text: letters,
                    sent: figure,
                    spoken: figure + " " + letters
                });
        return [[key("2", "ABC"), key("3", "DEF"), key("4", "GHI"), deleteKey], [key("5", "JKL"), key("6", "MNO"), key("7", "PQRS"), clearKey], [key("8", "TUV"), key("9", "WXYZ")]];
    }

    function strokeRows(): var {
        const key = (text, sent) => ({
                    text: text,
                    sent: sent
                });
        return [[key(qsTr("横 一"), "h"), key(qsTr("竖 丨"), "s"), key(qsTr("撇 丿"), "p"), deleteKey], [key(qsTr("点 丶"), "n"), key(qsTr("折 乛"), "z"), "", clearKey]];
    }

    readonly property var figureRows: [["1", "2", "3", "号", deleteKey], ["4", "5", "6", "栋", clearKey], ["7", "8", "9", "室", "，"], ["X", "0", "-", "楼", "。"]]

    Row {
        id: ways

        readonly property real wanted: children.reduce((sum, each) => sum + each.implicitWidth, 0)
        readonly property real room: panel.width - (panel.offered.length - 1) * spacing
        // What is left over is shared out; where room is short all give up the same part, and fit their words.
        function shared(own: real): int {
            return Math.floor(wanted < room ? own + (room - wanted) / panel.offered.length : own * room / wanted);
        }

        height: Theme.mm(16)
        spacing: Theme.gap

        Repeater {
            model: panel.offered

            WritingKey {
                required property string modelData

                width: ways.shared(implicitWidth)
                height: ways.height
                text: panel.nameOf(modelData)
                textSize: Theme.bodySize
                chosen: modelData === panel.way
                Accessible.role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: chosen
                onClicked: panel.use(modelData)
            }
        }
    }

    Candidates {
        id: bar

        y: ways.height + Theme.gap
        width: parent.width
        visible: panel.composing
        candidates: panel.writing.candidates
        hint: panel.hintOf(panel.way)
        onChosen: index => {
            panel.writing.choose(index);
            ink.clear();
        }
    }

    Item {
        id: below

        y: panel.composing ? bar.y + bar.height + Theme.gap : bar.y
        width: parent.width
        height: parent.height - y

        KeyRows {
            anchors.fill: parent
            visible: panel.way === "pinyin" || panel.way === "letters"
            columns: 10
            rows: visible ? panel.letterRows() : []
            onPressed: sent => panel.pressed(sent)
        }

        KeyRows {
            anchors.fill: parent
            visible: panel.way === "nine"
            columns: 4
            rows: visible ? panel.nineRows() : []
            onPressed: sent => panel.pressed(sent)
        }

        KeyRows {
            anchors.fill: parent
            visible: panel.way === "stroke"
            columns: 4
            rows: visible ? panel.strokeRows() : []
            onPressed: sent => panel.pressed(sent)
        }

        KeyRows {
            anchors.fill: parent
            visible: panel.way === "figures"
            columns: 5
            rows: visible ? panel.figureRows : []
            onPressed: sent => panel.pressed(sent)
        }

        InkField {
            id: ink

            visible: panel.way === "handwriting"
            width: parent.width - side.width - Theme.gap
            height: Math.min(parent.height, Theme.mm(110))
            onDrawn: panel.writing.write(strokes, ink.side)
        }

        KeyRows {
            id: side

            anchors.right: parent.right
            visible: ink.visible
            width: Theme.mm(Theme.elder ? 36 : 30)
            height: ink.height
            columns: 1
            rows: visible ? [[panel.deleteKey], [panel.clearKey]] : []
            onPressed: sent => panel.pressed(sent)
        }
    }
}
