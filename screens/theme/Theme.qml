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
    property string scheme: "light"
    property bool motionAllowed: true

    readonly property bool tight: elder && lowReach
    readonly property bool highContrast: scheme === "high_contrast"
    readonly property Colours colours: highContrast ? black : scheme === "dark" ? night : day

    // Heights of the character 国, which fills 0.875 of the font's size in Noto Sans CJK SC.
    readonly property int bodySize: textPixels(elder ? 9 : 5.8)
    readonly property int captionSize: textPixels(elder ? 9 : 4.5)
    readonly property int labelSize: textPixels(elder ? 9 : 6.6)
    readonly property int rowSize: textPixels(elder ? 10 : 8)
    readonly property int titleSize: textPixels(elder ? 13 : 11)
    readonly property int numberSize: textPixels(elder ? 12 : 9)
    readonly property int heroSize: textPixels(elder ? 15 : 14)
    // The font's own line is 1.448 of its size, so 1 is the 1.45 that is wanted.
    readonly property real lineHeight: elder ? 1.105 : 1

    readonly property int target: mm(elder ? 22 : 16)
    readonly property int gap: mm(4)
    readonly property int margin: mm(14)
    readonly property int contentWidth: Math.min(mm(220), screenWidth - 2 * margin)
    readonly property int side: Math.round((screenWidth - contentWidth) / 2)
    readonly property int radius: mm(2)
    readonly property int hairline: Math.max(1, mm(0.3))
    readonly property int border: Math.max(1, mm(colours.borderMillimetres))

    // The counter: the lower part of the screen, where everything is that can be touched.
    readonly property real reach: lowReach ? 0.38 : elder ? 0.5 : 0.62
    readonly property int counterTop: Math.round(Math.max(screenHeight * (1 - reach), screenHeight - mm(1220 - lowerEdge)))
    readonly property int aidsHeight: mm(tight ? 24 : elder ? 34 : 25)
    readonly property int navigationHeight: mm(tight ? 22 : elder ? 26 : 20)
    readonly property int navigationTop: screenHeight - aidsHeight - mm(tight ? 2.4 : 6) - navigationHeight
    readonly property int controlsPadding: mm(tight ? 1.8 : lowReach ? 5 : 8)
    readonly property int controlsBottom: navigationTop - mm(tight ? 4 : 7)
    readonly property int topLineHeight: mm(elder ? 36 : 18)

    readonly property bool motion: motionAllowed && !elder
    readonly property int turn: motion ? 200 : 0

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
