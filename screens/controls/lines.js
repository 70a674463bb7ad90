.pragma library

// Where a sentence is broken into lines: not in the middle of a word where that can be helped, no lonely last
// character, lines about as long as each other. There are never more lines than are needed.

const ENDS = "。！？；：，、…”』」）》,.;:!?)";
const OPENS = "“『「（《(";
// A Chinese phrase may well end after the first, and begin with the second.
const TAILS = "的了着过吗呢吧";
const HEADS = "和或与在到把请您我不也都就只从按交才再";

function isWide(character) {
    return character >= "⺀";
}

// What is never torn apart (a Chinese character with its punctuation, a number, a word), and what a break after it costs.
function pieces(text) {
    const found = [];
    for (const character of text) {
        const last = found[found.length - 1];
        const before = last?.slice(-1) ?? "";
        const joins = last !== undefined && (character === " " || ENDS.includes(character) || OPENS.includes(before) || (!isWide(character) && !isWide(before) && before !== " "));
        if (joins)
            found[found.length - 1] = last + character;
        else
            found.push(character);
    }
    return found;
}

function costAfter(all, number) {
    const piece = all[number].replace(/ +$/, "");
    const end = piece.slice(-1);
    const next = all[number + 1];
    if ("。！？；".includes(end))
        return 0;
    if (end === "、")
        return 0.1;
    if (ENDS.includes(end))
        return 0.02;
    if (!isWide(end) && !isWide(next[0]))
        return 0.03;
    // A number belongs to what is counted, and what is counted to its number.
    if (!isWide(end) || !isWide(next[0]))
        return 0.6;
    let cost = TAILS.includes(end) || HEADS.includes(next[0]) ? 0.12 : 0.25;
    // One character alone, before or after a comma.
    if (ENDS.includes(next.slice(-1)) || (number > 0 && ENDS.includes(all[number - 1].replace(/ +$/, "").slice(-1))))
        cost += 0.3;
    return cost;
}

// The lines of one paragraph, as their widths in pixels; undefined where they are best left alone.
function broken(text, room, measure) {
    const all = pieces(text);
    const upTo = [0];
    const bare = [];
    all.forEach((piece, number) => {
        bare.push(measure(piece.replace(/ +$/, "")));
        upTo.push(upTo[number] + measure(piece));
    });
    const widthOf = (from, to) => upTo[to - 1] - upTo[from] + bare[to - 1];
    if (all.length > 90 || bare.some(width => width > room))
        return undefined;
    if (widthOf(0, all.length) <= room)
        return [room];
    // The least number of lines, as one fills them from the first.
    let lines = 1;
    let from = 0;
    for (let to = 1; to <= all.length; to++) {
        if (widthOf(from, to) > room) {
            lines += 1;
            from = to - 1;
        }
    }
    const ideal = upTo[all.length] / lines;
    // best[to]: the cheapest way to set the first pieces on so many lines.
    let best = [
        {
            cost: 0,
            widths: []
        }
    ];
    for (let line = 0; line < lines; line++) {
        const next = [];
        best.forEach((way, start) => {
            for (let to = start + 1; to <= all.length; to++) {
                const width = widthOf(start, to);
                if (width > room)
                    break;
                const uneven = (width - ideal) / room;
                const cost = way.cost + 1.5 * uneven * uneven + (to < all.length ? costAfter(all, to - 1) : 0);
                if (next[to] === undefined || cost < next[to].cost)
                    next[to] = {
                        cost: cost,
                        widths: [...way.widths, width]
                    };
            }
        });
        best = next;
    }
    return best[all.length]?.widths;
}

// The width of every line of a text, in pixels, in a place as wide as `room`; empty where it is left to the renderer.
function widths(text, room, size, measure) {
    if (room <= 0 || (text.length * size <= room && !text.includes("\n")))
        return [];
    const found = [];
    for (const paragraph of text.split("\n")) {
        const lines = broken(paragraph, room, measure);
        if (lines === undefined)
            return [];
        found.push(...lines.map(width => Math.min(room, width + size * 0.12)));
    }
    return found;
}
