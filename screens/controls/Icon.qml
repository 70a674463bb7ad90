import QtQuick
import screens.theme

// One of icons/*.svg in one colour. Always beside words that say the same, so it is silent.
Image {
    required property string name
    property color colour: Theme.colours.ink
    property int size: Theme.mm(Math.min(16, Theme.grown(7, 10)))

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: "image://pictures/icons/" + name + "?" + colour.toString().slice(1)
    Accessible.ignored: true
}
