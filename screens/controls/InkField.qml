import QtQuick
import screens.theme

// Where a character is written with the finger, a stroke at a time. Nothing of it is kept but the strokes that are seen.
Panel {
    id: field

    property var strokes: []
    readonly property real side: Math.min(width, height)

    signal drawn

    border.color: Theme.colours.edge
    border.width: Theme.border
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("手写区，用手指写一个字")

    function clear() {
        strokes = [];
        paper.requestPaint();
    }

    function undo() {
        strokes = strokes.slice(0, -1);
        paper.requestPaint();
    }

    Canvas {
        id: paper

        anchors.fill: parent
        anchors.margins: field.border.width
        renderStrategy: Canvas.Immediate
        onPaint: {
            const context = getContext("2d");
            context.clearRect(0, 0, width, height);
            context.strokeStyle = String(Theme.colours.ink);
            context.lineWidth = Theme.mm(2);
            context.lineCap = "round";
            context.lineJoin = "round";
            for (const stroke of field.strokes) {
                context.beginPath();
                context.moveTo(stroke[0][0], stroke[0][1]);
                for (const point of stroke)
                    context.lineTo(point[0], point[1]);
                context.stroke();
            }
        }
    }

    MouseArea {
        anchors.fill: paper
        preventStealing: true
        onPressed: mouse => {
            field.strokes.push([[mouse.x, mouse.y]]);
            paper.requestPaint();
        }
        onPositionChanged: mouse => {
            field.strokes[field.strokes.length - 1].push([mouse.x, mouse.y]);
            paper.requestPaint();
        }
        onReleased: field.drawn()
    }
}
