import QtQuick
import screens.theme

// A label and its value, on a line of their own.
Item {
    id: fact

    required property string label
    required property string value

    implicitHeight: Math.max(name.height, words.height) + Theme.mm(Theme.enlarged ? 4 : 5)
    Accessible.role: Accessible.StaticText
    Accessible.name: label + "：" + value

    Words {
        id: name

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width * (Theme.zoom >= 1.5 ? 0.44 : 0.36)
        text: fact.label
        color: Theme.colours.inkSoft
        Accessible.ignored: true
    }

    Words {
        id: words

        anchors.left: name.right
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.mm(4)
        text: fact.value
        balanced: true
        strong: true
        Accessible.ignored: true
    }
}
