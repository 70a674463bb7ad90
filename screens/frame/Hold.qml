import QtQuick
import screens
import screens.controls
import screens.theme

// 按住听: a ring closes round a finger that rests, and then the line under it is read and marked. A finger that moves
// means something else. It only looks on: a short touch is touched as if nothing were there.
Item {
    id: hold

    required property Holding model

    // Who is slow with the hands presses long, and still means to press.
    readonly property int lastsMs: Theme.elder ? 1500 : 800
    // A tap shows no ring.
    readonly property int quietMs: 200
    readonly property int slack: Theme.mm(5)

    property point began: Qt.point(0, 0)
    property bool resting: false

    PointHandler {
        onActiveChanged: {
            hold.began = point.position;
            hold.resting = active;
        }
        onPointChanged: {
            if (Math.hypot(point.position.x - hold.began.x, point.position.y - hold.began.y) > hold.slack)
                hold.resting = false;
        }
    }

    onRestingChanged: {
        closing.stop();
        ring.closed = 0;
        if (resting)
            closing.start();
    }

    SequentialAnimation {
        id: closing

        PauseAnimation {
            duration: hold.quietMs
        }
        NumberAnimation {
            target: ring
            property: "closed"
            from: 0.02
            to: 1
            duration: hold.lastsMs - hold.quietMs
        }
        ScriptAction {
            script: hold.model.hold(hold.began)
        }
    }

    // Wider than a finger: what is under it cannot be seen. It fills from the outer line inwards.
    Rectangle {
        id: ring

        property real closed: 0

        visible: closed > 0
        x: hold.began.x - width / 2
        y: hold.began.y - height / 2
        width: Theme.mm(38)
        height: width
        radius: width / 2
        color: "transparent"
        border.width: Theme.mm(0.8) + Math.round(Theme.mm(4.2) * closed)
        border.color: Theme.colours.river
        Accessible.ignored: true
    }

    Rectangle {
        id: mark

        readonly property int air: Theme.mm(1.6)

        visible: hold.model.mark.width > 0
        x: hold.model.mark.x - air
        y: hold.model.mark.y - air
        width: hold.model.mark.width + 2 * air
        height: hold.model.mark.height + 2 * air
        radius: Theme.radius
        color: "transparent"
        border.width: Theme.mm(1.2)
        border.color: Theme.colours.lacquer
        Accessible.ignored: true
    }

    // Above the line, where the hand covers nothing; below it when there is no room. Of no line, above the aids.
    Rectangle {
        readonly property real above: (mark.visible ? mark.y : hold.height - Theme.aidsHeight) - height - Theme.gap

        visible: hold.model.advice !== ""
        x: Math.max(Theme.margin, Math.min(hold.width - width - Theme.margin, mark.x))
        y: above > Theme.gap ? above : mark.y + mark.height + Theme.gap
        width: Math.min(hold.width - 2 * Theme.margin, Theme.contentWidth)
        height: advice.height + 2 * Theme.mm(4)
        radius: Theme.radius
        color: Theme.colours.card
        border.width: Math.max(Theme.border, Theme.mm(0.6))
        border.color: Theme.colours.lacquer

        Statement {
            id: advice

            x: Theme.mm(5)
            y: Theme.mm(4)
            width: parent.width - 2 * x
            text: hold.model.advice
            iconName: "speech"
            strong: true
            size: Theme.labelSize
        }
    }
}
