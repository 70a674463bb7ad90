import QtQuick
import screens.theme

// A sheet on the counter.
Rectangle {
    color: Theme.colours.card
    radius: Theme.radius
    border.width: Theme.highContrast ? Theme.border : Theme.hairline
    border.color: Theme.highContrast ? Theme.colours.edge : Theme.colours.line
}
