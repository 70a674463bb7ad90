import QtQuick
import screens.theme

// Where those who look after the terminal go in: there for whoever looks for it, in nobody's way.
SecondaryButton {
    property bool offered: true

    implicitHeight: offered ? Theme.target : 0
    text: qsTr("工作人员")
    iconName: "tool"
    ground: "transparent"
    edge: Theme.colours.edge
    colour: Theme.colours.inkSoft
}
