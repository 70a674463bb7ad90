import QtQuick
import screens.theme

// A label and its value, on a line of their own; where words are large and do not fit beside each other, the value stands
// below its label.
Item {
    id: fact

    required property string label
    required property string value

    readonly property real labelShare: Theme.zoom >= 1.5 ? 0.44 : 0.36
    readonly property bool stacked: Theme.zoom >= 1.5 && (metrics.advanceWidth(label) > width * labelShare || 1.06 * metrics.advanceWidth(value) + Theme.mm(4) > width * (1 - labelShare))

    implicitHeight: (stacked ? name.height + words.height : Math.max(name.height, words.height)) + Theme.mm(Theme.enlarged ? 4 : 5)
    Accessible.role: Accessible.StaticText
    Accessible.name: label + "：" + value

    FontMetrics {
        id: metrics

        font.pixelSize: Theme.bodySize
    }

    Words {
        id: name

        y: Math.round((fact.height - (fact.stacked ? height + words.height : height)) / 2)
        width: fact.stacked ? fact.width : fact.width * fact.labelShare
        text: fact.label
        balanced: true
        color: Theme.colours.inkSoft
        Accessible.ignored: true
    }

    Words {
        id: words

        x: fact.stacked ? 0 : name.width + Theme.mm(4)
        y: fact.stacked ? name.y + name.height : Math.round((fact.height - height) / 2)
        width: fact.width - x
        text: fact.value
        balanced: true
        strong: true
        Accessible.ignored: true
    }
}
