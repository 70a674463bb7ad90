import QtQuick
import screens
import screens.theme

// The bones of every screen: above the counter what is to be read, on the counter what is to be touched, at its
// lower edge the way back (left) and the way on (right), always in the same places.
FocusScope {
    id: page

    focus: true

    // What the top line shows, for the screens that say it large.
    property TopLineModel here: null
    property string matter: ""
    property int step: 0
    property int steps: 0
    property string question: ""
    property int questionSize: Theme.titleSize
    property string help: ""
    property string problem: ""
    property string backText: ""
    property string backIcon: "back"
    property string onText: ""
    property string onIcon: "on"
    property bool canGoOn: true

    // What the controls need in height; the counter rises no further. All that can be reached, unless said.
    property int controlsNeed: Theme.controlsBottom
    // How high what stands on the counter may be.
    property int standingHeight: 0

    // Right above and below the question; and what stands on the counter, under the words.
    property alias over: overArea.data
    property alias beneath: beneathArea.data
    property alias standing: standingArea.data
    default property alias controls: controlsArea.data
    readonly property alias controlsHeight: controlsArea.height

    // The upper edge of the counter: as high as may be reached, lower where the controls need less or the words more.
    readonly property int horizon: Math.min(lowest, Math.max(Theme.counterTop, Theme.controlsBottom - controlsNeed - Theme.controlsPadding, wordsNeed))
    readonly property int lowest: Math.max(Theme.counterTop, Math.round(Theme.screenHeight * 0.64))
    readonly property int wordsNeed: context.y + context.height + saying.height + sayingGap + Theme.mm(4)
    readonly property int sayingGap: Theme.mm(Theme.tight ? 5 : 9)

    signal backAsked
    signal onAsked

    Keys.onEscapePressed: {
        if (page.backText !== "")
            page.backAsked();
    }

    Rectangle {
        // A little larger than what is seen, for the page that drifts.
        x: -Theme.gap
        y: page.horizon
        width: parent.width + 2 * Theme.gap
        height: parent.height - y + Theme.gap
        color: Theme.colours.counter

        Rectangle {
            width: parent.width
            height: Theme.highContrast ? Theme.border : Theme.hairline
            color: Theme.colours.edge
        }
    }

    Column {
        id: context

        x: Theme.side + Theme.mm(23)
        y: Theme.topLineHeight + Theme.mm(5)
        width: Theme.contentWidth - Theme.mm(23)
        spacing: Theme.mm(3)

        Words {
            width: parent.width
            visible: text !== ""
            text: page.matter
            strong: true
            font.pixelSize: Theme.labelSize
            lineHeight: 1
        }

        StepBar {
            width: parent.width
            visible: page.steps > 0
            step: page.step
            count: page.steps
        }
    }

    Item {
        id: standingArea

        readonly property int room: page.horizon - context.y - context.height - saying.height - Theme.mm(16)

        x: Theme.side
        y: page.horizon - height
        width: Theme.contentWidth
        height: Math.max(0, Math.min(page.standingHeight, room))
    }

    Column {
        id: saying

        x: Theme.side
        y: standingArea.y - height - page.sayingGap
        width: Theme.contentWidth
        spacing: Theme.mm(4)

        Item {
            id: overArea

            width: parent.width
            height: childrenRect.height
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: page.question
            strong: true
            balanced: true
            font.pixelSize: page.questionSize
            lineHeight: 1
            Accessible.role: Accessible.Heading
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: page.help
            font.pixelSize: Theme.labelSize
            color: Theme.colours.inkSoft
            balanced: true
        }

        Statement {
            width: parent.width
            text: page.problem
            tone: "stop"
            strong: true
        }

        Item {
            id: beneathArea

            width: parent.width
            height: childrenRect.height
        }
    }

    Item {
        id: controlsArea

        x: Theme.side
        y: page.horizon + Theme.controlsPadding
        width: Theme.contentWidth
        height: Theme.controlsBottom - y
    }

    Row {
        id: leading

        x: Theme.side
        y: Theme.navigationTop
        height: Theme.navigationHeight
        spacing: Theme.gap

        SecondaryButton {
            width: Math.max(Theme.mm(Theme.elder ? 52 : 48), implicitWidth)
            height: parent.height
            visible: page.backText !== ""
            text: page.backText
            iconName: page.backIcon
            onClicked: page.backAsked()
        }

        SecondaryButton {
            height: parent.height
            visible: page.here?.sessionOpen ?? false
            text: qsTr("结束办理")
            iconName: "leave"
            ground: "transparent"
            edge: Theme.colours.edge
            colour: Theme.colours.ink
            onClicked: page.here.wantEnd()
        }
    }

    PrimaryButton {
        readonly property int room: Theme.contentWidth - (leading.width > 0 ? leading.width + Theme.gap : 0)

        x: Theme.side + Theme.contentWidth - width
        y: Theme.navigationTop
        width: Math.min(room, Math.max(Theme.mm(Theme.elder ? 80 : 76), implicitWidth))
        height: Theme.navigationHeight
        visible: page.onText !== ""
        enabled: page.canGoOn
        text: page.onText
        iconName: page.onIcon
        onClicked: page.onAsked()
    }
}
