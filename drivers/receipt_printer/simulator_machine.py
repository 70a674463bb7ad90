"""The inside of the simulated printer: receive buffer, real-time commands, sensors and what can be wrong."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Final

from drivers.receipt_printer.device import DOTS_PER_MM, Capabilities
from drivers.receipt_printer.simulator_language import Interpreter
from drivers.receipt_printer.simulator_paper import Paper, SlipPicture

_REAL_TIME: Final = re.compile(
    rb"\x10(?:\x04(?P<status>[\x01-\x04])|\x05[\x00-\x02]|\x14\x08(?P<clear>\x01\x03\x14\x01\x06\x02\x08))"
)
_CLEARED: Final = b"\x37\x25\x00"
_FIXED_BITS: Final = 0x12
_COMMANDS_AT_A_TIME: Final = 64
"""After so many it is looked again for what arrived, so that real-time commands are answered in real time."""
_PAPER_TO_FAILURE_DOTS: Final = 15 * DOTS_PER_MM


class PrinterFault(Enum):
    """What can be wrong with the printer, or with the way to it."""

    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    PAPER_OUT_MID_PRINT = "paper_out_mid_print"
    """The roll ends 15 mm further on; taking the fault away puts in a new one."""
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    CUTTER_ERROR_AT_CUT = "cutter_error_at_cut"
    """The cutter jams at the next cut."""
    HEAD_HOT = "head_hot"
    STALL = "stall"
    """Takes bytes, does nothing, says nothing; taking the fault away wakes it, and it goes on."""
    STALL_MID_PRINT = "stall_mid_print"
    """Stalls 15 mm further on."""
    ANSWERS_LATE = "answers_late"
    """Every answer comes ``late_by_s`` after its time."""
    DISCONNECT_MID_PRINT = "disconnect_mid_print"
    """The power fails 15 mm further on and comes back at once: connection and buffer are gone."""
    FORGETS_NOTHING = "forgets_nothing"
    """Does not know the command that empties its buffers, like many a cheap printer."""
    REFUSES_CONNECTIONS = "refuses_connections"
    """Switched off: no connection stands, none is accepted."""


_F = PrinterFault
_STOPPING: Final = frozenset({_F.PAPER_OUT, _F.COVER_OPEN, _F.CUTTER_ERROR, _F.HEAD_HOT})
_LEADS_TO: Final = {
    _F.PAPER_OUT_MID_PRINT: _F.PAPER_OUT,
    _F.CUTTER_ERROR_AT_CUT: _F.CUTTER_ERROR,
    _F.STALL_MID_PRINT: _F.STALL,
}


class Machine:
    """A printer without its socket. Time is handed in, in seconds of a monotonic clock. For one thread.

    ``dots_per_s`` is the speed of the paper; None prints as fast as the computer can.
    """

    def __init__(
        self,
        capabilities: Capabilities,
        cut_off: Callable[[SlipPicture], None],
        *,
        dots_per_s: float | None,
        late_by_s: float,
    ) -> None:
        self.power_failed = False
        self._paper = Paper(capabilities)
        self._interpreter = Interpreter(self._paper, self._transmit_paper_sensor, cut_off)
        self._dots_per_s = dots_per_s
        self._late_by_s = late_by_s
        self._faults: set[PrinterFault] = set()
        self._fails_at_dots = 0
        self._arrived = b""
        self._buffer = bytearray()
        self._answers: deque[tuple[float, bytes]] = deque()
        self._now_s = self._busy_until_s = 0.0

    @property
    def unknown_commands(self) -> list[bytes]:
        """Everything that was sent and is no command of the printer."""
        return self._interpreter.unknown_commands

    @property
    def buffered_bytes(self) -> int:
        """How much was received and is not printed yet."""
        return len(self._arrived) + len(self._buffer)

    def uncut(self) -> SlipPicture | None:
        """What hangs from the printer."""
        return self._paper.uncut()

    def has(self, fault: PrinterFault) -> bool:
        """Whether that is wrong now."""
        return fault in self._faults

    def set_fault(self, fault: PrinterFault) -> None:
        """Makes something wrong."""
        self._faults.add(fault)
        self._fails_at_dots = self._paper.fed_dots + _PAPER_TO_FAILURE_DOTS
        if fault is _F.REFUSES_CONNECTIONS:
            self._lose_power()

    def clear_fault(self, fault: PrinterFault) -> None:
        """Mends it, and what came of it."""
        self._faults -= {fault, _LEADS_TO.get(fault, fault)}

    def receive(self, data: bytes) -> None:
        """Bytes from the line."""
        self._arrived += data

    def run(self, now_s: float) -> float | None:
        """Does what can be done by now; when to come again, or None to wait for bytes or a fault."""
        self._now_s = now_s
        if self.has(_F.STALL):
            return None
        self._sort_arrived()
        for _ in range(_COMMANDS_AT_A_TIME):
            if not self._may_print() or now_s < self._busy_until_s:
                break
            before = self._paper.fed_dots
            if not self._interpreter.step(self._buffer):
                return None
            fed = self._paper.fed_dots - before
            if self._dots_per_s is not None:
                self._busy_until_s = max(self._busy_until_s, now_s) + fed / self._dots_per_s
            self._fail_if_due()
        return self._busy_until_s if self._may_print() else None

    def take_answers(self, now_s: float) -> tuple[bytes, float | None]:
        """The answers that are due, and when the next one will be."""
        due = bytearray()
        while self._answers and self._answers[0][0] <= now_s:
            due += self._answers.popleft()[1]
        return bytes(due), self._answers[0][0] if self._answers else None

    def _may_print(self) -> bool:
        return not self._faults & (_STOPPING | {_F.STALL}) and bool(self._buffer)

    def _sort_arrived(self) -> None:
        """Obeys the real-time commands among the bytes that arrived and buffers the rest."""
        while (found := _REAL_TIME.search(self._arrived)) is not None:
            self._buffer += self._arrived[: found.start()]
            self._arrived = self._arrived[found.end() :]
            if found["status"]:
                self._answer(bytes([self._status(found["status"][0])]))
            elif found["clear"] and not self.has(_F.FORGETS_NOTHING):
                self._buffer.clear()
                self._interpreter.reset()
                self._answer(_CLEARED)
        complete = len(self._arrived) - _unfinished_at_end(self._arrived)
        self._buffer += self._arrived[:complete]
        self._arrived = self._arrived[complete:]

    def _status(self, n: int) -> int:
        out, low = self.has(_F.PAPER_OUT), self.has(_F.PAPER_LOW)
        cover, cutter, hot = self.has(_F.COVER_OPEN), self.has(_F.CUTTER_ERROR), self.has(_F.HEAD_HOT)
        printer = 0x08 * bool(self._faults & _STOPPING)
        cause = 0x04 * cover | 0x20 * out | 0x40 * (cutter or hot)
        fault = 0x08 * cutter | 0x40 * hot
        roll = 0x0C * (low or out) | 0x60 * out
        return _FIXED_BITS | (printer, cause, fault, roll)[n - 1]

    def _transmit_paper_sensor(self) -> None:
        self._answer(b"\x03" if self.has(_F.PAPER_LOW) else b"\x00")

    def _answer(self, data: bytes) -> None:
        late_s = self._late_by_s if self.has(_F.ANSWERS_LATE) else 0.0
        self._answers.append((self._now_s + late_s, data))

    def _fail_if_due(self) -> None:
        if self._buffer.startswith(b"\x1dV"):
            self._happens(_F.CUTTER_ERROR_AT_CUT)
        if self._paper.fed_dots < self._fails_at_dots:
            return
        self._happens(_F.PAPER_OUT_MID_PRINT)
        self._happens(_F.STALL_MID_PRINT)
        if self.has(_F.DISCONNECT_MID_PRINT):
            self._faults.remove(_F.DISCONNECT_MID_PRINT)
            self._lose_power()

    def _happens(self, coming: PrinterFault) -> None:
        if self.has(coming):
            self._faults ^= {coming, _LEADS_TO[coming]}

    def _lose_power(self) -> None:
        self.power_failed = True
        self._arrived = b""
        self._buffer.clear()
        self._answers.clear()
        self._interpreter.reset()


def _unfinished_at_end(data: bytes) -> int:
    """How many bytes at the end may be the beginning of a real-time command."""
    whole = (b"\x10\x04", b"\x10\x05", b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
    longest = min(len(data), max(map(len, whole)))
    for length in range(longest, 0, -1):
        if any(command.startswith(data[-length:]) for command in whole):
            return length
    return 0
