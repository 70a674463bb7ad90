pragma ComponentBehavior: Bound

import QtQuick
import screens.theme

// A date that is typed as eight figures, shown as its three parts.
Row {
    id: display

    required property string typed

    readonly property list<string> parts: [typed.slice(0, 4), typed.slice(4, 6), typed.slice(6, 8)]
    readonly property int current: typed.length < 4 ? 0 : typed.length < 6 ? 1 : 2

    // The names of the parts stand over them where they find no room beside them.
    readonly property bool stacked: boxes + names.advanceWidth(labels.join("")) + 2 * Theme.gap + 3 * Theme.mm(2) > Theme.contentWidth
    readonly property list<string> labels: [qsTr("年"), qsTr("月"), qsTr("日")]
    readonly property int boxes: boxOf(0) + 2 * boxOf(1)

    function boxOf(part: int): int {
        return Math.ceil(Theme.numberSize * (part === 0 ? 2.6 : 1.5)) + Theme.mm(Theme.enlarged ? 12 : 16);
    }

    spacing: Theme.gap
    Accessible.role: Accessible.EditableText
    Accessible.name: qsTr("%1 年 %2 月 %3 日").arg(parts[0]).arg(parts[1]).arg(parts[2])
    Accessible.readOnly: true

    FontMetrics {
        id: names

        font.pixelSize: Theme.bodySize
    }

    Repeater {
        model: display.labels

        Grid {
            id: part

            required property string modelData
            required property int index

            columns: display.stacked ? 1 : 2
            spacing: Theme.mm(2)
            verticalItemAlignment: Grid.AlignVCenter

            Panel {
                width: display.boxOf(part.index)
                height: Math.max(Theme.mm(Theme.elder ? 26 : 22), Math.ceil(Theme.numberSize * 1.45) + Theme.mm(3))
                border.width: part.index === display.current ? Theme.mm(1) : Theme.border
                border.color: part.index === display.current ? Theme.colours.river : Theme.colours.edge

                Words {
                    anchors.centerIn: parent
                    text: display.parts[part.index]
                    font.pixelSize: Theme.numberSize
                    lineHeight: 1
                    strong: true
                    Accessible.ignored: true
                }
            }

            Words {
                text: part.modelData
                Accessible.ignored: true
            }
        }
    }
}
