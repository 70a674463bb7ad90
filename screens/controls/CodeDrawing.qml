import QtQuick
import screens.theme

// A QR code for somebody's camera or a window's scanner, dark on white in every scheme, with modules of whole pixels.
Image {
    required property string says
    required property string name
    property int side: Theme.mm(46)

    visible: says !== ""
    width: side
    height: side
    sourceSize: Qt.size(side, side)
    fillMode: Image.Pad
    smooth: false
    source: says !== "" ? "image://pictures/codes/" + says : ""
    Accessible.role: Accessible.Graphic
    Accessible.name: name
}
