import QtQuick
import screens.theme

// One answer with its source, and the button that changes it and returns here.
Panel {
    id: row

    required property string field
    required property string label
    required property string value
    required property string source
    required property bool canChange

    signal changeAsked

    implicitHeight: Math.max(Theme.target, words.height) + Theme.mm(4)

    Column {
        id: words

        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(6)
        anchors.right: row.canChange ? change.left : parent.right
        anchors.rightMargin: Theme.mm(4)
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: row.source === "" ? row.label : row.label + " · " + row.source
            color: Theme.colours.inkSoft
            lineHeight: 1
        }

        Words {
            width: parent.width
            text: row.value
            balanced: true
            strong: true
            font.pixelSize: Theme.labelSize
            lineHeight: 1
        }
    }

    SecondaryButton {
        id: change

        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(2)
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.target
        visible: row.canChange
        text: qsTr("修改")
        spokenName: qsTr("修改") + " " + row.label
        iconName: "change"
        edge: "transparent"
        onClicked: row.changeAsked()
    }
}
