pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// The last strip of every screen, always in this order. What finds no room where words are large stands under 更多,
// which goes up over the page.
FocusScope {
    id: bar

    required property AidsModel model
    required property Reader reader
    property bool helping: false
    property bool signingOffered: false
    property bool speechFitted: false
    property bool open: false

    readonly property int cell: Theme.mm(Theme.zoom >= 2 ? 2 : 1)
    // From the one that goes under 更多 first. Help, 更多, the size and the language stay.
    readonly property list<Item> foldable: [speech, colours, lowReach, elder]
    readonly property int folded: {
        const staying = [elder, speech, zoom, colours, lowReach, more, language, help].filter(aid => aid.offered);
        let need = staying.reduce((sum, aid) => sum + aid.implicitWidth + Theme.gap, -Theme.gap);
        let count = 0;
        for (const aid of foldable) {
            if (need <= row.width)
                break;
            need -= aid.offered ? aid.implicitWidth + Theme.gap : 0;
            count += 1;
        }
        return count;
    }
    readonly property string larger: model.zoom > 1 ? qsTr("放大") + " " + model.zoom : qsTr("放大")

    height: Theme.aidsHeight

    function isFolded(aid: Item): bool {
        return foldable.slice(0, folded).includes(aid);
    }

    component Aid: PressButton {
        id: aid

        required property string iconName
        property bool on: false
        property bool offered: true
        property bool inPanel: false

        ground: on ? Theme.colours.river : inPanel ? Theme.colours.card : "transparent"
        groundPressed: on ? Theme.colours.river : Theme.colours.card
        edge: Theme.highContrast || inPanel ? Theme.colours.edge : "transparent"
        horizontalPadding: bar.cell
        verticalPadding: 0
        Accessible.checkable: true
        Accessible.checked: on

        contentItem: Item {
            implicitWidth: words.implicitWidth

            Column {
                anchors.centerIn: parent
                spacing: Theme.mm(1)

                Icon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: !Theme.tight && Theme.zoom < 1.5 && !(Theme.landscape && Theme.enlarged)
                    name: aid.iconName
                    colour: aid.on ? Theme.colours.onRiver : Theme.colours.ink
                    size: Theme.mm(Theme.elder ? 10 : 7.5)
                }

                Words {
                    id: words

                    anchors.horizontalCenter: parent.horizontalCenter
                    text: aid.text
                    font.pixelSize: Theme.bodySize
                    color: aid.on ? Theme.colours.onRiver : Theme.colours.ink
                    lineHeight: 1
                    strong: aid.on
                    Accessible.ignored: true
                }
            }
        }
    }

    // A switch of the strip: as wide as its words, and its share of what room is left.
    component Switch: Aid {
        visible: offered && !bar.isFolded(this)
        width: implicitWidth + row.share
        height: row.height
    }

    component PanelSwitch: Aid {
        inPanel: true
        visible: offered
        width: panel.cellWidth
        height: Math.max(Theme.target, Theme.aidsHeight - Theme.mm(4))
    }

    // Under 更多: what found no room, and the aids that fewer people need.
    Rectangle {
        id: panel

        readonly property int across: Math.max(2, Math.min(4, Math.floor((grid.width + Theme.gap) / (widest.implicitWidth + Theme.gap))))
        readonly property int cellWidth: Math.floor((grid.width - (across - 1) * Theme.gap) / across)

        visible: bar.open
        y: -height
        width: bar.width
        height: grid.height + 2 * Theme.mm(5)
        color: Theme.colours.counter
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("更多")

        TapHandler {}

        Rectangle {
            width: parent.width
            height: Theme.border
            color: Theme.colours.edge
        }

        Aid {
            id: widest

            visible: false
            text: qsTr("简洁列表")
            iconName: "simple_list"
        }

        Flow {
            id: grid

            x: Theme.margin
            y: Theme.mm(5)
            width: parent.width - 2 * x
            spacing: Theme.gap

            PanelSwitch {
                offered: bar.isFolded(elder)
                text: elder.text
                iconName: elder.iconName
                on: elder.on
                onClicked: bar.model.wantElder()
            }

            PanelSwitch {
                offered: speech.offered && bar.isFolded(speech)
                text: speech.text
                iconName: speech.iconName
                on: speech.on
                onClicked: bar.model.wantSpeech()
            }

            PanelSwitch {
                offered: bar.model.speech
                text: qsTr("再听一遍")
                Accessible.checkable: false
                iconName: "again"
                onClicked: {
                    bar.open = false;
                    bar.reader.repeat();
                }
            }

            PanelSwitch {
                offered: bar.model.speech
                enabled: bar.reader.canBeSlower
                text: qsTr("说慢一点")
                Accessible.checkable: false
                iconName: "speech"
                onClicked: bar.reader.slower()
            }

            PanelSwitch {
                offered: bar.model.speech
                enabled: bar.reader.canBeFaster
                text: qsTr("说快一点")
                Accessible.checkable: false
                iconName: "speech"
                onClicked: bar.reader.faster()
            }

            PanelSwitch {
                offered: bar.model.speech
                text: qsTr("遮屏")
                iconName: "hide_screen"
                on: bar.model.screenHidden
                onClicked: bar.model.wantHideScreen()
            }

            PanelSwitch {
                offered: bar.isFolded(colours)
                text: colours.text
                iconName: colours.iconName
                onClicked: bar.model.wantColours()
            }

            PanelSwitch {
                offered: bar.isFolded(lowReach)
                text: lowReach.text
                iconName: lowReach.iconName
                on: lowReach.on
                onClicked: bar.model.wantLowReach()
            }

            PanelSwitch {
                offered: bar.signingOffered
                text: qsTr("手语")
                iconName: "signing"
                on: bar.model.signing
                onClicked: bar.model.wantSigning()
            }

            PanelSwitch {
                text: qsTr("放大镜")
                iconName: "lens"
                on: bar.model.lens
                onClicked: bar.model.wantLens()
            }

            PanelSwitch {
                text: qsTr("大鼠标")
                iconName: "large_pointer"
                on: bar.model.largePointer
                onClicked: bar.model.wantLargePointer()
            }

            PanelSwitch {
                text: qsTr("辅助线")
                iconName: "reading_line"
                on: bar.model.readingLine
                onClicked: bar.model.wantReadingLine()
            }

            PanelSwitch {
                text: qsTr("简洁列表")
                iconName: "simple_list"
                on: bar.model.simpleList
                onClicked: bar.model.wantSimpleList()
            }
        }
    }

    Rectangle {
        width: parent.width
        height: parent.height
        color: bar.open || Theme.landscape ? Theme.colours.counter : "transparent"
    }

    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.colours.line
    }

    Row {
        id: row

        readonly property int share: {
            const shown = [elder, speech, zoom, colours, lowReach, more, language, help].filter(aid => aid.visible);
            const used = shown.reduce((sum, aid) => sum + aid.implicitWidth + spacing, -spacing);
            return Math.max(0, Math.floor((width - used) / Math.max(1, shown.length)));
        }

        x: Theme.margin
        y: Theme.mm(Theme.tight ? 1.7 : 2)
        width: bar.width - 2 * x
        height: bar.height - y - (Theme.tight ? 0 : Theme.mm(2))
        spacing: Theme.gap

        Switch {
            id: elder

            text: qsTr("长者版")
            iconName: "elder"
            on: bar.model.elder
            onClicked: bar.model.wantElder()
        }

        Switch {
            id: speech

            offered: bar.speechFitted
            text: qsTr("语音")
            iconName: "speech"
            on: bar.model.speech
            onClicked: bar.model.wantSpeech()
        }

        Switch {
            id: zoom

            text: bar.larger
            iconName: "zoom"
            on: bar.model.zoom > 1
            onClicked: bar.model.wantZoom()
        }

        Switch {
            id: colours

            text: qsTr("配色")
            iconName: "colours"
            on: bar.model.colours !== "" && bar.model.colours !== "light"
            onClicked: bar.model.wantColours()
        }

        Switch {
            id: lowReach

            text: qsTr("低位操作")
            iconName: "low_reach"
            on: bar.model.lowReach
            onClicked: bar.model.wantLowReach()
        }

        Switch {
            id: more

            text: bar.open ? qsTr("收起") : qsTr("更多")
            iconName: "more"
            on: bar.open
            onClicked: bar.open = !bar.open
        }

        Switch {
            id: language

            text: bar.model.language === "en" ? "中文" : "English"
            iconName: "language"
            onClicked: bar.model.wantLanguage()
        }

        Switch {
            id: help

            text: qsTr("人工帮助")
            iconName: "help"
            on: bar.helping
            onClicked: bar.helping ? bar.model.wantCloseHelp() : bar.model.wantHelp()
        }
    }
}
