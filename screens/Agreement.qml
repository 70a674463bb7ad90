pragma ComponentBehavior: Bound

import QtQuick
import screens
import screens.controls
import screens.theme

// For the person herself: who does it for her, what, and for how long. Refusing is as large as agreeing.
Page {
    id: page

    required property AgreementModel model

    matter: model.matter
    question: qsTr("请本人看：同意让他人替您办吗？")
    help: model.working ? qsTr("正在请省里核对，请等一等。") : ""
    problem: model.problem
    backText: qsTr("不同意")
    onText: model.problem === "" ? qsTr("同意，继续") : qsTr("再试一次")
    onIcon: "check"
    canGoOn: model.canAgree
    onBackAsked: model.wantBack()
    onOnAsked: model.wantAgree()

    onlyRead: true
    controlsNeed: terms.need

    PagedColumn {
        id: terms

        anchors.fill: parent

        Sheet {
            FactRow {
                width: parent.width
                label: qsTr("帮办人")
                value: page.model.helper
            }

            FactRow {
                width: parent.width
                label: qsTr("本人")
                value: page.model.person
            }
        }

        Sheet {
            Repeater {
                model: page.model.lines

                Statement {
                    required property string modelData

                    width: parent?.width ?? 0
                    text: modelData
                    iconName: "check"
                    size: Theme.labelSize
                }
            }
        }
    }
}
