pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.theme

// The bones of every screen: above the counter what is to be read (on a wide screen left of it), on the counter what
// is to be touched, at its lower edge the way back (left) and the way on (right), always in the same places. Words
// that leave no room for the controls have a leaf of their own before them.
FocusScope {
    id: page

    focus: true

    // What the top line shows, for the screens that say it large.
    property TopLineModel here: null
    property LookModel look: null
    // What is being written, for the questions that are answered in words.
    property WritingModel writing: null
    // 手语: what is signed at this step, for who has asked for it.
    property Signing signing: null
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

    // What stands on the counter is only read, so that it may stand higher than a hand reaches.
    property bool onlyRead: false
    // What the controls need in height; the counter rises no further. All that can be reached, unless said.
    property int controlsNeed: Theme.controlsBottom
    // How high what stands on the counter may be.
    property int standingHeight: 0
    // What of it must stand, however large the words are.
    property int leastStanding: 0

    // Right above and below the question; and what stands on the counter, under the words.
    property alias over: overArea.data
    property alias beneath: beneathArea.data
    property alias standing: standingArea.data
    default property alias controls: controlsArea.data
    readonly property alias controlsHeight: controlsArea.height

    // The upper edge of the counter: as high as may be reached, lower where the controls need less or the words more.
    readonly property int horizon: Theme.landscape ? (onlyRead ? Theme.topLineHeight : Theme.counterTop) : Math.min(lowest, Math.max(onlyRead ? 0 : Theme.counterTop, Theme.controlsBottom - controlsNeed - Theme.controlsPadding, wordsNeed))
    readonly property int lowest: Math.max(Theme.counterTop, Math.round(Theme.screenHeight * 0.64))
    readonly property int wordsNeed: wordsTop + saying.height + sayingGap + Theme.mm(4) + leastStanding
    readonly property int sayingGap: Theme.mm(Theme.tight ? 5 : 9)
    // Where the words begin, and the lowest that they may reach, beside the controls or above them.
    readonly property int wordsTop: signedTop + (signed.shown ? signed.height + Theme.gap + Theme.mm(2) : 0)
    readonly property int signedTop: Math.max(context.y + context.height + (Theme.landscape ? Theme.mm(6) : 0), Theme.mm(Theme.landscape ? 52 : 48))
    readonly property int wordsBottom: Theme.landscape ? Theme.navigationTop + Theme.navigationHeight - leastStanding : lowest - sayingGap - Theme.mm(4)

    // A low screen with large words has no line of its own for the steps.
    readonly property bool shortSteps: Theme.landscape && Theme.zoom >= 2

    // The words have to be read first, on a leaf of their own: they do not stand beside the controls.
    readonly property bool overflowing: wordsTop + wholeHeight > wordsBottom + 1
    readonly property int wholeHeight: [overArea, questionWords, helpWords, problemWords, beneathArea].reduce((sum, part) => sum + (part.height > 0 && (part.text ?? "-") !== "" ? part.height + saying.spacing : 0), -saying.spacing)
    property bool read: false
    readonly property bool reading: overflowing && !read && onText + backText !== ""
    // On a wide screen the leaf is the right half; where even a whole leaf is too small it is paged.
    readonly property bool leafPaged: reading && (Theme.landscape || wordsTop + wholeHeight - beneathArea.height > Theme.navigationTop - Theme.mm(6))

    signal backAsked
    signal onAsked

    // Another question on the same screen begins at its head again.
    onQuestionChanged: {
        read = false;
        if (page.activeFocus)
            goToHead();
    }

    function goBack() {
        if (overflowing && read)
            read = false;
        else if (backText !== "")
            backAsked();
    }

    // Where the keys begin; also when what had the focus is there no longer.
    function goToHead() {
        head.forceActiveFocus();
    }

    Keys.onEscapePressed: goBack()

    Rectangle {
        // A little larger than what is seen, for the page that drifts.
        x: Theme.landscape ? Theme.counterSide : -Theme.gap
        y: Theme.landscape ? Theme.topLineHeight : page.reading ? Theme.navigationTop - Theme.mm(4) : page.horizon
        width: parent.width - x + Theme.gap
        height: parent.height - y + Theme.gap
        color: Theme.colours.counter

        Rectangle {
            width: Theme.landscape ? Theme.edgeLine : parent.width
            height: Theme.landscape ? parent.height : Theme.edgeLine
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
            text: page.matter + (page.shortSteps && page.steps > 0 ? "　" + page.step + "/" + page.steps : "")
            Accessible.name: page.matter + (page.shortSteps && page.steps > 0 ? "，" + qsTr("第 %1 步，共 %2 步").arg(page.step).arg(page.steps) : "")
            strong: true
            font.pixelSize: Theme.labelSize
            lineHeight: 1
        }

        StepBar {
            width: parent.width
            visible: page.steps > 0 && !page.shortSteps
            step: page.step
            count: page.steps
        }
    }

    SignedClip {
        id: signed

        x: Theme.side
        y: page.signedTop + Theme.mm(2)
        width: Theme.contentWidth
        // What is wrong has to be read first, where there is no room for both.
        shown: (page.signing?.present ?? false) && !(Theme.landscape && Theme.zoom >= 2 && page.problem !== "")
        caption: page.signing?.caption ?? ""
        source: page.signing?.source ?? ""
        onDrawn: page.signing.drawn()
    }

    Column {
        id: saying

        x: Theme.side
        y: Theme.landscape || page.reading ? page.wordsTop : standingArea.y - height - page.sayingGap
        width: Theme.contentWidth
        spacing: Theme.mm(4)

        Item {
            id: overArea

            width: parent.width
            height: childrenRect.height
        }

        Words {
            id: questionWords

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
            id: helpWords

            width: parent.width
            visible: text !== "" && (page.reading ? !page.leafPaged : !page.overflowing)
            text: page.help
            font.pixelSize: Theme.labelSize
            color: Theme.colours.inkSoft
            balanced: true
        }

        Statement {
            id: problemWords

            width: parent.width
            visible: text !== "" && !page.leafPaged
            text: page.problem
            tone: "stop"
            strong: true
        }

        Item {
            id: beneathArea

            visible: !page.reading
            width: parent.width
            height: childrenRect.height
        }
    }

    Item {
        id: standingArea

        readonly property int ground: Theme.landscape ? Theme.screenHeight - Theme.aidsHeight : page.horizon
        readonly property int room: ground - page.wordsTop - saying.height - Theme.mm(16)

        x: Theme.side
        y: ground - height
        width: Theme.contentWidth
        height: Math.max(page.leastStanding, Math.min(page.standingHeight, room))
    }

    FocusRing {
        id: head

        x: saying.x - Theme.mm(2)
        y: saying.y + questionWords.y - Theme.mm(2)
        width: saying.width + Theme.mm(4)
        height: questionWords.height + Theme.mm(4)
        focus: true
        shown: activeFocus && Theme.byKeys && page.question !== ""
    }

    Item {
        id: controlsArea

        x: Theme.taskSide
        y: page.horizon + Theme.controlsPadding
        visible: !page.reading
        width: Theme.taskWidth
        height: Theme.controlsBottom - y
    }

    Loader {
        id: leaf

        readonly property string problem: page.problem
        readonly property string help: page.help

        x: Theme.taskSide
        y: Theme.landscape ? Theme.topLineHeight + Theme.controlsPadding : saying.y + saying.height + Theme.gap
        width: Theme.taskWidth
        height: Theme.controlsBottom - y
        active: page.leafPaged

        sourceComponent: Item {
            PagedColumn {
                anchors.fill: parent

                Statement {
                    text: leaf.problem
                    tone: "stop"
                    strong: true
                }

                Words {
                    text: leaf.help
                    font.pixelSize: Theme.labelSize
                    balanced: true
                }
            }
        }
    }

    Row {
        id: leading

        x: Theme.taskSide
        y: Theme.navigationTop
        height: Theme.navigationHeight
        spacing: Theme.gap

        SecondaryButton {
            width: Math.max(Theme.mm(Theme.zoom >= 2 ? 16 : Theme.elder ? 52 : 48), implicitWidth)
            height: parent.height
            visible: page.backText !== ""
            text: page.backText
            iconName: Theme.zoom >= 2 ? "" : page.backIcon
            onClicked: page.goBack()
        }

        SecondaryButton {
            height: parent.height
            visible: page.here?.sessionOpen ?? false
            text: qsTr("结束办理")
            iconName: Theme.zoom >= 2 ? "" : "leave"
            ground: "transparent"
            edge: Theme.colours.edge
            colour: Theme.colours.ink
            onClicked: page.here.wantEnd()
        }
    }

    PrimaryButton {
        readonly property int room: Theme.taskWidth - (leading.width > 0 ? leading.width + Theme.gap : 0)

        x: Theme.taskSide + Theme.taskWidth - width
        y: Theme.navigationTop
        width: Math.min(room, Math.max(Theme.mm(Theme.zoom >= 2 ? 16 : Theme.elder ? 80 : 76), implicitWidth))
        height: Theme.navigationHeight
        visible: text !== ""
        enabled: page.canGoOn || page.reading
        text: page.reading ? qsTr("往下看") : page.onText
        iconName: page.reading ? "on" : page.onIcon
        onClicked: {
            if (page.reading)
                page.read = true;
            else
                page.onAsked();
        }
    }
}
