"""One order, one answer: the dialogue with the program that holds the card reader.

The answers do not name their order. A program that did not answer in time, or not in a way that can be
understood, is therefore not asked again: it is killed, and another one is started.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from enum import Enum

from drivers.social_security_card.protocol import LONGEST_ANSWER_BYTES, STATUS_BYTES
from drivers.supervised_child import ChildLine
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceState
from foundation.clock import Clock

_LOOK_PATIENCE_S = 3.0  # starts the program, and pcscd with it when the machine has just been switched on
_CONNECT_PATIENCE_S = 3.0
_ANSWER_PATIENCE_S = 2.5
_SLICE_S = 0.1
_LONGEST_LINE_BYTES = len("data ") + 2 * LONGEST_ANSWER_BYTES + 16


@dataclass(frozen=True, slots=True)
class Slot:
    """Whether a card is in, and how often that has changed since the card service began to count."""

    card: bool
    changes: int


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """What the card said; ``repr`` shows none of it."""

    data: bytes = field(repr=False)


class Done(Enum):
    """An order that has nothing to tell was carried out."""

    DONE = "done"


class CardTrouble(Enum):
    """Why an order to the card was not carried out."""

    REMOVED = "removed"
    SILENT = "silent"
    """The card does not answer as a card does."""
    BUSY = "busy"
    """Another program has the card."""


class ReaderTrouble(Enum):
    """Why there is no reader."""

    NO_READER = "no_reader"
    NO_SERVICE = "no_service"


Notice = Slot | CardAnswer | Done | CardTrouble | ReaderTrouble
_SLOT = re.compile(r"(card|empty) ([0-9]{1,5})")
_DATA = re.compile(r"data ((?:[0-9a-f]{2})*)")
_WORDS: dict[str, Done | CardTrouble | ReaderTrouble] = {
    word.value: word for words in (Done, CardTrouble, ReaderTrouble) for word in words
}


class ProgramHangsError(DeviceLostError):
    """The program did not answer in time: the card, the reader or the card service holds it."""


def notice_from(line: bytes) -> Notice | None:
    """What one line of the program means, without its end; None when it is none of its answers."""
    if len(line) > _LONGEST_LINE_BYTES or not line.isascii():
        return None
    text = line.decode("ascii")
    if text in _WORDS:
        return _WORDS[text]
    if slot := _SLOT.fullmatch(text):
        return Slot(slot[1] == "card", int(slot[2]))
    if data := _DATA.fullmatch(text):
        return CardAnswer(bytes.fromhex(data[1]))
    return None


class CardLink:
    """The orders of one owner. Every method raises ``DeviceLostError`` when there is no reader to obey.

    A program that does not answer, or not what it was asked, is condemned: its end counts as a death. One
    that says that there is no reader is well. ``stopping`` ends every waiting.
    """

    def __init__(self, child: ChildLine, clock: Clock, stopping: threading.Event) -> None:
        self._child = child
        self._clock = clock
        self._stopping = stopping

    def look(self) -> Slot:
        """Whether a card is in, without touching it."""
        notice = self._ask("look", _LOOK_PATIENCE_S)
        if not isinstance(notice, Slot):
            raise self._astray("gives an answer to another order")
        return notice

    def connect(self) -> CardTrouble | None:
        """Powers the card up for us alone; None when it has answered the reset."""
        notice = self._ask("connect", _CONNECT_PATIENCE_S)
        if isinstance(notice, Slot | CardAnswer):
            raise self._astray("gives an answer to another order")
        return notice if isinstance(notice, CardTrouble) else None

    def transmit(self, command: bytes) -> bytes | CardTrouble:
        """What the card answers to a command."""
        notice = self._ask(f"transmit {command.hex()}", _ANSWER_PATIENCE_S)
        if isinstance(notice, Slot | Done):
            raise self._astray("gives an answer to another order")
        if isinstance(notice, CardTrouble):
            return notice
        return notice.data if len(notice.data) >= STATUS_BYTES else CardTrouble.SILENT

    def disconnect(self) -> None:
        """Powers the card down. That it has gone meanwhile does not matter."""
        self._ask("disconnect", _CONNECT_PATIENCE_S)

    def _ask(self, order: str, patience_s: float) -> Slot | CardAnswer | Done | CardTrouble:
        deadline_s = self._clock.monotonic_s() + patience_s
        self._child.write_all(f"{order}\n".encode("ascii"), deadline_s)
        notice = notice_from(self._line(deadline_s))
        if notice is None:
            raise self._astray("is not understood")
        if isinstance(notice, ReaderTrouble):
            raise DeviceLostError(
                "there is no such card reader"
                if notice is ReaderTrouble.NO_READER
                else "the card service (pcscd) is not there",
                DeviceState.NO_DEVICE if notice is ReaderTrouble.NO_READER else DeviceState.OFFLINE,
            )
        return notice

    def _line(self, deadline_s: float) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            now_s = self._clock.monotonic_s()
            if now_s >= deadline_s:
                self._child.condemn()
                raise ProgramHangsError("the card reader's program does not answer")
            if self._stopping.is_set():
                raise DeviceLostError("it is being stopped")
            line += self._child.read_some(min(deadline_s, now_s + _SLICE_S))
            if len(line) > _LONGEST_LINE_BYTES:
                raise self._astray("does not stop talking")
        return line[:-1]

    def _astray(self, what: str) -> DeviceLostError:
        self._child.condemn()
        return DeviceLostError(f"the card reader's program {what}")
