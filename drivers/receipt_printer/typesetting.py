"""Breaking text into lines for a printer whose characters stand in cells. Pure functions.

A cell is one column for ASCII and two for what the printer takes from its Chinese font; a mark that combines
with the character before it has none. Lines break as readers of Chinese expect (GB/T 15834-2011 §5.1 on the
places of punctuation; W3C “Requirements for Chinese Text Layout”): no line begins with a closing mark or ends
with an opening one, and words and numbers stay whole as long as they fit.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import Final

from drivers.receipt_printer.protocol import in_character_mode

_NOT_AT_START: Final = frozenset("。，、；：？！）》」』】〉〕］｝’”…—·～％‰℃°々!,.:;?)]}%-/|>*")
_NOT_AT_END: Final = frozenset("（《「『【〈〔［｛‘“￥＄([{<$#@~")
_JOINTS: Final = frozenset("-/_.?&=:")
_NO_BREAK_SPACE: Final = "\u00a0"
_IDEOGRAPHIC_SPACE: Final = "\u3000"
_MISSING: Final = "\ufffd"
_SPACES: Final = re.compile(" +")
_INSIDE_COMPOUND: Final = re.compile(r"(?<=[A-Za-z][-/])(?=[A-Za-z])")
_CURLY_IN_LATIN: Final = re.compile(r"(?<=[!-~])[‘’“”](?=[ -~]|$)|(?<![^ -~])[‘’“”](?=[!-~])")
_STRAIGHT: Final = {"‘": "'", "’": "'", "“": '"', "”": '"'}


def printable(text: str) -> str:
    """What of a text can be put on paper: line ends as ``\\n``, any other space as one plain space.

    Control and format characters vanish: one of them would be a command, or nothing. A code without a
    character (unassigned, private, half a surrogate pair) becomes U+FFFD, so that its place can be seen.
    Curly quotes among Latin letters become straight ones: the printer's are as wide as 国.
    """
    for line_end in ("\r\n", "\r", "\u0085", "\u2028", "\u2029"):
        text = text.replace(line_end, "\n")
    kept = "".join(_printable_character(character) for character in text)
    return _CURLY_IN_LATIN.sub(lambda quote: _STRAIGHT[quote.group()], kept)


def _printable_character(character: str) -> str:
    if character in {"\n", _NO_BREAK_SPACE, _IDEOGRAPHIC_SPACE}:
        return character
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    if category in {"Cc", "Cf"}:
        return ""
    return _MISSING if category in {"Cs", "Co", "Cn"} else character


def clusters(text: str) -> list[str]:
    """The text in pieces that share a cell: a character with the marks that combine with it."""
    pieces: list[str] = []
    for character in text:
        if pieces and unicodedata.category(character) in {"Mn", "Me"}:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def cluster_columns(cluster: str) -> int:
    """How many columns one piece of :func:`clusters` takes: 1 or 2."""
    first = cluster[0]
    if " " <= first <= "~" or first == _NO_BREAK_SPACE:
        return 1
    return 2 if in_character_mode(first) or unicodedata.east_asian_width(first) in {"W", "F"} else 1


def columns_of(text: str) -> int:
    """How many columns the text takes."""
    return sum(cluster_columns(cluster) for cluster in clusters(text))


def break_lines(text: str, columns: int) -> list[str]:
    """The lines of a printable text, none wider than ``columns`` (at least 2); its own line ends are kept.

    Nothing is lost but spaces beside other spaces and at the ends of lines. A last line of one lone character
    is avoided where the line before can spare one.
    """
    if columns < 2:
        raise ValueError("a line has at least two columns")
    return [line for paragraph in text.split("\n") for line in _without_orphan(paragraph, columns)]


def break_balanced(text: str, columns: int) -> list[str]:
    """As :func:`break_lines`, with lines as equal as they can be without becoming more: for centred text."""
    lines = break_lines(text, columns)
    for narrower in range(columns - 1, 1, -1):
        candidate = break_lines(text, narrower)
        if len(candidate) > len(lines):
            break
        lines = candidate
    return lines


def _without_orphan(paragraph: str, columns: int) -> list[str]:
    """Gives a lone last character company from the end of the line before."""
    lines = _fill(paragraph, columns)
    if len(lines) < 2 or sum(character not in _NOT_AT_START for character in lines[-1]) > 1:
        return lines
    *words, last_word = lines[-2].split(" ")
    if not paragraph.rstrip(" ").endswith(last_word + lines[-1]):
        return lines  # it is a word of its own
    *kept, company = _units(last_word)
    before = " ".join([*words, "".join(kept)] if kept else words)
    together = company + lines[-1]
    if not before or columns_of(together) > columns:
        return lines
    return [*lines[:-2], before, together]


def _fill(paragraph: str, columns: int) -> list[str]:
    """As many units a line as fit."""
    lines: list[str] = []
    line, width = "", 0
    for word in _SPACES.split(paragraph.strip(" ")):
        gap = " " if line else ""
        for unit in _units(word):
            for piece in _pieces(unit, columns):
                piece_columns = columns_of(piece)
                if line and width + len(gap) + piece_columns > columns:
                    lines.append(line)
                    line, width, gap = "", 0, ""
                line += gap + piece
                width += len(gap) + piece_columns
                gap = ""
    return [finished.replace(_NO_BREAK_SPACE, " ") for finished in (*lines, line)]


def _units(word: str) -> list[str]:
    """What of a word must stay together: Latin letters and figures, and marks with what they belong to."""
    units: list[str] = []
    for atom in _atoms(word):
        if units and (atom[0] in _NOT_AT_START or units[-1][-1] in _NOT_AT_END):
            units[-1] += atom
        else:
            units.append(atom)
    return units


def _atoms(word: str) -> list[str]:
    runs: list[str] = []
    in_run = False
    for cluster in clusters(word):
        if in_run and _of_a_run(cluster):
            runs[-1] += cluster
        else:
            runs.append(cluster)
        in_run = _of_a_run(cluster)
    return [atom for run in runs for atom in _INSIDE_COMPOUND.split(run)]


def _of_a_run(cluster: str) -> bool:
    first = cluster[0]
    if "!" <= first <= "~" or first == _NO_BREAK_SPACE:
        return True
    return unicodedata.category(first)[0] == "L" and unicodedata.east_asian_width(first) not in {"W", "F"}


def _pieces(unit: str, columns: int) -> list[str]:
    """A unit that fits, or the parts of one that is wider than a whole line, such as a case number."""
    pieces: list[str] = []
    rest = clusters(unit)
    while (fitting := _count_fitting(rest, columns)) < len(rest):
        cut = _good_cut(rest, fitting)
        pieces.append("".join(rest[:cut]))
        rest = rest[cut:]
    return [*pieces, "".join(rest)]


def _count_fitting(pieces: list[str], columns: int) -> int:
    for count, width in enumerate(accumulate(cluster_columns(piece) for piece in pieces)):
        if width > columns:
            return count
    return len(pieces)


def _good_cut(pieces: list[str], fitting: int) -> int:
    """Where to cut pieces of which so many fit: after a joint, else before anything but a closing mark."""
    for cut in range(fitting, fitting // 3, -1):
        joint = pieces[cut - 1] in _JOINTS and pieces[cut] not in _JOINTS
        if joint and len(pieces) - cut > 2:
            return cut
    for cut in range(fitting, 0, -1):
        if pieces[cut] not in _NOT_AT_START:
            return cut
    return fitting
