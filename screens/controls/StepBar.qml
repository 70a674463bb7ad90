pragma ComponentBehavior: Bound

import QtQuick
import screens.theme

// Step n of m, as words and as a bar.
Column {
    id: steps

    required property int step
    required property int count

    spacing: Theme.mm(2.5)

    Words {
        text: qsTr("第 %1 步，共 %2 步").arg(steps.step).arg(steps.count)
        color: Theme.colours.inkSoft
        lineHeight: 1
    }

    Row {
        width: parent.width
        spacing: Theme.mm(1.5)

        Repeater {
            model: steps.count

            Rectangle {
                required property int index

                width: (steps.width - (steps.count - 1) * Theme.mm(1.5)) / steps.count
                height: Theme.mm(2)
                radius: height / 2
                color: index < steps.step ? Theme.colours.river : "transparent"
                border.width: Math.max(1, Theme.hairline)
                border.color: index < steps.step ? Theme.colours.river : Theme.colours.edge
            }
        }
    }
}
