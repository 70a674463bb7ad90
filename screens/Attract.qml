pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// Nobody is here. The whole screen wakes it, and the touch that wakes it does nothing else (screens/attention.py).
Page {
    id: page

    required property AttractModel model

    // Against burn-in: now and then everything moves by a hair.
    property int drift: 0

    // With large words there is no room for what the top line says too, nor for a code beside it.
    readonly property bool crowded: Theme.enlarged && (Theme.landscape || Theme.zoom >= 1.5)
    readonly property bool emergency: model.emergencies.length > 0

    // The place and the time, large: one sees from afar that the terminal is awake.
    over: Column {
        width: Theme.contentWidth
        height: visible ? implicitHeight : 0
        visible: !page.crowded
        bottomPadding: Theme.mm(16)
        spacing: Theme.mm(2)

        Logo {
            x: parent.width - width
            width: Theme.mm(60)
            height: visible ? Theme.mm(26) : 0
            drawing: page.look?.attractLogo ?? ""
            name: page.look?.attractName ?? ""
        }

        Item {
            width: parent.width
            height: Math.max(clock.height, app.height)

            Words {
                id: clock

                text: page.here?.clock ?? ""
                font.pixelSize: Theme.textPixels(34)
                strong: true
                lineHeight: 0.9
            }

            Column {
                id: app

                x: parent.width - width
                width: code.width
                visible: page.model.appCode !== ""
                spacing: Theme.mm(1)

                CodeDrawing {
                    id: code

                    side: Theme.mm(38)
                    says: page.model.appCode
                    name: page.model.appCaption
                }

                Words {
                    width: parent.width
                    text: page.model.appCaption
                    horizontalAlignment: Text.AlignHCenter
                    font.pixelSize: Theme.captionSize
                    color: Theme.colours.inkSoft
                    lineHeight: 1
                }
            }
        }

        Words {
            width: parent.width
            text: page.here?.placeName ?? ""
            font.pixelSize: Theme.titleSize
            lineHeight: 1
        }
    }

    question: crowded && emergency ? "" : qsTr("本机现在可办 %1 项业务").arg(model.mattersNow)
    questionSize: Theme.heroSize
    beneath: Column {
        width: Theme.contentWidth
        spacing: Theme.gap

        Repeater {
            model: page.model.emergencies

            Statement {
                required property string modelData

                width: parent?.width ?? 0
                text: modelData
                tone: "stop"
                strong: true
                size: page.crowded ? Theme.labelSize : Theme.rowSize
            }
        }

        // One after the other, and none beside an emergency.
        Statement {
            width: parent.width
            text: !page.emergency && page.model.news.length > 0 ? page.model.news[page.drift % page.model.news.length] : ""
            iconName: "place"
        }
    }
    transform: Translate {
        x: [0, 3, 6, 3, 0, -3, -6, -3][page.drift]
        y: [-4, -2, 0, 2, 4, 2, 0, -2][page.drift]
    }

    Timer {
        interval: 60000
        running: true
        repeat: true
        onTriggered: page.drift = (page.drift + 1) % 8
    }

    controlsNeed: list.need + Theme.mm(30)
    standingHeight: emergency ? 0 : Theme.mm(90)
    standing: Drawing {
        anchors.fill: parent
        visible: height > Theme.mm(20)
        proportion: 3
        name: "scene"
    }

    PagedColumn {
        id: list

        anchors.fill: parent
        anchors.bottomMargin: Theme.mm(30)

        Sheet {
            visibleByNeed: matters.count > 0
            spacing: Theme.mm(!Theme.roomy ? 2 : 6)
            padding: Theme.mm(!Theme.roomy ? 5 : 9)

            Words {
                text: qsTr("大家常办")
                color: Theme.colours.inkSoft
            }

            Repeater {
                id: matters

                model: page.model.topMatters

                Words {
                    required property string modelData

                    width: parent?.width ?? 0
                    text: modelData
                    strong: true
                    font.pixelSize: Theme.rowSize
                    lineHeight: 1
                }
            }
        }

        Repeater {
            model: page.model.unavailable

            Statement {
                required property string modelData

                text: modelData
                tone: "attention"
            }
        }
    }

    PrimaryButton {
        y: Theme.navigationTop - parent.y - Theme.mm(8)
        width: parent.width
        height: Theme.navigationHeight + Theme.mm(8)
        text: "触摸屏幕开始　Touch to begin"
        iconName: "touch"
    }
}
