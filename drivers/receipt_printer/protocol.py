"""ESC/POS as bytes: the commands that a slip is made of, and what the printer's answers mean. No I/O.

Sources: Epson's ESC/POS application programming guide and the command manuals of printers with a Chinese
character mode, which agree on everything used here. Lengths are dots of 0.125 mm (8 dots a millimetre).

Three kinds of question, which must not be confused:

- ``DLE EOT n`` is answered at once, whatever lies in the printer's buffer. It tells how the printer is.
- ``GS r 1`` is answered when the printer comes to it, after everything sent before. It tells that the slip
  is through; no answer while a printer has stopped.
- ``DLE DC4 8 …`` is obeyed at once and empties every buffer. Its answer comes after any earlier one, so an
  answer to it without one to ``GS r`` proves that the slip did not get to its end and never will.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from escpos import (
    constants,
)  # the command table only: escpos.printer parses YAML and sets up logging on import

MAXIMUM_QR_PAYLOAD_BYTES: Final = 500
"""A QR code of level M with this much still fits 58 mm paper with dots of half a millimetre (version 17)."""

INITIALISE: Final[bytes] = constants.HW_INIT
"""``ESC @``: clears the line, resets every mode."""
CHINESE_ON: Final = b"\x1c&"
"""``FS &``: bytes from 80 hex on come in pairs, in the printer's GB 18030 font."""
CHINESE_OFF: Final = b"\x1c."
"""``FS .``: the end of the Chinese character mode."""
LINE_FEED: Final = b"\n"
ASK_STATUS: Final[tuple[bytes, ...]] = tuple(constants.RT_STATUS + bytes([n]) for n in (1, 2, 3, 4))
"""``DLE EOT n`` for printer, offline cause, error cause and paper roll; each is answered by one byte."""
ASK_WHEN_DONE: Final = b"\x1dr\x01"
"""``GS r 1``: answered by one byte, in order, when all before it has been processed."""
CLEAR_BUFFERS: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""``DLE DC4`` function 8: empties receive and print buffer at once."""
BUFFERS_CLEARED: Final = b"\x37\x25\x00"
"""The answer to :data:`CLEAR_BUFFERS`: header, identifier, NUL."""

_DLE: Final = 0x10
_REAL_TIME_FUNCTIONS: Final = (0x04, 0x05, 0x14)
_HARMLESS_DOT: Final = 0x08


class Align(Enum):
    """Where a line stands; the value is the parameter of ``ESC a``."""

    LEFT = 0
    CENTRE = 1


def align(where: Align) -> bytes:
    """``ESC a n``; effective at the beginning of a line only."""
    command: bytes = constants.TXT_STYLE["align"]["left" if where is Align.LEFT else "center"]
    return command


def bold(on: bool) -> bytes:
    """``ESC E n``."""
    command: bytes = constants.TXT_STYLE["bold"][on]
    return command


def character_size(wide: int, high: int) -> bytes:
    """``GS ! n``: characters so many times as wide and high, 1 to 8; Chinese ones too."""
    if not (1 <= wide <= 8 and 1 <= high <= 8):
        raise ValueError("characters are enlarged 1 to 8 times")
    command: bytes = constants.TXT_SIZE + bytes([(wide - 1) << 4 | (high - 1)])
    return command


def small_font(on: bool) -> bytes:
    """``ESC M n``: the font of 9×17 dots for ASCII instead of the one of 12×24."""
    command: bytes = constants.TXT_FONT_B if on else constants.TXT_FONT_A
    return command


def line_spacing(dots: int) -> bytes:
    """``ESC 3 n``: from the top of one line to the top of the next, 0 to 255 dots."""
    return b"\x1b3" + bytes([dots])


def feed(dots: int) -> bytes:
    """``ESC J n``: that much blank paper; longer ways are several commands."""
    whole, rest = divmod(dots, 255)
    return b"\x1bJ\xff" * whole + (b"\x1bJ" + bytes([rest]) if rest else b"")


def cut(feed_dots: int) -> bytes:
    """``GS V 66 n``: feeds the last line past the cutter and n dots more, and cuts, leaving one point."""
    return b"\x1dV\x42" + bytes([feed_dots])


def raster(rows: bytes, bytes_a_row: int) -> bytes:
    """``GS v 0``: a picture of one bit a dot, the most significant bit leftmost; for an empty line only.

    A printer looks for real-time commands in whatever arrives, pictures included. Where ``rows`` happens to
    spell one (DLE followed by EOT, ENQ or DC4), one dot is added, which nobody sees.
    """
    height, rest = divmod(len(rows), bytes_a_row)
    if rest:
        raise ValueError("a raster picture has whole rows")
    data = bytearray(rows)
    for index in range(len(data) - 1):
        if data[index] == _DLE and data[index + 1] in _REAL_TIME_FUNCTIONS:
            data[index + 1] |= _HARMLESS_DOT
    header: bytes = constants.S_RASTER_N
    return header + bytes_a_row.to_bytes(2, "little") + height.to_bytes(2, "little") + bytes(data)


def qr_code(payload: bytes, module_dots: int) -> bytes:
    """``GS ( k``: a QR code, model 2, level M, drawn by the printer itself.

    ``payload`` has 1 to 500 bytes; a module is 1 to 16 dots wide. The quiet zone is the caller's.
    """
    if not 1 <= len(payload) <= MAXIMUM_QR_PAYLOAD_BYTES or not 1 <= module_dots <= 16:
        raise ValueError("a QR code has 1 to 500 bytes and modules of 1 to 16 dots")
    return b"".join(
        (
            _symbol(0x41, b"2\x00"),
            _symbol(0x43, bytes([module_dots])),
            _symbol(0x45, b"1"),
            _symbol(0x50, b"0" + payload),
            _symbol(0x51, b"0"),
        )
    )


def _symbol(function: int, parameters: bytes) -> bytes:
    """``GS ( k pL pH cn fn …`` with cn 49, which is QR."""
    body = b"1" + bytes([function]) + parameters
    return b"\x1d(k" + len(body).to_bytes(2, "little") + body


def text(characters: str) -> bytes:
    """Printable characters for the Chinese character mode.

    Raises ``ValueError`` for one that :func:`in_character_mode` denies: that is the layout's mistake.
    """
    encoded = []
    for character in characters:
        code = _code(character)
        if code is None:
            raise ValueError("a character that the printer's mode cannot carry")
        encoded.append(code)
    return b"".join(encoded)


def in_character_mode(character: str) -> bool:
    """Whether the printer's own font surely has this character: ASCII, and the two-byte codes of GBK.

    The rest must be drawn: four-byte codes (GB 18030-2022), the user-defined areas, which every maker fills
    otherwise, and FE50 to FEA0, whose ideographs (䶮 is one) came to GBK later and are blank in many fonts.
    """
    return _code(character) is not None


def _code(character: str) -> bytes | None:
    if " " <= character <= "~":
        return character.encode("ascii")
    if "\ue000" <= character <= "\uf8ff":
        return None
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return code if len(code) == 2 and not b"\xfe\x50" <= code <= b"\xfe\xa0" else None


@dataclass(frozen=True, slots=True)
class Readings:
    """What the four answers to ``DLE EOT`` say, bit by bit."""

    offline: bool
    cover_open: bool
    feeding: bool
    stopped_without_paper: bool
    error: bool
    cutter_fault: bool
    unrecoverable_fault: bool
    head_fault: bool
    paper_low: bool
    paper_out: bool


def decode_status(answers: bytes) -> Readings | None:
    """The four answers to :data:`ASK_STATUS`, in that order; None when they are not answers to it.

    Every answer has bit 4 and bit 1 set, bit 7 and bit 0 clear. Whatever else comes from a port (a half
    started printer, a wrong baud rate, another device) must not pass for a printer that is well.
    """
    if len(answers) != len(ASK_STATUS) or not all(answer & 0x93 == 0x12 for answer in answers):
        return None
    printer, cause, fault, roll = answers
    return Readings(
        offline=bool(printer & 0x08),
        cover_open=bool(cause & 0x04),
        feeding=bool(cause & 0x08),
        stopped_without_paper=bool(cause & 0x20),
        error=bool(cause & 0x40),
        cutter_fault=bool(fault & 0x08),
        unrecoverable_fault=bool(fault & 0x20),
        head_fault=bool(fault & 0x40),
        paper_low=bool(roll & 0x0C),
        paper_out=bool(roll & 0x60),
    )


class AnswerKind(Enum):
    """What a printer may say."""

    STATUS = "status"
    """One byte, to ``DLE EOT n``."""
    DONE = "done"
    """One byte, to ``GS r 1``: bits 4 to 7 are clear."""
    CLEARED = "cleared"
    """Three bytes, to ``DLE DC4`` function 8."""
    NOISE = "noise"
    """One byte that is none of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; ``byte`` is its first."""

    kind: AnswerKind
    byte: int


class AnswerDecoder:
    """Tells answers apart as they arrive, in any pieces. It never holds back more than two bytes."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> list[Answer]:
        """The answers that are complete now, in order."""
        pending = self._held + data
        answers: list[Answer] = []
        while pending and not (pending != BUFFERS_CLEARED and BUFFERS_CLEARED.startswith(pending)):
            if pending.startswith(BUFFERS_CLEARED):
                answers.append(Answer(AnswerKind.CLEARED, pending[0]))
                pending = pending[len(BUFFERS_CLEARED) :]
            else:
                answers.append(_single(pending[0]))
                pending = pending[1:]
        self._held = pending
        return answers


def _single(byte: int) -> Answer:
    if byte & 0x93 == 0x12:
        return Answer(AnswerKind.STATUS, byte)
    if byte & 0xF0 == 0:
        return Answer(AnswerKind.DONE, byte)
    return Answer(AnswerKind.NOISE, byte)
