pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// What goes with the finger, the pointer or the focus over every screen: a lens, a line to read by, a large mark.
// It only looks on: whatever is touched is touched as if nothing were there.
Item {
    id: guides

    required property AidsModel model
    // What the lens looks at.
    required property Item scene
    // The window's: the keys lead the guides as well as a finger does.
    required property Item focused

    property point at: Qt.point(width / 2, height / 2)

    readonly property bool any: model.lens || model.largePointer || model.readingLine

    function follow(position: point) {
        if (any)
            at = position;
    }

    function followFocus() {
        if ((focused as PressButton)?.visualFocus)
            follow(focused.mapToItem(guides, focused.width / 2, focused.height / 2));
    }

    onFocusedChanged: followFocus()

    PointHandler {
        id: finger

        onActiveChanged: guides.follow(point.position)
        onPointChanged: {
            if (active)
                guides.follow(point.position);
        }
    }

    HoverHandler {
        id: mouse

        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onPointChanged: {
            if (hovered)
                guides.follow(point.position);
        }
    }

    // Two lines, with one line of words between them.
    Item {
        visible: guides.model.readingLine
        y: Math.round(guides.at.y - height / 2)
        width: guides.width
        height: Math.round(Theme.bodySize * 1.9)
        Accessible.ignored: true

        Repeater {
            model: 2

            Rectangle {
                required property int index

                y: index * (parent.height - height)
                width: parent.width
                height: Theme.mm(1.2)
                color: Theme.colours.lacquer
                Accessible.ignored: true
            }
        }
    }

    // Where the finger is, or was last; dark and light, so that it is seen on every ground.
    Rectangle {
        visible: guides.model.largePointer && !arrow.visible
        x: guides.at.x - width / 2
        y: guides.at.y - height / 2
        width: Theme.mm(24)
        height: width
        radius: width / 2
        color: "transparent"
        border.width: Theme.mm(2.4)
        border.color: Theme.colours.paper

        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.mm(0.6)
            radius: width / 2
            color: "transparent"
            border.width: Theme.mm(1.2)
            border.color: Theme.colours.lacquer
        }
    }

    Image {
        id: arrow

        visible: guides.model.largePointer && mouse.hovered && !finger.active
        x: guides.at.x - width * 5 / 24
        y: guides.at.y - height * 3 / 24
        width: Theme.mm(22)
        height: width
        sourceSize: Qt.size(width, height)
        source: "image://pictures/icons/pointer?" + [Theme.colours.ink, Theme.colours.paper].map(colour => colour.toString().slice(1)).join("-")
        Accessible.ignored: true
    }

    // Above the finger, where there is room; below it otherwise.
    Rectangle {
        id: lens

        readonly property real power: 2
        readonly property real above: guides.at.y - height - Theme.mm(16)

        visible: guides.model.lens
        x: Math.max(Theme.mm(4), Math.min(guides.width - width - Theme.mm(4), guides.at.x - width / 2))
        y: above > Theme.mm(2) ? above : guides.at.y + Theme.mm(16)
        width: Math.min(guides.width - Theme.mm(8), Theme.mm(150))
        height: Theme.mm(54)
        color: Theme.colours.paper
        border.width: Theme.mm(1.2)
        border.color: Theme.colours.river
        Accessible.ignored: true

        Loader {
            active: lens.visible
            anchors.fill: parent
            anchors.margins: lens.border.width

            sourceComponent: ShaderEffectSource {
                sourceItem: guides.scene
                sourceRect: Qt.rect(Math.max(0, Math.min(guides.width - width / lens.power, guides.at.x - width / lens.power / 2)), Math.max(0, Math.min(guides.height - height / lens.power, guides.at.y - height / lens.power / 2)), width / lens.power, height / lens.power)
                smooth: true
            }
        }
    }
}
