"""A simulated code scanner on a real pseudo-terminal: it reads a code that is held before it when it looks.

As a program, ``python -m drivers.qr_scanner.simulator --link PATH``, it takes a command a line on its
standard input: ``show TEXT``, ``hide``, ``fault NAME``, ``cure``, ``unplug``, ``plug``; the end of the input
ends it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import TextIO

from drivers.qr_scanner.protocol import CONTINUOUS, TriggerProfile, profile_named
from drivers.simulator_program import serve
from drivers.transports.simulated_serial import SimulatedSerialDevice

GARBAGE_BYTES = 2000
_PAUSE_S = 0.02
_COMMANDS_KEPT_BYTES = 64


class ScannerFault(Enum):
    """What can go wrong with a scanner."""

    GARBAGE = "garbage"
    """In the place of each code it sends 2,000 random bytes, line ends among them."""
    NO_TERMINATOR = "no_terminator"
    IN_PIECES = "in_pieces"
    """Every code comes in pieces of eight bytes with 20 ms between them."""
    NEVER_ANSWERS = "never_answers"
    NEVER_STOPS = "never_stops"
    """Once it has begun to send it goes on for ever, as on a line full of noise."""
    UNPLUGGED_MID_CODE = "unplugged_mid_code"
    """The plug is pulled when half of a code is out."""


class QrScannerSimulator(SimulatedSerialDevice):
    """A scanner on a pseudo-terminal. Its methods are for other threads; they return when it is done."""

    def __init__(
        self,
        *,
        link: Path | None = None,
        paced_baud: int | None = None,
        profile: TriggerProfile = CONTINUOUS,
        seed: int = 0,
    ) -> None:
        super().__init__(link=link, paced_baud=paced_baud)
        self._profile = profile
        self._random = random.Random(seed)  # noqa: S311 -- garbage that is the same in every run
        self._commands = b""
        self._looking = False
        self._in_view: bytes | None = None
        self._fault: ScannerFault | None = None
        self._chatters = False

    def show_code(self, payload: bytes) -> None:
        """Holds a code before the scanner, which reads it once: now, or when it is triggered."""
        self._do(lambda: self._look_at(payload))

    def hide_code(self) -> None:
        """Takes the code away."""
        self._do(lambda: self._look_at(None))

    def set_fault(self, fault: ScannerFault) -> None:
        """Makes the scanner fail in that way until :meth:`cure`."""
        self._do(lambda: setattr(self, "_fault", fault))

    def cure(self) -> None:
        """Ends the fault."""
        self._do(lambda: setattr(self, "_fault", None))

    def powered_on(self) -> None:
        self._commands = b""
        self._looking = not self._profile.on

    def due_in_s(self) -> float | None:
        return _PAUSE_S if self._chatters else None

    def due(self) -> None:
        self._chatters = self._fault is ScannerFault.NEVER_STOPS
        if self._chatters:
            self.send(b"U" * 8)

    def received(self, data: bytes) -> None:
        if self._fault is ScannerFault.NEVER_ANSWERS or not self._profile.on:
            return
        self._commands += data
        while (found := self._next_command()) is not None:
            self._looking = found == self._profile.on
            if self._profile.confirmation is not None:
                self.send(found.replace(b"~", b"\x02", 1).replace(b";\x03", b"\x06;\x03"))
            self._read()
        self._commands = self._commands[-_COMMANDS_KEPT_BYTES:]

    def _next_command(self) -> bytes | None:
        places = {self._commands.find(command): command for command in (self._profile.on, self._profile.off)}
        first = min((place for place in places if place >= 0), default=None)
        if first is None:
            return None
        self._commands = self._commands[first + len(places[first]) :]
        return places[first]

    def _look_at(self, payload: bytes | None) -> None:
        self._in_view = payload
        self._read()

    def _read(self) -> None:
        if not self._looking or self._in_view is None or self._fault is ScannerFault.NEVER_ANSWERS:
            return
        payload, self._in_view = self._in_view, None
        self._looking = not self._profile.on  # a triggered engine stops after one code
        match self._fault:
            case ScannerFault.GARBAGE:
                self.send(self._random.randbytes(GARBAGE_BYTES))
            case ScannerFault.NO_TERMINATOR:
                self.send(payload)
            case ScannerFault.IN_PIECES:
                sent = payload + b"\r"
                for begin in range(0, len(sent), 8):
                    self.send(sent[begin : begin + 8])
                    self.wait(_PAUSE_S)
            case ScannerFault.NEVER_STOPS:
                self._chatters = True
            case ScannerFault.UNPLUGGED_MID_CODE:
                self.send(payload[: len(payload) // 2])
                self.unplug_now()
            case _:
                self.send(payload + b"\r")


def obey(simulator: QrScannerSimulator, line: str) -> None:
    """Does what one line of the command language says; raises ``ValueError`` for an unknown one."""
    verb, _, rest = line.rstrip("\n").partition(" ")
    match verb:
        case "show":
            simulator.show_code(rest.encode())
        case "hide":
            simulator.hide_code()
        case "fault":
            simulator.set_fault(ScannerFault(rest))
        case "cure":
            simulator.cure()
        case "unplug":
            simulator.unplug()
        case "plug":
            simulator.plug_in()
        case _:
            raise ValueError("say show, hide, fault, cure, unplug or plug")


def main(arguments: list[str], commands: Iterable[str], answers: TextIO) -> None:
    """The program: one answer, ``ok`` or ``no`` and why, for each line."""
    parser = argparse.ArgumentParser(description="a simulated code scanner")
    parser.add_argument("--link", type=Path, required=True, help="the name of the serial port to make")
    parser.add_argument("--baud", type=int, help="send no faster than this")
    parser.add_argument("--profile", type=profile_named, default=CONTINUOUS, help="how it is triggered")
    options = parser.parse_args(arguments)
    simulator = QrScannerSimulator(link=options.link, paced_baud=options.baud, profile=options.profile)
    serve(simulator, obey, commands, answers)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin, sys.stdout)
