import QtQuick
import screens.theme

// Blocks, one below the other, that page by big buttons instead of being dragged. Each is as high as its words need;
// what room is left is shared out, up to a limit. A block of no height is left out. Where the machine itself pages
// (`machinePages` > 1), its pages are turned when those that fit here have been seen.
FocusScope {
    id: list

    default property alias blocks: flow.data
    property int columns: 1
    property int mostRowHeight: 0
    property int spacing: Theme.gap
    property int machinePage: 1
    property int machinePages: 1

    signal nextAsked
    signal previousAsked

    property int page: 0
    property int pages: 1
    // All blocks at their least height, one below the other.
    property int need: 0
    readonly property bool paged: pages > 1 || machinePages > 1
    readonly property bool hasPrevious: page > 0 || machinePage > 1
    readonly property bool hasNext: page + 1 < pages || machinePage < machinePages

    // How many lines with these heights go on each page of this height.
    function split(heights: list<real>, room: real): list<int> {
        const counts = [];
        let used = 0;
        let count = 0;
        for (const height of heights) {
            const more = (count > 0 ? spacing : 0) + height;
            if (count > 0 && used + more > room) {
                counts.push(count);
                used = height;
                count = 1;
            } else {
                used += more;
                count += 1;
            }
        }
        counts.push(count);
        return counts;
    }

    function arrange() {
        const columnWidth = Math.floor((width - (columns - 1) * spacing) / columns);
        const items = [];
        for (const child of flow.children) {
            child.width = columnWidth;
            if (child.implicitHeight > 0)
                items.push(child);
            else
                child.visible = false;
        }
        const heights = [];
        items.forEach((item, number) => {
            const line = Math.floor(number / columns);
            heights[line] = Math.max(heights[line] ?? 0, item.implicitHeight);
        });
        need = heights.reduce((sum, each) => sum + each + spacing, -spacing);
        let room = height;
        let counts = split(heights, room);
        if (counts.length > 1 || machinePages > 1) {
            room = height - Theme.target - Theme.gap;
            counts = split(heights, room);
        }
        pages = counts.length;
        page = Math.max(0, Math.min(page, pages - 1));
        const first = counts.slice(0, page).reduce((sum, each) => sum + each, 0);
        const past = first + counts[page];
        const used = heights.slice(first, past).reduce((sum, each) => sum + each + spacing, -spacing);
        const share = Math.max(0, room - used) / Math.max(1, counts[page]);
        let y = 0;
        heights.forEach((least, line) => {
            const here = line >= first && line < past;
            const lineHeight = Math.floor(Math.max(least, Math.min(mostRowHeight, least + share)));
            items.slice(line * columns, (line + 1) * columns).forEach((item, column) => {
                item.visible = here;
                item.x = column * (columnWidth + spacing);
                item.y = y;
                item.height = lineHeight;
            });
            if (here)
                y += lineHeight + spacing;
        });
    }

    function arrangeSoon() {
        arranging.restart();
    }

    onWidthChanged: arrangeSoon()
    onHeightChanged: arrangeSoon()
    onPageChanged: arrangeSoon()
    onColumnsChanged: arrangeSoon()
    onMachinePageChanged: page = 0
    onMachinePagesChanged: arrangeSoon()
    Component.onCompleted: arrange()

    // Once for all that has changed, and never after the list has gone.
    Timer {
        id: arranging

        interval: 0
        onTriggered: list.arrange()
    }

    FocusScope {
        id: flow

        property list<Item> known: []

        anchors.fill: parent
        onChildrenChanged: {
            for (const child of children) {
                if (!known.includes(child))
                    child.implicitHeightChanged.connect(list.arrangeSoon);
            }
            known = [...children];
            list.arrangeSoon();
        }
    }

    FocusScope {
        visible: list.paged
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.target

        SecondaryButton {
            anchors.left: parent.left
            height: parent.height
            enabled: list.hasPrevious
            text: qsTr("上一页")
            iconName: "up"
            onClicked: {
                if (list.page > 0)
                    list.page -= 1;
                else
                    list.previousAsked();
            }
        }

        Words {
            anchors.centerIn: parent
            visible: list.pages === 1 || list.machinePages === 1
            text: list.machinePages > 1 ? qsTr("第 %1 页，共 %2 页").arg(list.machinePage).arg(list.machinePages) : qsTr("第 %1 页，共 %2 页").arg(list.page + 1).arg(list.pages)
            color: Theme.colours.inkSoft
        }

        SecondaryButton {
            anchors.right: parent.right
            height: parent.height
            enabled: list.hasNext
            text: qsTr("下一页")
            iconName: "down"
            onClicked: {
                if (list.page + 1 < list.pages)
                    list.page += 1;
                else
                    list.nextAsked();
            }
        }
    }
}
