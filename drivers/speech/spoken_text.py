"""What a synthesiser has to be told so that it says what is written: pinyin, numbers. Pure functions.

espeak-ng's Chinese voice reads pinyin (Hanyu Pinyin, GB/T 16159, with the tone as a digit, 5 for none); the
characters are turned into it here. An unknown character is said as 某字, never left out unheard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_PIECE_CHARACTERS = 80
_SENTENCE_END = re.compile(r"(?<=[。！？；!?;\n])")
_WEAKER_END = re.compile(r"(?<=[，、：,: ])")
_CODE = r"(?=(?:[* ]*[0-9]){7}|[0-9 ]*\*[* ]*[0-9]|[* ]*[0-9][0-9 ]*\*)[0-9*]+(?: [0-9*]+)*"
"""Seven figures or more in groups, or any that are masked: a name, never a quantity."""
_TOKEN = re.compile(
    rf"(?P<code>{_CODE})"
    r"|(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?P<year>(?= ?年))?"
    r"(?P<counts>(?=[个位项张页份天次条种遍分秒步]))?"
    r"|(?P<letter>[A-Za-z])|(?P<rest>.)"
)
_NAMED_BY_FIGURES = re.compile(rf"{_CODE}|(?<![0-9.,])[0-9]{{5,}}(?![0-9.,])")
_DIGITS = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
_YAO = "yao1"  # how a one is said in a number that is a name: 一 would be heard as 七
_STAR = "xing1 hao4"
_TWO = "liang3"  # 两个, never 二个
_PLACES = ((1000, "qian1"), (100, "bai3"), (10, "shi2"), (1, ""))
_SIGNS = {"*": "xing1", "%": "bai3 fen1 hao4", "+": "jia1", "=": "deng3 yu2", "℃": "she4 shi4 du4"}
_PAUSES = dict.fromkeys("，、：；,;:·—-()（）《》“”\"'", ",") | dict.fromkeys("。！？.!?\n", ".")
_SOME_CHARACTER = "mou3 zi4"
_PHONEME_MARKS = str.maketrans("[]", "  ")  # espeak-ng would take [[…]] for phonemes


def pieces(text: str) -> Iterator[str]:
    """Cuts a text where a reader breathes, so that the first word comes soon; none is longer than 80."""
    for sentence in _SENTENCE_END.split(text):
        piece = ""
        for part in _WEAKER_END.split(sentence):
            if len(piece) + len(part) > LONGEST_PIECE_CHARACTERS:
                yield from _speakable(piece)
                piece = ""
            piece += part
        yield from _speakable(piece)


def for_synthesiser(text: str, language: str) -> str:
    """The text as the voice of that language needs it. Any text is survived; control characters fall away."""
    plain = "".join(
        character if character == "\n" or character.isprintable() else " "
        for character in unicodedata.normalize("NFKC", text)
    ).translate(_PHONEME_MARKS)
    return _pinyin(plain) if language == "zh" else _NAMED_BY_FIGURES.sub(_apart, plain)


def _apart(code: re.Match[str]) -> str:
    """A number that is a name, for a voice that would make a quantity of it."""
    return ", ".join(" ".join(re.sub(r"\*+", "*", group)) for group in code[0].split()).replace("*", "star")


def _speakable(piece: str) -> Iterator[str]:
    for begin in range(0, len(piece), LONGEST_PIECE_CHARACTERS):
        part = piece[begin : begin + LONGEST_PIECE_CHARACTERS]
        if any(character.isalnum() or character in _SIGNS for character in part):
            yield part


def _pinyin(text: str) -> str:
    # Its tables take a moment to load: only who speaks waits for them.
    from pypinyin import Style, pinyin  # noqa: PLC0415

    said: list[str] = []
    characters = ""
    for token in _TOKEN.finditer(text.replace("\n", "。")):
        rest = token["rest"]
        if rest is not None and _is_ideograph(rest):
            characters += rest  # together, so that a word decides how its characters are read
            continue
        said += _read(characters, pinyin(characters, Style.TONE3, neutral_tone_with_five=True))
        characters = ""
        if rest is not None:
            said.append(_PAUSES.get(rest) or _SIGNS.get(rest) or (_SOME_CHARACTER if rest.isalnum() else ""))
        elif token["letter"]:
            said.append(token["letter"].upper())
        elif token["code"]:
            said += _code(token["code"])
        else:
            counts_two = token["number"] == "2" and token["counts"] is not None
            said.append(_TWO if counts_two else _number(token["number"], is_year=token["year"] is not None))
    said += _read(characters, pinyin(characters, Style.TONE3, neutral_tone_with_five=True))
    return " ".join(filter(None, said))


def _read(characters: str, readings: list[list[str]]) -> list[str]:
    """The readings; what has none comes back as it was, maybe several in one."""
    if not characters:
        return []
    return [
        reading if reading.isascii() else " ".join([_SOME_CHARACTER] * len(reading.rstrip("12345")))
        for reading, *_ in readings
    ]


def _is_ideograph(character: str) -> bool:
    return unicodedata.category(character) == "Lo" and ord(character) >= 0x2E80


def _number(digits: str, *, is_year: bool) -> str:
    """A quantity up to four figures as one says it; longer, led by a nought, or a year: figure by figure."""
    whole, _, fraction = digits.partition(".")
    if fraction:
        return f"{_number(whole, is_year=False)} dian3 {_figures(fraction)}"
    if "," in whole:  # who writes it so means a quantity, however long
        return _long_quantity(int(whole.replace(",", "")))
    if is_year and len(whole) == 4:
        return _figures(whole)
    if len(whole) > 4 or (len(whole) > 1 and whole.startswith("0")):
        return _figures(whole).replace(_DIGITS[1], _YAO)
    return _quantity(int(whole))


def _code(groups: str) -> Iterator[str]:
    """Figure by figure, with a breath between the groups; what is masked is one 星号, however long."""
    for place, group in enumerate(groups.split()):
        if place:
            yield ","
        for part in re.findall(r"[0-9]+|\*+", group):
            yield _STAR if part.startswith("*") else _figures(part).replace(_DIGITS[1], _YAO)


def _figures(digits: str) -> str:
    return " ".join(_DIGITS[int(digit)] for digit in digits)


def _long_quantity(number: int) -> str:
    """A quantity by ten thousands, 万 and 亿; a group that begins with a nought says one."""
    said: list[str] = []
    for worth, name in ((10**8, "yi4"), (10**4, "wan4"), (1, "")):
        group, number = divmod(number, worth)
        if group:
            nought = [_DIGITS[0]] if said and group < 1000 else []
            said += [*nought, _quantity(group) if group < 10_000 else _figures(str(group)), name]
    return " ".join(filter(None, said)) or _DIGITS[0]


def _quantity(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    said: list[str] = []
    skipped = False
    for worth, name in _PLACES:
        digit, number = divmod(number, worth)
        if digit:
            if skipped and said:
                said.append(_DIGITS[0])
            if not (worth == 10 and digit == 1 and not said):  # 十五, never 一十五
                said.append(_DIGITS[digit])
            said.append(name)
        skipped = not digit
    return " ".join(filter(None, said))
