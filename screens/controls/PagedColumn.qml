import QtQuick
import screens.theme

// Blocks, one below the other, that page by big buttons instead of being dragged. Each is as high as its words need;
// what room is left is shared out, up to a limit. A block of no height is left out. Where the machine itself pages
// (`machinePages` > 1), its pages are turned when those that fit here have been seen. What is higher than a page
// goes on over the next one, by whole lines.
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
    // Something has changed, and the blocks are about to be placed anew.
    readonly property bool unsettled: arranging.running
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

    // Where a block may be cut, from its upper edge: between two lines of its words, between two parts of a sheet.
    function cutsOf(item: Item): list<real> {
        const words = (item as Words)?.lineCount ?? (item as Statement)?.lineCount ?? 1;
        const cuts = [];
        for (let line = 1; line < words; line++)
            cuts.push(line * item.height / words);
        const sheet = item as Sheet;
        for (const part of sheet?.parts ?? []) {
            if (part.visible && part.height > 0) {
                const top = sheet.padding + part.y;
                cuts.push(...cutsOf(part).map(cut => top + cut), top + part.height + sheet.spacing / 2);
            }
        }
        return cuts;
    }

    // A block that no page holds, as the heights of its parts; any other is whole.
    function parts(item: Item, room: real): list<real> {
        const whole = item.implicitHeight;
        if (whole <= room)
            return [whole];
        // Parts of what is hidden say that they are hidden too.
        item.visible = true;
        item.height = whole;
        const cuts = [...cutsOf(item).filter(cut => cut < whole - 1), whole];
        const heights = [];
        let top = 0;
        cuts.forEach((cut, number) => {
            if (number + 1 === cuts.length || cuts[number + 1] - top > room) {
                heights.push(cut - top);
                top = cut;
            }
        });
        return heights;
    }

    function turn() {
        if (page + 1 < pages)
            page += 1;
        else
            nextAsked();
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
        const whole = [];
        items.forEach((item, number) => {
            const line = Math.floor(number / columns);
            whole[line] = Math.max(whole[line] ?? 0, item.implicitHeight);
        });
        need = Math.ceil(whole.reduce((sum, each) => sum + each + spacing, -spacing));
        const short = need > height || machinePages > 1;
        const room = short ? height - Theme.target - Theme.gap : height;
        // One entry for each line of items, or for each part of one that is too high: which line, how far down in it.
        const shown = [];
        whole.forEach((least, line) => {
            let down = 0;
            for (const part of columns === 1 ? parts(items[line], room) : [least]) {
                shown.push({
                    "line": line,
                    "down": down,
                    "height": part
                });
                down += part;
            }
        });
        const heights = shown.map(each => each.height);
        const counts = split(heights, room);
        pages = counts.length;
        page = Math.max(0, Math.min(page, pages - 1));
        const first = counts.slice(0, page).reduce((sum, each) => sum + each, 0);
        const past = first + counts[page];
        const used = heights.slice(first, past).reduce((sum, each) => sum + each + spacing, -spacing);
        const share = Math.max(0, room - used) / Math.max(1, counts[page]);
        let y = 0;
        const here = shown.slice(first, past);
        items.forEach((item, number) => item.visible = here.some(each => each.line === Math.floor(number / columns)));
        here.forEach(each => {
            const lineHeight = Math.floor(Math.max(each.height, Math.min(mostRowHeight, each.height + share)));
            const cut = each.height < whole[each.line];
            items.slice(each.line * columns, (each.line + 1) * columns).forEach((item, column) => {
                item.x = column * (columnWidth + spacing);
                item.y = y - each.down;
                item.height = cut ? item.implicitHeight : lineHeight;
            });
            y += lineHeight + spacing;
        });
        // Of words that go on over the page nothing stands beside what belongs to it.
        flow.clip = here.some(each => each.height < whole[each.line]);
        flow.height = Math.max(0, flow.clip ? y - spacing : room);
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

        width: parent.width
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
            iconName: Theme.zoom >= 2 ? "" : "up"
            onClicked: {
                if (list.page > 0)
                    list.page -= 1;
                else
                    list.previousAsked();
            }
        }

        Words {
            anchors.centerIn: parent
            readonly property string whole: list.machinePages > 1 ? qsTr("第 %1 页，共 %2 页").arg(list.machinePage).arg(list.machinePages) : qsTr("第 %1 页，共 %2 页").arg(list.page + 1).arg(list.pages)
            readonly property bool short: Theme.zoom >= 1.5

            visible: list.pages === 1 || list.machinePages === 1
            text: short ? (list.machinePages > 1 ? list.machinePage + "/" + list.machinePages : list.page + 1 + "/" + list.pages) : whole
            Accessible.name: whole
            color: Theme.colours.inkSoft
        }

        SecondaryButton {
            anchors.right: parent.right
            height: parent.height
            enabled: list.hasNext
            text: qsTr("下一页")
            iconName: Theme.zoom >= 2 ? "" : "down"
            onClicked: list.turn()
        }
    }
}
