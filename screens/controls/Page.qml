import QtQuick
import screens.theme

// The bones of every screen: above the counter what is to be read, on the counter what is to be touched, at its
// lower edge the way back (left) and the way on (right), always in the same places.
FocusScope {
    id: page

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

    // Between the context and the question; and between the question and the counter.
    property alias above: aboveArea.data
    property alias beneath: beneathArea.data
    default property alias controls: controlsArea.data
    readonly property alias controlsHeight: controlsArea.height

    signal backAsked
    signal onAsked

    Keys.onEscapePressed: {
        if (page.backText !== "")
            page.backAsked();
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
        id: aboveArea

        x: Theme.side
        y: Math.max(context.y + context.height, Theme.mm(44)) + Theme.mm(6)
        width: Theme.contentWidth
        height: Math.max(0, saying.y - y - Theme.mm(6))
    }

    Column {
        id: saying

        x: Theme.side
        y: Theme.counterTop - height - Theme.mm(Theme.tight ? 5 : 9)
        width: Theme.contentWidth
        spacing: Theme.mm(4)

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
            color: Theme.colours.inkSoft
            balanced: true
        }

        Row {
            width: parent.width
            visible: page.problem !== ""
            spacing: Theme.mm(3)

            Icon {
                id: problemIcon

                name: "attention"
                colour: Theme.colours.lacquer
                size: Theme.mm(Theme.elder ? 12 : 8)
            }

            Words {
                width: parent.width - problemIcon.width - parent.spacing
                text: page.problem
                color: Theme.colours.lacquer
                strong: true
                Accessible.role: Accessible.AlertMessage
            }
        }

        Item {
            id: beneathArea

            width: parent.width
            height: childrenRect.height
            visible: height > 0
        }
    }

    Item {
        id: controlsArea

        x: Theme.side
        y: Theme.controlsTop
        width: Theme.contentWidth
        height: Theme.controlsBottom - y
    }

    SecondaryButton {
        x: Theme.side
        y: Theme.navigationTop
        width: Math.max(Theme.mm(Theme.elder ? 58 : 48), implicitWidth)
        height: Theme.navigationHeight
        visible: page.backText !== ""
        text: page.backText
        iconName: page.backIcon
        onClicked: page.backAsked()
    }

    PrimaryButton {
        x: Theme.side + Theme.contentWidth - width
        y: Theme.navigationTop
        width: Math.max(Theme.mm(Theme.elder ? 80 : 76), implicitWidth)
        height: Theme.navigationHeight
        visible: page.onText !== ""
        enabled: page.canGoOn
        text: page.onText
        iconName: page.onIcon
        onClicked: page.onAsked()
    }
}
