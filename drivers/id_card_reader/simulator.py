"""A simulated card reader: the security module's side of the SDT protocol on a real pseudo-terminal.

As a program, ``python -m drivers.id_card_reader.simulator --link PATH``, it takes a command a line on its
standard input: ``put [JSON]`` (the ``kind`` and the fields of somebody made up), ``take``, ``fault NAME
[TIMES]``, ``cure``, ``unplug``, ``plug``; the end of the input ends it.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TextIO

import msgspec

from drivers.id_card_reader.card_image import (
    CardImage,
    SyntheticCitizen,
    SyntheticForeigner,
    SyntheticPermitHolder,
    SyntheticPerson,
    card_of,
)
from drivers.id_card_reader.device import DocumentKind
from drivers.id_card_reader.protocol import (
    Command,
    FrameDecoder,
    Reply,
    command_from,
    encode_reply,
    join_base_data,
    join_full_data,
    module_number_bytes,
)
from drivers.simulator_program import serve
from drivers.transports.simulated_serial import SimulatedSerialDevice

SIMULATED_MODULE = (5, 1, 20260101, 1, 900001)
LATE_S = 1.2
_CHATTER = b"U" * 8192


class ReaderFault(Enum):
    """What can go wrong with the answers of a module."""

    BAD_CHECKSUM = "bad_checksum"
    HALF_FRAME = "half_frame"
    UNPLUGGED_MID_FRAME = "unplugged_mid_frame"
    """The plug is pulled in the middle of an answer."""
    NOISE_BEFORE = "noise_before"
    NEVER_ANSWERS = "never_answers"
    ANSWERS_LATE = "answers_late"
    """The whole answer, but 1.2 s after it is due: when the host has given up on most questions."""
    SELF_TEST_FAILED = "self_test_failed"
    NOT_AUTHORISED = "not_authorised"
    FOUND_ONCE = "found_once"
    """*Find* sees a card that lies still only once, as if it had been selected."""
    NEVER_STOPS = "never_stops"
    """It answers every question with 8 KiB of noise."""
    UNKNOWN_STATUS = "unknown_status"
    """A status byte that no table has, as some readers answer when they have waited too long."""
    REFUSES = "refuses"
    """It says that the question was garbled, whatever was asked."""
    TAKEN_MID_READ = "taken_mid_read"
    """The card is taken away while it is read."""
    RESTARTS = "restarts"
    """After its answer it starts afresh, as after a dip of its power, and has forgotten what was selected."""
    NO_FINGERPRINT_COMMAND = "no_fingerprint_command"
    """The module does not know the command that reads the fingerprints, as older ones do not."""
    HOLD_STILL = "hold_still"
    NOT_RECOGNISED = "not_recognised"


_STATUS_FAULTS = {
    ReaderFault.SELF_TEST_FAILED: 0x60,
    ReaderFault.NOT_AUTHORISED: 0x66,
    ReaderFault.NO_FINGERPRINT_COMMAND: 0x21,
    ReaderFault.REFUSES: 0x10,
    ReaderFault.UNKNOWN_STATUS: 0x05,
    ReaderFault.TAKEN_MID_READ: 0x41,
    ReaderFault.HOLD_STILL: 0x41,
    ReaderFault.NOT_RECOGNISED: 0x31,
}
_HAPPENS_AT = {
    ReaderFault.NO_FINGERPRINT_COMMAND: Command.READ_WITH_FINGERPRINT,
    ReaderFault.HOLD_STILL: Command.READ_BASE,
    ReaderFault.NOT_RECOGNISED: Command.SELECT,
    ReaderFault.UNPLUGGED_MID_FRAME: Command.READ_BASE,
    ReaderFault.TAKEN_MID_READ: Command.READ_BASE,
    ReaderFault.UNKNOWN_STATUS: Command.READ_BASE,
}
"""Where a fault happens when it is not said; all others happen to every answer."""


@dataclass(slots=True)
class _ActiveFault:
    fault: ReaderFault
    command: Command | None
    times_left: int | None


class IdCardReaderSimulator(SimulatedSerialDevice):
    """A card reader on a pseudo-terminal. Its methods are for other threads; they return when it is done."""

    def __init__(self, *, link: Path | None = None, paced_baud: int | None = None) -> None:
        super().__init__(link=link, paced_baud=paced_baud)
        self._decoder = FrameDecoder()
        self._card: CardImage | None = None
        self._selected = False
        self._found = False
        self._fault: _ActiveFault | None = None
        self._asked: list[Command] = []

    def put_card(self, card: CardImage) -> None:
        """Lays ``card`` on the reader, in the place of one that may lie there."""
        self._do(lambda: self._set_card(card))

    def take_card(self) -> None:
        """Takes the card away."""
        self._do(lambda: self._set_card(None))

    @property
    def has_card(self) -> bool:
        """Whether a card lies on it."""
        return self._card is not None

    def set_fault(
        self, fault: ReaderFault, *, command: Command | None = None, times: int | None = None
    ) -> None:
        """Makes the answers to ``command`` fail, ``times`` times or until :meth:`cure`.

        Without a ``command`` it is what the fault itself says: reading for a card that moves, else all.
        """
        active = _ActiveFault(fault, command or _HAPPENS_AT.get(fault), times)
        self._do(lambda: setattr(self, "_fault", active))

    def cure(self) -> None:
        """Ends the fault."""
        self._do(lambda: setattr(self, "_fault", None))

    def asked(self) -> list[Command]:
        """Every command that arrived since the last call, oldest first."""
        asked: list[Command] = []
        self._do(lambda: asked.extend(self._take_asked()))
        return asked

    def powered_on(self) -> None:
        self._decoder = FrameDecoder()
        self._selected = self._found = False

    def received(self, data: bytes) -> None:
        for body in self._decoder.feed(data):
            command = command_from(body)
            if command is None:
                self.send(encode_reply(Reply(0x21)))
            else:
                self._asked.append(command)
                self._answer(command)

    def _set_card(self, card: CardImage | None) -> None:
        self._card = card
        self._selected = self._found = False

    def _take_asked(self) -> list[Command]:
        asked, self._asked = self._asked, []
        return asked

    def _answer(self, command: Command) -> None:
        fault = self._fault_for(command)
        if fault in _STATUS_FAULTS:
            frame = encode_reply(Reply(_STATUS_FAULTS[fault]))
        else:
            frame = encode_reply(self._reply_to(command))
        match fault:
            case ReaderFault.NEVER_ANSWERS:
                return
            case ReaderFault.ANSWERS_LATE:
                self.wait(LATE_S)
            case ReaderFault.BAD_CHECKSUM:
                frame = frame[:-1] + bytes([frame[-1] ^ 0x5A])
            case ReaderFault.HALF_FRAME:
                frame = frame[: len(frame) // 2]
            case ReaderFault.UNPLUGGED_MID_FRAME:
                self.send(frame[: len(frame) // 2])
                self.unplug_now()
                return
            case ReaderFault.NEVER_STOPS:
                frame = _CHATTER
            case ReaderFault.TAKEN_MID_READ:
                self._set_card(None)
            case ReaderFault.RESTARTS:
                self.powered_on()
            case ReaderFault.NOISE_BEFORE:
                frame = bytes.fromhex("00FFAAAA9669AAAAAA96") + frame
            case _:
                pass
        self.send(frame)

    def _fault_for(self, command: Command) -> ReaderFault | None:
        active = self._fault
        if active is None or active.command not in (None, command) or active.times_left == 0:
            return None
        if active.times_left is not None:
            active.times_left -= 1
        return active.fault

    def _reply_to(self, command: Command) -> Reply:
        card = self._card
        match command:
            case Command.RESET:
                self._selected = self._found = False
                return Reply(0x90)
            case Command.MODULE_STATUS:
                return Reply(0x90)
            case Command.MODULE_NUMBER:
                return Reply(0x90, module_number_bytes(*SIMULATED_MODULE))
            case Command.FIND:
                return self._find()
            case Command.SELECT:
                if card is None or self._selected:
                    return Reply(0x81)
                self._selected = True
                return Reply(0x90, bytes(8))
            case Command.READ_BASE | Command.READ_NEW_ADDRESS | Command.READ_WITH_FINGERPRINT:
                return self._read(command) if card is not None and self._selected else Reply(0x41)

    def _find(self) -> Reply:
        only_once = self._fault is not None and self._fault.fault is ReaderFault.FOUND_ONCE
        if self._card is None or self._selected or (only_once and self._found):
            return Reply(0x80)
        self._found = True
        return Reply(0x9F, bytes(4))

    def _read(self, command: Command) -> Reply:
        if self._card is None:
            return Reply(0x41)
        if command is Command.READ_BASE:
            return Reply(0x90, join_base_data(self._card.text, self._card.photo))
        if command is Command.READ_WITH_FINGERPRINT:
            return Reply(0x90, join_full_data(self._card.text, self._card.photo, self._card.fingerprints))
        if self._card.new_address is None:
            return Reply(0x91)
        return Reply(0x90, self._card.new_address.ljust(35).encode("utf-16-le"))


_PEOPLE: dict[DocumentKind, type[SyntheticPerson]] = {
    DocumentKind.CITIZEN: SyntheticCitizen,
    DocumentKind.HONG_KONG_MACAO_TAIWAN: SyntheticPermitHolder,
    DocumentKind.PERMANENT_2017: SyntheticForeigner,
    DocumentKind.PERMANENT_2023: SyntheticForeigner,
}


def person_from(fields: dict[str, str]) -> SyntheticPerson:
    """Somebody made up, from words: ``kind`` is that of the document (a citizen's without it).

    Dates are ``YYYY-MM-DD``, an empty ``valid_until`` is 长期. Raises ``ValueError`` for an unknown field, or
    a date that is none.
    """
    words: dict[str, str | None] = {**fields}
    kind = DocumentKind(words.pop("kind", DocumentKind.CITIZEN.value))
    person = _PEOPLE[kind]
    known = {field.name for field in dataclasses.fields(person)} - {"kind"}
    if unknown := words.keys() - known:
        raise ValueError(f"a {kind.value} has no {min(unknown)}; there are {', '.join(sorted(known))}")
    if words.get("valid_until") == "":
        words["valid_until"] = None
    if person is SyntheticForeigner:
        words["kind"] = kind.value
    return msgspec.convert(words, person)


def obey(simulator: IdCardReaderSimulator, line: str) -> None:
    """Does what one line of the command language says; raises ``ValueError`` for an unknown one."""
    verb, _, rest = line.strip().partition(" ")
    match verb:
        case "put":
            simulator.put_card(card_of(person_from(json.loads(rest or "{}"))))
        case "take":
            simulator.take_card()
        case "fault":
            name, _, times = rest.partition(" ")
            simulator.set_fault(ReaderFault(name), times=int(times) if times else None)
        case "cure":
            simulator.cure()
        case "unplug":
            simulator.unplug()
        case "plug":
            simulator.plug_in()
        case _:
            raise ValueError("say put, take, fault, cure, unplug or plug")


def main(arguments: list[str], commands: Iterable[str], answers: TextIO) -> None:
    """The program: one answer, ``ok`` or ``no`` and why, for each line."""
    parser = argparse.ArgumentParser(description="a simulated identity card reader")
    parser.add_argument("--link", type=Path, required=True, help="the name of the serial port to make")
    parser.add_argument("--baud", type=int, help="send no faster than this")
    options = parser.parse_args(arguments)
    simulator = IdCardReaderSimulator(link=options.link, paced_baud=options.baud)
    serve(simulator, obey, commands, answers)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin, sys.stdout)
