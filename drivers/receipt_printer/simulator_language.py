"""ESC/POS read from the other end: bytes in, dots on paper. It knows nothing of how our driver writes them.

Source: the command manuals of printers with a Chinese character mode. What is not in the table below is not
guessed at: it is kept as an unknown command of two bytes, and the rest of it is printed, as printers do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import segno
from PIL import Image

from drivers.receipt_printer.simulator_paper import HEAD_TO_CUTTER_DOTS, CharacterRom, Paper, SlipPicture

Length = Callable[[bytearray], int | None]
Handler = Callable[[bytes], bool]

_PREFIXES: Final = b"\x1b\x1c\x1d"
_DEFAULT_SPACING_DOTS: Final = 34  # a sixth of an inch
_QR_LEVELS: Final = {48: "l", 49: "m", 50: "q", 51: "h"}


class Interpreter:
    """Takes one command or character at a time from the receive buffer and obeys it."""

    def __init__(
        self, paper: Paper, transmit_status: Callable[[], None], cut_off: Callable[[SlipPicture], None]
    ) -> None:
        self.unknown_commands: list[bytes] = []
        self._paper = paper
        self._transmit = transmit_status
        self._cut_off = cut_off
        self._rom = CharacterRom()
        self._qr_payload = b""
        self._qr_module_dots = 3
        self._qr_level = 48
        self._commands: dict[bytes, tuple[Length, Handler]] = {
            b"\x1b@": (_fixed(2), self._initialise),
            b"\x1bE": (_fixed(3), self._set_bold),
            b"\x1ba": (_fixed(3), self._set_align),
            b"\x1bM": (_fixed(3), self._set_font),
            b"\x1b3": (_fixed(3), self._set_spacing),
            b"\x1bJ": (_fixed(3), self._print_and_feed),
            b"\x1c&": (_fixed(2), self._chinese_on),
            b"\x1c.": (_fixed(2), self._chinese_off),
            b"\x1d!": (_fixed(3), self._set_size),
            b"\x1dV": (_cut_length, self._cut),
            b"\x1dr": (_fixed(3), self._transmit_status),
            b"\x1dv": (_raster_length, self._raster),
            b"\x1d(": (_symbol_length, self._symbol),
        }
        self.reset()

    def reset(self) -> None:
        """Every mode as after switching on; a line that is not printed yet is forgotten."""
        self._align = 0
        self._bold = False
        self._small_font = False
        self._wide = self._high = 1
        self._spacing_dots = _DEFAULT_SPACING_DOTS
        self._chinese = False
        self._line: list[Image.Image] = []
        self._line_text = ""

    def step(self, buffer: bytearray) -> bool:
        """Obeys the first command in the buffer and removes it; false when there is no whole one."""
        if not buffer or (buffer[0] in _PREFIXES and len(buffer) < 2):
            return False
        length, obey = self._first(buffer)
        if length is None or len(buffer) < length:
            return False
        command = bytes(buffer[:length])
        del buffer[:length]
        if not obey(command):
            self.unknown_commands.append(command)
        return True

    def _first(self, buffer: bytearray) -> tuple[int | None, Handler]:
        if buffer[0] in _PREFIXES:
            length, handler = self._commands.get(bytes(buffer[:2]), (_fixed(2), _unknown))
            return length(buffer), handler
        if buffer[0] >= 0x80 and self._chinese:
            return 2, self._chinese_character
        return 1, self._ascii_character

    # Characters

    def _ascii_character(self, command: bytes) -> bool:
        if command == b"\n":
            self._print_line()
            return True
        if not 0x20 <= command[0] <= 0x7E:
            return False
        width, height = (9, 17) if self._small_font else (12, 24)
        return self._put(command.decode("ascii"), width, height)

    def _chinese_character(self, command: bytes) -> bool:
        try:
            character = command.decode("gb18030")
        except UnicodeDecodeError:
            return (
                False  # the first half of a four-byte code, which the mode does not have, or no code at all
            )
        return self._put(character, 24, 24)

    def _put(self, character: str, width: int, height: int) -> bool:
        cell = self._rom.cell(character, width, height, bold=self._bold, wide=self._wide, high=self._high)
        if sum(picture.width for picture in self._line) + cell.width > self._paper.dots_per_line:
            self._print_line()
        self._line.append(cell)
        self._line_text += character
        return True

    def _print_line(self) -> None:
        """The line at its place, its characters on one base line, and the paper on by the line spacing."""
        height = max((cell.height for cell in self._line), default=0)
        width = sum(cell.width for cell in self._line)
        if height:
            picture = Image.new("1", (width, height))
            x = 0
            for cell in self._line:
                picture.paste(cell, (x, height - cell.height))
                x += cell.width
            self._paper.burn(picture, self._start_of(width))
        self._paper.note(self._line_text)
        self._paper.feed(max(0, self._spacing_dots - height))
        self._line, self._line_text = [], ""

    def _start_of(self, width: int) -> int:
        spare = max(0, self._paper.dots_per_line - width)
        return (0, spare // 2, spare)[self._align]

    # Modes

    def _initialise(self, _: bytes) -> bool:
        self.reset()
        return True

    def _set_bold(self, command: bytes) -> bool:
        self._bold = bool(command[2] & 1)
        return True

    def _set_align(self, command: bytes) -> bool:
        if command[2] not in {0, 1, 2, 48, 49, 50} or self._line:
            return False
        self._align = command[2] % 48
        return True

    def _set_font(self, command: bytes) -> bool:
        self._small_font = bool(command[2] & 1)
        return command[2] in {0, 1, 48, 49}

    def _set_spacing(self, command: bytes) -> bool:
        self._spacing_dots = command[2]
        return True

    def _set_size(self, command: bytes) -> bool:
        self._wide, self._high = (command[2] >> 4) + 1, (command[2] & 0x0F) + 1
        return command[2] & 0x88 == 0

    def _chinese_on(self, _: bytes) -> bool:
        self._chinese = True
        return True

    def _chinese_off(self, _: bytes) -> bool:
        self._chinese = False
        return True

    # Paper, pictures and answers

    def _print_and_feed(self, command: bytes) -> bool:
        if self._line:
            self._print_line()
        self._paper.feed(command[2])
        return True

    def _cut(self, command: bytes) -> bool:
        if self._line or command[2] not in {0, 1, 48, 49, 65, 66}:
            return False
        if len(command) == 4:
            self._paper.feed(HEAD_TO_CUTTER_DOTS + command[3])
        self._cut_off(self._paper.cut())
        return True

    def _transmit_status(self, command: bytes) -> bool:
        if command[2] not in {1, 49}:
            return False
        self._transmit()
        return True

    def _raster(self, command: bytes) -> bool:
        width, height = _word(command, 4) * 8, _word(command, 6)
        if command[2:4] != b"0\x00" or self._line or not height:
            return False
        picture = Image.frombytes("1", (width, height), command[8:])
        self._paper.burn(picture, self._start_of(width))
        self._paper.note(f"[picture {width}×{height}]")
        return True

    def _symbol(self, command: bytes) -> bool:
        """``GS ( k``: stores and prints a QR code of model 2; no other symbol."""
        if command[2:3] != b"k" or len(command) < 8 or command[5] != 49:
            return False
        function, parameters = command[6], command[7:]
        if function == 65:
            return parameters[0] == 50
        if function == 67:
            self._qr_module_dots = parameters[0]
            return 1 <= parameters[0] <= 16
        if function == 69:
            self._qr_level = parameters[0]
            return parameters[0] in _QR_LEVELS
        if function == 80:
            self._qr_payload = parameters[1:]
            return parameters[0] == 48 and len(parameters) > 1
        return function == 81 and self._print_qr()

    def _print_qr(self) -> bool:
        if not self._qr_payload or self._line:
            return False
        level = _QR_LEVELS[self._qr_level]
        code = segno.make_qr(self._qr_payload, error=level, mode="byte", boost_error=False)
        modules = len(code.matrix)
        small = Image.frombytes("L", (modules, modules), b"".join(bytes(row) for row in code.matrix))
        side = modules * self._qr_module_dots
        picture = small.point(lambda module: 255 * module, mode="1").resize(
            (side, side), Image.Resampling.NEAREST
        )
        self._paper.burn(picture, self._start_of(side))
        self._paper.note(f"[QR {self._qr_payload.decode('utf-8', 'replace')}]")
        return True


def _unknown(_: bytes) -> bool:
    return False


def _fixed(length: int) -> Length:
    return lambda _: length


def _cut_length(buffer: bytearray) -> int | None:
    if len(buffer) < 3:
        return None
    return 4 if buffer[2] in {65, 66} else 3


def _raster_length(buffer: bytearray) -> int | None:
    return 8 + _word(buffer, 4) * _word(buffer, 6) if len(buffer) >= 8 else None


def _symbol_length(buffer: bytearray) -> int | None:
    return 5 + _word(buffer, 3) if len(buffer) >= 5 else None


def _word(data: bytes | bytearray, at: int) -> int:
    return data[at] | data[at + 1] << 8
