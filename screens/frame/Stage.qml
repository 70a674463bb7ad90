import QtQuick
import screens
import screens.controls
import screens.theme

// Shows the page of the current screen; another screen slides in from the right (forward) or the left (back). The
// page that goes is destroyed as soon as it is out of sight, with everything that it showed.
FocusScope {
    id: stage

    required property TerminalModel terminal
    required property Signing signing

    property bool begun: false
    property string shownScreen: ""
    property Loader front: first
    property Loader back: second
    readonly property bool settled: !slide.running && shownScreen === terminal.screen

    clip: true

    function fileOf(screen: string): string {
        return screen.split("_").map(word => word.charAt(0).toUpperCase() + word.slice(1)).join("") + ".qml";
    }

    function turn() {
        if (!begun || terminal.screen === shownScreen)
            return;
        if (slide.running) {
            // The next page comes before this one has arrived: what was leaving is gone at once.
            slide.stop();
            back.source = "";
        }
        const incoming = back;
        back = front;
        front = incoming;
        shownScreen = terminal.screen;
        incoming.setSource(Qt.resolvedUrl("../" + fileOf(shownScreen)), {
            "model": terminal.body,
            "here": terminal.top,
            "look": terminal.look,
            "writing": terminal.writing,
            "signing": stage.signing
        });
        incoming.enabled = true;
        back.enabled = false;
        incoming.focus = true;
        // Who comes by keys begins at the head of the page, wherever the focus was: in the aids, or on what has gone.
        if (stage.enabled)
            goToHead();
        if (Theme.turn > 0 && back.status === Loader.Ready) {
            const way = terminal.forward ? 1 : -1;
            incoming.x = way * width;
            arrive.target = incoming;
            leave.target = back;
            leave.to = -way * width;
            slide.start();
        } else {
            incoming.x = 0;
            settle();
        }
    }

    function settle() {
        back.source = "";
        terminal.settled();
    }

    Connections {
        target: stage.terminal

        function onTurned() {
            stage.turn();
        }
    }

    function goToHead() {
        (front.item as Page)?.goToHead();
    }

    // Once the theme is set.
    function begin() {
        begun = true;
        turn();
    }

    Loader {
        id: first

        width: stage.width
        height: stage.height
    }

    Loader {
        id: second

        width: stage.width
        height: stage.height
    }

    ParallelAnimation {
        id: slide

        onFinished: stage.settle()

        // Not an XAnimator: that one writes x back late, and a slide that is cut short would strand its page.
        NumberAnimation {
            id: arrive

            property: "x"
            to: 0
            duration: Theme.turn
            easing.type: Easing.OutCubic
        }

        NumberAnimation {
            id: leave

            property: "x"

            duration: Theme.turn
            easing.type: Easing.OutCubic
        }
    }
}
