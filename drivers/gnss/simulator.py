"""A simulated receiver on a real pseudo-terminal: it says once a second where it is told to be.

As a program, ``python -m drivers.gnss.simulator --link PATH``, it takes a command a line on its standard
input: ``stand LONGITUDE LATITUDE``, ``fault NAME``, ``cure``, ``unplug``, ``plug``; the end of the input
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

from drivers.gnss.protocol import sentence
from drivers.simulator_program import serve
from drivers.transports.simulated_serial import SimulatedSerialDevice

WUCHANG = (114.3161, 30.5539)
"""Where the terminal of the demo stands."""
_JUMP_DEGREES = 0.01  # a kilometre


class GnssFault(Enum):
    """What can go wrong with a receiver."""

    NO_FIX = "no_fix"
    """It sees no satellites, as in a cellar."""
    BAD_CHECKSUM = "bad_checksum"
    HALF_SENTENCE = "half_sentence"
    """Every sentence ends in its middle."""
    GARBAGE = "garbage"
    """In the place of sentences it sends random bytes: the baud rate is another one."""
    NEVER_ANSWERS = "never_answers"
    JUMPS = "jumps"
    """Every third fix is a kilometre away, as between walls of glass."""


class GnssSimulator(SimulatedSerialDevice):
    """A receiver on a pseudo-terminal. Its methods are for other threads; they return when it is done."""

    def __init__(
        self,
        *,
        link: Path | None = None,
        paced_baud: int | None = None,
        interval_s: float = 1.0,
        seed: int = 0,
    ) -> None:
        super().__init__(link=link, paced_baud=paced_baud)
        self._interval_s = interval_s
        self._random = random.Random(seed)  # noqa: S311 -- garbage that is the same in every run
        self._place = WUCHANG
        self._fault: GnssFault | None = None
        self._said = 0

    def stand_at(self, longitude: float, latitude: float) -> None:
        """Carries the receiver there."""
        self._do(lambda: setattr(self, "_place", (longitude, latitude)))

    def set_fault(self, fault: GnssFault) -> None:
        """Makes the receiver fail in that way until :meth:`cure`."""
        self._do(lambda: setattr(self, "_fault", fault))

    def cure(self) -> None:
        """Ends the fault."""
        self._do(lambda: setattr(self, "_fault", None))

    def powered_on(self) -> None:
        self._said = 0

    def received(self, data: bytes) -> None:
        """It only talks."""

    def due_in_s(self) -> float | None:
        return self._interval_s

    def due(self) -> None:
        self._said += 1
        match self._fault:
            case GnssFault.NEVER_ANSWERS:
                return
            case GnssFault.GARBAGE:
                self.send(self._random.randbytes(160))
            case GnssFault.BAD_CHECKSUM:
                for each in self._sentences():
                    self.send(each[:-4] + b"%02X\r\n" % (int(each[-4:-2], 16) ^ 1))
            case GnssFault.HALF_SENTENCE:
                for each in self._sentences():
                    self.send(each[: len(each) // 2] + b"\r\n")
            case _:
                for each in self._sentences():
                    self.send(each)

    def _sentences(self) -> list[bytes]:
        seconds = self._said % 60
        if self._fault is GnssFault.NO_FIX:
            return [
                sentence(f"GNGGA,0210{seconds:02d}.00,,,,,0,00,99.99,,,,,,"),
                sentence(f"GNRMC,0210{seconds:02d}.00,V,,,,,,,211126,,,N"),
            ]
        longitude, latitude = self._place
        if self._fault is GnssFault.JUMPS and self._said % 3 == 0:
            latitude += _JUMP_DEGREES
        at = f"{_angle(latitude, 2, 'NS')},{_angle(longitude, 3, 'EW')}"
        return [
            sentence(f"GNGGA,0210{seconds:02d}.00,{at},1,12,0.80,23.1,M,-13.2,M,,"),
            sentence("GNGSA,A,3,01,02,03,04,,,,,,,,,1.5,0.8,1.2"),
            sentence(f"GNRMC,0210{seconds:02d}.00,A,{at},0.01,,211126,,,A"),
        ]


def _angle(degrees: float, figures: int, sides: str) -> str:
    """``3036.06338,N``: whole degrees and minutes, rounded together so that there are never 60 minutes."""
    whole, minutes = divmod(round(abs(degrees) * 6_000_000), 6_000_000)
    side = sides[0] if degrees >= 0 else sides[1]
    return f"{whole:0{figures}d}{minutes / 100_000:08.5f},{side}"


def obey(simulator: GnssSimulator, line: str) -> None:
    """Does what one line of the command language says; raises ``ValueError`` for an unknown one."""
    verb, _, rest = line.rstrip("\n").partition(" ")
    match verb:
        case "stand":
            simulator.stand_at(*place_from(rest))
        case "fault":
            simulator.set_fault(GnssFault(rest))
        case "cure":
            simulator.cure()
        case "unplug":
            simulator.unplug()
        case "plug":
            simulator.plug_in()
        case _:
            raise ValueError("say stand, fault, cure, unplug or plug")


def place_from(text: str) -> tuple[float, float]:
    """``114.27 30.60``: longitude and latitude in degrees. Raises ``ValueError``."""
    longitude, _, latitude = text.strip().partition(" ")
    place = float(longitude), float(latitude)
    if not (-180 <= place[0] <= 180 and -90 <= place[1] <= 90):
        raise ValueError("longitude and latitude in degrees, with a space between")
    return place


def main(arguments: list[str], commands: Iterable[str], answers: TextIO) -> None:
    """The program: one answer, ``ok`` or ``no`` and why, for each line."""
    parser = argparse.ArgumentParser(description="a simulated receiver of satellite positioning")
    parser.add_argument("--link", type=Path, required=True, help="the name of the serial port to make")
    parser.add_argument("--baud", type=int, help="send no faster than this")
    options = parser.parse_args(arguments)
    simulator = GnssSimulator(link=options.link, paced_baud=options.baud)
    serve(simulator, obey, commands, answers)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin, sys.stdout)
