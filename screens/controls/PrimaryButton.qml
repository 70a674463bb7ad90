import QtQuick
import screens.theme

// The one way on. Words first, then the icon that points the way.
PressButton {
    id: control

    property string iconName: "on"

    ground: enabled ? Theme.colours.river : "transparent"
    groundPressed: Theme.highContrast ? Theme.colours.focus : Qt.darker(Theme.colours.river, 1.35)
    edge: Theme.colours.river

    contentItem: Item {
        implicitWidth: words.implicitWidth + row.spacing + icon.width
        implicitHeight: row.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.mm(3)

            Words {
                id: words

                anchors.verticalCenter: parent.verticalCenter
                // Words that come from elsewhere may be long: better smaller than cut.
                width: Math.min(implicitWidth, control.availableWidth - icon.width - row.spacing)
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.captionSize / 2
                wrapMode: Text.NoWrap
                text: control.text
                strong: true
                font.pixelSize: Theme.labelSize
                color: control.enabled ? Theme.colours.onRiver : Theme.colours.faded
                lineHeight: 1
                Accessible.ignored: true
            }

            Icon {
                id: icon

                anchors.verticalCenter: parent.verticalCenter
                name: control.iconName
                colour: control.enabled ? Theme.colours.onRiver : Theme.colours.faded
                size: Theme.mm(Math.min(12, Theme.grown(7, 9)))
            }
        }
    }
}
