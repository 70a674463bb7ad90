pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// Every way with equal weight, drawn as a gesture; the code that a telephone confirms stands in its place.
Page {
    id: page

    required property SignInModel model

    matter: model.matter
    question: model.asked === "again" ? qsTr("请再登录一次，接着办") : model.asked === "twice" ? qsTr("提交前再核对一次") : model.asked === "guardian" ? qsTr("请监护人核对身份") : model.whoseTurn !== "" ? model.whoseTurn : qsTr("先核对您的身份")
    help: model.isProblem ? "" : model.advice
    problem: model.isProblem ? model.advice : ""
    backText: qsTr("返回")
    onBackAsked: model.wantBack()

    component Way: Panel {
        id: way

        required property string title
        required property string advice
        required property string progress
        property string drawing
        property string code
        property point travel

        // Where everything is larger, three beside each other have room for the gesture and one word.
        readonly property int inset: Theme.mm(Theme.enlarged ? 3 : 7)
        // Two rows of larger words, or of a wide screen, leave no height between the words, but width beside them: the gesture and the code
        // stand there, below the title or beside it, whichever is more.
        readonly property bool beside: ways.deep > 1 && (Theme.enlarged || Theme.landscape)
        readonly property int besideWords: width - 2 * inset - Math.max(heading.implicitWidth, state.oneLine) - Theme.mm(3)
        readonly property int besideState: width - 2 * inset - state.oneLine - Theme.mm(3)
        readonly property int belowWords: height - words.y - words.height - inset
        readonly property int room: Math.max(Math.min(besideWords, height - 2 * inset), Math.min(besideState, belowWords))
        readonly property bool usable: progress !== "unavailable" && progress !== "closed" && progress !== "used"

        readonly property string atLength: progress === "working" ? qsTr("正在识别，请稍等") : progress === "kept" ? qsTr("读好了，还要另一样") : progress === "problem" ? qsTr("请再来一次") : progress === "closed" ? qsTr("请换别的办法") : progress === "used" ? qsTr("已核对过") : usable ? qsTr("已准备好") : qsTr("现在用不了")
        readonly property string shortly: progress === "working" ? qsTr("稍等") : progress === "kept" ? qsTr("读好了") : progress === "problem" ? qsTr("再试") : progress === "closed" ? qsTr("换一种") : progress === "used" ? qsTr("已核对") : usable ? qsTr("可用") : qsTr("停用")

        width: (ways.width - (ways.columns - 1) * Theme.gap) / ways.columns
        height: Math.min((ways.height - (ways.deep - 1) * Theme.gap) / ways.deep, Theme.mm(190))
        border.width: progress === "working" ? Theme.mm(1) : Theme.highContrast ? Theme.border : Theme.hairline
        border.color: progress === "working" ? Theme.colours.river : Theme.highContrast ? Theme.colours.edge : Theme.colours.line

        Column {
            id: words

            x: way.inset
            y: Theme.mm(Theme.lowReach ? 4 : 8)
            width: parent.width - 2 * x
            spacing: Theme.mm(1.5)

            Words {
                id: heading

                width: parent.width
                text: way.title
                strong: true
                font.pixelSize: Theme.enlarged ? Theme.labelSize : Theme.titleSize
                lineHeight: 1
            }

            Words {
                width: parent.width
                visible: !Theme.enlarged
                text: way.advice
                balanced: true
                color: Theme.colours.inkSoft
            }
        }

        CodeDrawing {
            x: way.beside ? way.width - way.inset - width : (way.width - width) / 2
            y: way.beside ? way.height - way.inset - height : words.y + words.height + Math.max(0, (state.y - words.y - words.height - height) / 2)
            side: way.beside ? way.room : Math.min(Theme.mm(46), way.width - Theme.mm(8), state.y - words.y - words.height - Theme.mm(4))
            says: way.code
            name: qsTr("用手机扫的登录码")
        }

        Drawing {
            visible: way.drawing !== ""
            // To the edge of the sheet: the sleeve comes from beyond it.
            x: way.beside ? way.width - way.border.width - width : 0
            y: way.beside ? way.height - way.inset - height : words.y + words.height + Theme.mm(3)
            width: way.beside ? way.room : way.width - way.border.width
            height: way.beside ? way.room : Math.max(0, state.y - Theme.mm(4) - y)
            across: 1
            opacity: way.usable ? 1 : 0.35
            proportion: 300 / 270
            name: way.drawing
            movingName: way.drawing !== "" ? way.drawing + "_moving" : ""
            travel: way.travel
        }

        Statement {
            id: state

            x: way.inset
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.mm(Theme.lowReach ? 4 : 8)
            width: parent.width - 2 * x
            strong: true
            text: Theme.enlarged ? way.shortly : way.atLength
            tone: way.progress === "working" ? "waiting" : ["waiting", "used", "kept"].includes(way.progress) ? "done" : "attention"
        }
    }

    // Four ways stand in two rows: beside each other none of them would have room for its gesture.
    Grid {
        id: ways

        readonly property int deep: page.model.socialCard === "" ? 1 : 2

        anchors.fill: parent
        anchors.bottomMargin: elsewhere.visible ? elsewhere.height + Theme.gap : 0
        columns: page.model.socialCard === "" && !page.model.forOrganisation ? 3 : 2
        spacing: Theme.gap

        Way {
            visible: !page.model.forOrganisation
            title: qsTr("身份证")
            advice: qsTr("平放在读卡区，别急着拿")
            progress: page.model.card
            drawing: "card_on_reader"
            travel: Qt.point(0, 0.22)
        }

        Way {
            title: page.model.forOrganisation ? qsTr("电子营业执照") : qsTr("手机码")
            advice: page.model.forOrganisation ? qsTr("打开电子营业执照，把码对着扫码窗") : qsTr("把码对着扫码窗")
            progress: page.model.code
            drawing: "phone_to_scanner"
            travel: Qt.point(0, 0.12)
        }

        Way {
            title: qsTr("手机扫")
            advice: page.model.forOrganisation ? qsTr("用电子营业执照扫这个码，点“确认登录”") : qsTr("用手机扫这个码，点“确认登录”")
            progress: page.model.telephone
            code: page.model.telephoneCode
        }

        Way {
            visible: page.model.socialCard !== ""
            title: qsTr("社保卡")
            advice: qsTr("插进卡槽，再用另一样核对")
            progress: page.model.socialCard
            drawing: "social_card_to_slot"
            travel: Qt.point(0, 0.12)
        }
    }

    SecondaryButton {
        id: elsewhere

        anchors.bottom: parent.bottom
        visible: page.model.windowOffered
        text: qsTr("到窗口办")
        onClicked: page.model.wantOtherWay()
    }
}
