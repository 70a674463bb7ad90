import QtQuick
import screens
import screens.controls
import screens.theme

// 还要继续吗？ over whatever is shown. A touch beside the buttons, or any key that does not move between them,
// goes on too. The seconds are said, not shown as a threat.
FocusScope {
    id: warning

    required property IdleWarningModel model

    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("还要继续吗？")
    Keys.onPressed: event => {
        const moves = [Qt.Key_Tab, Qt.Key_Backtab, Qt.Key_Left, Qt.Key_Right, Qt.Key_Up, Qt.Key_Down];
        if (!moves.includes(event.key)) {
            event.accepted = true;
            warning.model.wantContinue();
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.colours.scrim
        opacity: 0.62
    }

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: warning.model.wantContinue()
    }

    Rectangle {
        x: Theme.taskSide - Theme.mm(6)
        width: Theme.taskWidth + Theme.mm(12)
        y: Theme.counterTop + Theme.mm(2)
        height: Math.min(saying.height + Theme.navigationHeight + Theme.mm(34), warning.height - y - Theme.mm(4))
        color: Theme.colours.paper
        radius: Theme.radius
        border.width: Theme.scheme === "light" ? 0 : Theme.border
        border.color: Theme.colours.edge

        Column {
            id: saying

            x: Theme.mm(12)
            y: Theme.mm(Theme.tight ? 6 : 12)
            width: parent.width - 2 * x
            spacing: Theme.mm(4)

            Words {
                width: parent.width
                text: qsTr("还要继续吗？")
                balanced: true
                font.pixelSize: Theme.heroSize
                strong: true
                lineHeight: 1
            }

            Words {
                width: parent.width
                text: qsTr("%1 秒后为您结束，并清除您的信息。").arg(warning.model.secondsLeft)
                balanced: true
                color: Theme.colours.inkSoft
            }
        }

        SecondaryButton {
            id: end

            x: Theme.mm(12)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.mm(Theme.tight ? 6 : 10)
            width: (parent.width - 2 * x - Theme.gap) / 2
            height: Theme.navigationHeight
            text: qsTr("结束办理")
            iconName: "leave"
            onClicked: warning.model.wantEnd()
        }

        PrimaryButton {
            anchors.left: end.right
            anchors.leftMargin: Theme.gap
            anchors.bottom: end.bottom
            width: end.width
            height: end.height
            focus: true
            text: qsTr("继续办理")
            onClicked: warning.model.wantContinue()
        }
    }
}
