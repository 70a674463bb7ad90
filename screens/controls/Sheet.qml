import QtQuick
import screens.theme

// A panel as high as what it holds.
Panel {
    id: sheet

    default property alias contents: column.data
    property alias spacing: column.spacing
    property int padding: Theme.mm(Theme.tight ? 4 : 6)

    implicitHeight: visibleByNeed ? column.height + 2 * padding : 0
    // What it holds, one below the other.
    readonly property list<Item> parts: [...column.children]
    property bool visibleByNeed: true

    Column {
        id: column

        x: sheet.padding
        anchors.verticalCenter: parent.verticalCenter
        width: sheet.width - 2 * x
        spacing: Theme.mm(2)
    }
}
