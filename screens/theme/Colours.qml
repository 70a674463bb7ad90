import QtQuick

// The colours of one scheme. The contrast of every pair that is used is asserted by tests/screens/test_theme.py.
QtObject {
    required property color paper
    required property color counter
    required property color card
    required property color tint
    required property color ink
    required property color inkSoft
    // Words of what cannot be pressed now.
    required property color faded
    required property color river
    required property color onRiver
    required property color lacquer
    required property color jade
    required property color amber
    required property color line
    required property color edge
    required property color focus
    // Under 还要继续吗？, over everything else.
    required property color scrim
    property real borderMillimetres: 0.4
}
