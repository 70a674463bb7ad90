pragma Singleton

import QtQuick

// Tokens, never constants: measures in millimetres of the real screen, colours by their use. Main.qml sets the
// first block from the settings, the window and the aids that are on; everything else follows from it.
QtObject {
    id: theme

    property real pixelsPerMillimetre: 1
    property real screenHeight: 476
    property real screenWidth: 268
    // Of the screen's lower edge above the floor: nothing to be touched stands higher than 1,220 mm (EN 301 549, 8.3).
    property real lowerEdge: 850
    property bool elder: false
    property bool lowReach: false
    // How many times larger than the standard what is read is to be: 1 to 2.5.
    property real zoom: 1
    // Words alone, without drawings.
    property bool plain: false
    property string scheme: "light"
    property bool motionAllowed: true
    // Of the province's theme pack: its colours, and whether this is a day of public mourning.
    property list<string> light: []
    property list<string> dark: []
    property bool mourning: false
    // Somebody moves by keys: the focus is shown wherever it is, until the next touch.
    property bool byKeys: false

    // A wide screen has its words on the left and what is touched on the right of it.
    readonly property bool landscape: screenWidth > screenHeight
    readonly property bool enlarged: elder || zoom >= 1.5
    readonly property bool tight: enlarged && lowReach
    readonly property bool roomy: !enlarged && !lowReach && !landscape
    readonly property bool highContrast: scheme === "high_contrast"
    // What high contrast promises, no pack changes.
    readonly property Colours colours: Worn {
        scheme: theme.highContrast ? theme.black : theme.scheme === "dark" ? theme.night : theme.day
        pack: theme.highContrast ? [] : theme.scheme === "dark" ? theme.dark : theme.light
        mourning: theme.mourning
    }

    // Heights of the character 国, which fills 0.875 of the font's size in Noto Sans CJK SC.
    readonly property int bodySize: textPixels(grown(5.8, 9))
    readonly property int captionSize: textPixels(grown(4.5, 9))
    readonly property int labelSize: textPixels(Math.max(elder ? 9 : 6.6, 5.8 * zoom))
    readonly property int rowSize: textPixels(large(8, 10))
    readonly property int titleSize: textPixels(large(11, 13))
    readonly property int numberSize: textPixels(large(9, 12))
    readonly property int heroSize: textPixels(large(14, 15))
    // The font's own line is 1.448 of its size, so 1 is the 1.45 that is wanted.
    readonly property real lineHeight: elder ? 1.105 : 1

    // High enough for its word, and never lower than a finger needs.
    readonly property int target: Math.max(mm(elder ? 22 : 16), wordLine + mm(tight ? 2 : 4))
    readonly property int wordLine: Math.ceil(labelSize * 1.45)
    readonly property int gap: mm(4)
    readonly property int margin: mm(zoom >= 2 ? 8 : 14)
    readonly property int radius: mm(2)
    readonly property int hairline: Math.max(1, mm(0.3))
    readonly property int edgeLine: highContrast ? border : hairline
    readonly property int border: Math.max(1, mm(colours.borderMillimetres))

    // Where words stand (side, contentWidth) and where they are answered (taskSide, taskWidth): one below the
    // other, or beside each other. Neither is wider than the eye follows.
    readonly property int columns: landscape ? 2 : 1
    readonly property int gutter: landscape ? mm(zoom >= 2 ? 14 : 20) : 0
    readonly property int widest: mm(zoom >= 2 ? 256 : 220)
    readonly property int contentWidth: Math.min(widest, Math.floor((screenWidth - 2 * margin - gutter) / columns))
    readonly property int side: Math.round((screenWidth - columns * contentWidth - gutter) / 2)
    readonly property int taskSide: landscape ? side + contentWidth + gutter : side
    readonly property int taskWidth: contentWidth
    // The left edge of the counter.
    readonly property int counterSide: landscape ? taskSide - Math.round(gutter / 2) : 0

    // The counter: where everything is that can be touched. As high above the floor on a wide screen, whose lower
    // edge is as high, as on a tall one.
    readonly property real reach: landscape ? (lowReach ? 0.68 : 1) : lowReach ? 0.38 : elder ? 0.5 : 0.62
    readonly property int counterTop: Math.round(Math.max(screenHeight * (1 - reach), screenHeight - mm(1220 - lowerEdge), landscape ? topLineHeight : 0))
    readonly property int aidsHeight: Math.max(mm(tight ? 24 : elder && !landscape ? 34 : 25), target + mm(tight ? 2 : 4.2))
    readonly property int navigationHeight: Math.max(mm(tight ? 22 : elder ? 26 : 20), target)
    readonly property int navigationTop: screenHeight - aidsHeight - mm(tight ? 2.4 : 6) - navigationHeight
    readonly property int controlsPadding: mm(tight ? 1.8 : lowReach ? 5 : 8)
    readonly property int controlsBottom: navigationTop - mm(tight ? 4 : 7)
    // The top line has a second line where its words are large and the screen narrow.
    readonly property bool twoTopLines: enlarged && !landscape
    readonly property int topLineHeight: Math.max(mm(elder && !landscape ? 36 : 18), Math.ceil(captionSize * 1.45) * (twoTopLines ? 2 : 1) + mm(5))

    readonly property bool motion: motionAllowed && !elder
    readonly property int turn: motion ? 200 : 0

    // The height in millimetres of what grows with the words.
    function grown(standard: real, elders: real): real {
        return Math.max(elder ? elders : standard, standard * zoom);
    }

    // What is large already grows to a third more than the body, no further: the page has to hold it.
    function large(standard: real, elders: real): real {
        return Math.max(elder ? elders : standard, Math.min(standard * zoom, 5.8 * zoom * 1.3));
    }

    function mm(millimetres: real): int {
        return Math.round(millimetres * pixelsPerMillimetre);
    }

    function textPixels(heightOfGuo: real): int {
        return Math.max(1, Math.ceil(heightOfGuo * pixelsPerMillimetre / 0.875));
    }

    readonly property Colours day: Colours {
        paper: "#FAF7F1"
        counter: "#DCECEF"
        card: "#FFFFFF"
        tint: "#DCECEF"
        ink: "#16232C"
        inkSoft: "#4A5A64"
        faded: "#4A5A64"
        river: "#0A5466"
        onRiver: "#FFFFFF"
        lacquer: "#9E2427"
        jade: "#17603A"
        amber: "#7A4E00"
        line: "#B9CFD4"
        edge: "#5F7B85"
        focus: "#0A5466"
        scrim: "#16232C"
    }
    readonly property Colours night: Colours {
        paper: "#101B21"
        counter: "#0A1216"
        card: "#1B2A32"
        tint: "#22404B"
        ink: "#F3EFE6"
        inkSoft: "#B4C0C6"
        faded: "#8FA0A8"
        river: "#86D3E2"
        onRiver: "#101B21"
        lacquer: "#F2A19B"
        jade: "#8FD6A8"
        amber: "#F0C36B"
        line: "#2F434D"
        edge: "#6F8893"
        focus: "#86D3E2"
        scrim: "#0A1216"
    }
    readonly property Colours black: Colours {
        paper: "#000000"
        counter: "#000000"
        card: "#000000"
        tint: "#000000"
        ink: "#FFFFFF"
        inkSoft: "#FFFFFF"
        faded: "#B0B0B0"
        river: "#FFE600"
        onRiver: "#000000"
        lacquer: "#FFE600"
        jade: "#7FE9FF"
        amber: "#FFE600"
        line: "#8A8A8A"
        edge: "#FFFFFF"
        focus: "#7FE9FF"
        scrim: "#000000"
        borderMillimetres: 1
    }
}
