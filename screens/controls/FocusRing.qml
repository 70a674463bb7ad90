import QtQuick
import screens.theme

// The river ring around what has the focus, a gap away from it.
Rectangle {
    id: ring

    property bool shown: false

    opacity: shown ? 1 : 0
    color: "transparent"
    radius: Theme.radius + Theme.mm(2)
    border.width: Theme.mm(1.2)
    border.color: Theme.colours.focus
}
