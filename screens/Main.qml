import QtQuick
import screens
import screens.controls
import screens.frame
import screens.theme

// The window: paper above, the counter below, one page between the top line and the aids.
Window {
    id: window

    required property TerminalModel terminal
    required property real physicalWidth
    required property real lowerEdge
    required property bool motionAllowed
    required property Reader ear
    required property Holding holding
    required property Signing signing

    readonly property bool settled: stage.settled
    readonly property real aidsTop: aids.y

    color: Theme.colours.paper
    title: "店小二"

    Component.onCompleted: {
        Theme.pixelsPerMillimetre = Qt.binding(() => window.width / window.physicalWidth);
        Theme.screenWidth = Qt.binding(() => window.width);
        Theme.screenHeight = Qt.binding(() => window.height);
        Theme.lowerEdge = window.lowerEdge;
        Theme.motionAllowed = window.motionAllowed;
        Theme.elder = Qt.binding(() => window.terminal.aids.elder);
        Theme.lowReach = Qt.binding(() => window.terminal.aids.lowReach);
        Theme.zoom = Qt.binding(() => Math.max(1, window.terminal.aids.zoom));
        Theme.plain = Qt.binding(() => window.terminal.aids.simpleList);
        Theme.scheme = Qt.binding(() => window.terminal.aids.colours);
        Theme.light = Qt.binding(() => window.terminal.look.light);
        Theme.dark = Qt.binding(() => window.terminal.look.dark);
        Theme.mourning = Qt.binding(() => window.terminal.look.mourning);
        stage.begin();
    }

    // What is hidden under the focus would keep it: the keys would lead nowhere any more.
    Connections {
        target: window.activeFocusItem

        function onVisibleChanged() {
            if (!window.activeFocusItem.visible)
                stage.goToHead();
        }
    }

    FocusScope {
        id: content

        anchors.fill: parent
        focus: true

        // Every control can be reached by four keys: forward, back, press, and away.
        Keys.onPressed: event => {
            const forward = event.key === Qt.Key_Down || event.key === Qt.Key_Right;
            if (!forward && event.key !== Qt.Key_Up && event.key !== Qt.Key_Left)
                return;
            Theme.byKeys = true;
            const next = window.activeFocusItem?.nextItemInFocusChain(forward) ?? null;
            if (next)
                next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
            event.accepted = true;
        }

        PointHandler {
            onActiveChanged: {
                if (active)
                    Theme.byKeys = false;
            }
        }

        FocusScope {
            id: frame

            anchors.fill: parent
            focus: true
            enabled: !window.terminal.warned

            // A touch beside what 更多 has shown only closes it.
            TapHandler {
                enabled: aids.open
                onTapped: aids.open = false
            }

            Stage {
                id: stage

                anchors.fill: parent
                Accessible.role: Accessible.Pane
                focus: true
                enabled: !aids.open
                terminal: window.terminal
                signing: window.signing
                onShownScreenChanged: aids.open = false
            }

            TopLine {
                width: parent.width
                model: window.terminal.top
                look: window.terminal.look
            }

            AidsBar {
                id: aids

                anchors.bottom: parent.bottom
                width: parent.width
                model: window.terminal.aids
                reader: window.ear
                helping: window.terminal.screen === "help"
                speechFitted: window.terminal.top.speechFitted
                signingOffered: window.terminal.top.signingOffered
            }
        }

        Guides {
            anchors.fill: parent
            model: window.terminal.aids
            scene: frame
            focused: window.activeFocusItem
        }

        Warning {
            anchors.fill: parent
            visible: window.terminal.warned
            focus: visible
            model: window.terminal.warning
        }

        Hold {
            anchors.fill: parent
            visible: window.terminal.top.speechFitted && !window.terminal.aids.screenHidden
            model: window.holding
        }

        // 遮屏: who is read to needs no picture, and nobody else gets one. The first touch brings it back.
        Rectangle {
            anchors.fill: parent
            visible: window.terminal.aids.screenHidden
            color: "black"

            TapHandler {
                gesturePolicy: TapHandler.ReleaseWithinBounds
                onTapped: window.terminal.aids.wantHideScreen()
            }

            Words {
                anchors.centerIn: parent
                width: Theme.contentWidth
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("屏幕已遮住，点一下就恢复。")
                color: "white"
                Accessible.ignored: true
            }
        }
    }
}
