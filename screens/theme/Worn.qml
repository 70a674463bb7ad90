import QtQuick

// The colours that are shown: those of a scheme, exchanged for the province's where it has its own, and in mourning the
// greys of the same luminance (contract/theme.py), so that what can be read in colour can be read in grey.
Colours {
    id: worn

    required property Colours scheme
    // In the order of contract.theme.Palette; empty for ours.
    required property list<string> pack
    required property bool mourning

    paper: wear(0, scheme.paper)
    counter: wear(1, scheme.counter)
    card: wear(2, scheme.card)
    tint: wear(3, scheme.tint)
    ink: wear(4, scheme.ink)
    inkSoft: wear(5, scheme.inkSoft)
    faded: wear(6, scheme.faded)
    river: wear(7, scheme.river)
    onRiver: wear(8, scheme.onRiver)
    lacquer: wear(9, scheme.lacquer)
    jade: wear(10, scheme.jade)
    amber: wear(11, scheme.amber)
    line: wear(12, scheme.line)
    edge: wear(13, scheme.edge)
    focus: wear(14, scheme.focus)
    scrim: wear(15, scheme.scrim)
    borderMillimetres: scheme.borderMillimetres

    function wear(place: int, ours: color): color {
        const colour = place < pack.length ? Qt.color(pack[place]) : ours;
        return mourning ? inGrey(colour) : colour;
    }

    function inGrey(colour: color): color {
        const light = 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
        const level = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
        return Qt.rgba(level, level, level, 1);
    }

    function linear(channel: real): real {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
