pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// What is wrong with the terminal and what to do about it, what can be done from here, and what is well.
Page {
    id: page

    required property StaffModel model

    question: model.title
    help: model.isProblem ? "" : model.said
    problem: model.isProblem ? model.said : ""

    component Line: Sheet {
        id: line

        required property string label
        required property string value
        required property string tone
        required property string hint

        Statement {
            width: parent?.width ?? 0
            text: line.label + "：" + line.value
            tone: line.tone
            strong: true
        }

        Words {
            width: parent?.width ?? 0
            visible: text !== ""
            text: line.hint
            color: Theme.colours.inkSoft
        }
    }

    PagedColumn {
        anchors.fill: parent
        spacing: Theme.mm(4)

        Repeater {
            model: page.model.troubles

            Line {}
        }

        Repeater {
            model: page.model.errands

            OptionRow {
                chosen: false
                enabled: !page.model.busy
                onClicked: page.model.wantChoose(value)
            }
        }

        Repeater {
            model: page.model.facts

            Line {}
        }
    }
}
