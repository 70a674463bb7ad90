import QtQuick
import screens.theme

// Rows that page by big buttons instead of being dragged. Each row is as high as its words need; what room is
// left is shared out, up to a limit. When the machine itself pages (`machinePages` > 1), its pages are turned when
// those that fit here have been seen.
FocusScope {
    id: list

    property alias model: repeater.model
    property alias delegate: repeater.delegate
    property int columns: 1
    property int mostRowHeight: Theme.mm(40)
    property int machinePage: 1
    property int machinePages: 1

    signal nextAsked
    signal previousAsked

    property int page: 0
    property int pages: 1
    readonly property bool paged: pages > 1 || machinePages > 1
    readonly property bool hasPrevious: page > 0 || machinePage > 1
    readonly property bool hasNext: page + 1 < pages || machinePage < machinePages

    // How many lines of `columns` items, with these heights, go on each page of this height.
    function split(heights: list<real>, room: real): list<int> {
        const counts = [];
        let used = 0;
        let count = 0;
        for (const height of heights) {
            const more = (count > 0 ? Theme.gap : 0) + height;
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
        const items = [];
        for (let i = 0; i < repeater.count; i++) {
            const item = repeater.itemAt(i);
            if (item)
                items.push(item);
        }
        const columnWidth = (width - (columns - 1) * Theme.gap) / columns;
        const heights = [];
        for (let i = 0; i < items.length; i++) {
            items[i].width = columnWidth;
            const line = Math.floor(i / columns);
            heights[line] = Math.max(heights[line] ?? 0, items[i].implicitHeight);
        }
        let counts = split(heights, height);
        let room = height;
        if (counts.length > 1 || machinePages > 1) {
            room = height - Theme.target - Theme.gap;
            counts = split(heights, room);
        }
        pages = counts.length;
        page = Math.min(page, pages - 1);
        let firstLine = 0;
        for (let i = 0; i < page; i++)
            firstLine += counts[i];
        const lastLine = firstLine + counts[page];
        const shown = heights.slice(firstLine, lastLine);
        const used = shown.reduce((sum, each) => sum + each, 0) + Math.max(0, shown.length - 1) * Theme.gap;
        const share = shown.length > 0 ? Math.max(0, room - used) / shown.length : 0;
        let y = 0;
        for (let line = 0; line < heights.length; line++) {
            const here = line >= firstLine && line < lastLine;
            const lineHeight = Math.floor(Math.max(heights[line], Math.min(mostRowHeight, heights[line] + share)));
            for (let i = line * columns; i < Math.min(items.length, (line + 1) * columns); i++) {
                items[i].visible = here;
                items[i].x = (i % columns) * (columnWidth + Theme.gap);
                items[i].y = y;
                items[i].height = lineHeight;
            }
            if (here)
                y += lineHeight + Theme.gap;
        }
    }

    function arrangeSoon() {
        Qt.callLater(list.arrange);
    }

    onWidthChanged: arrangeSoon()
    onHeightChanged: arrangeSoon()
    onPageChanged: arrangeSoon()
    onColumnsChanged: arrangeSoon()
    onMachinePageChanged: page = 0
    onMachinePagesChanged: arrangeSoon()
    Component.onCompleted: arrange()

    Repeater {
        id: repeater

        onItemAdded: (index, item) => {
            item.implicitHeightChanged.connect(list.arrangeSoon);
            list.arrangeSoon();
        }
        onItemRemoved: list.arrangeSoon()
    }

    Item {
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
