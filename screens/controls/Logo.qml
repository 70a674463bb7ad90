import QtQuick
import screens.theme

// A drawing of the province's own, as large as its place allows and in its own proportions; grey in mourning.
Image {
    required property string drawing
    required property string name

    visible: drawing !== ""
    sourceSize: Qt.size(width, height)
    source: drawing !== "" && width > 0 && height > 0 ? "image://pictures/logos/" + drawing + (Theme.mourning ? "?grey" : "") : ""
    Accessible.role: Accessible.Graphic
    Accessible.name: name
    Accessible.ignored: drawing === ""
}
