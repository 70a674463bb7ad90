pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// Nobody is here. The whole screen wakes it, and the touch that wakes it does nothing else (screens/attention.py).
Page {
    id: page

    required property AttractModel model

    question: qsTr("本机现在可办 %1 项业务").arg(model.mattersNow)
    questionSize: Theme.heroSize

    above: Drawing {
        id: drawing

        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, parent.height * 1.5)
        name: "terminal"
    }

    Column {
        id: list

        width: parent.width
        spacing: Theme.mm(5)

        Repeater {
            model: page.model.topMatters

            Words {
                required property string modelData

                width: list.width
                text: modelData
                strong: true
                font.pixelSize: Theme.labelSize
            }
        }

        Repeater {
            model: page.model.unavailable

            Words {
                required property string modelData

                width: list.width
                text: modelData
                color: Theme.colours.inkSoft
            }
        }
    }

    PrimaryButton {
        x: 0
        y: Theme.navigationTop - parent.y
        width: parent.width
        height: Theme.navigationHeight
        text: qsTr("触摸屏幕开始")
    }
}
