import QtQuick
import QtQuick.Templates as T
import screens.theme

// What every control that is pressed has: the focus ring, the keys, the least size.
T.Button {
    id: control

    property color ground: Theme.colours.card
    property color groundPressed: Theme.colours.tint
    property color edge: Theme.colours.edge
    property string spokenName: text

    implicitWidth: Math.max(Theme.target, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
    horizontalPadding: Theme.mm(Theme.enlarged ? 4 : 6)
    verticalPadding: Theme.mm(2)
    focusPolicy: Qt.StrongFocus

    Accessible.name: spokenName
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    background: Rectangle {
        color: control.down ? control.groundPressed : control.ground
        radius: Theme.radius
        // In every scheme and on every ground a finger sees at once that it was felt.
        border.width: control.down ? 2 * Theme.border : Theme.border
        border.color: control.down ? Theme.colours.ink : control.enabled ? control.edge : Theme.colours.line

        FocusRing {
            anchors.fill: parent
            anchors.margins: -Theme.mm(2)
            visible: control.visualFocus
            shown: true
        }
    }
}
