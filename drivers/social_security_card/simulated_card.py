"""What a simulated card has on it, and how its chip answers commands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from drivers.social_security_card.card_files import (
    CARD_NUMBER,
    IDENTIFICATION,
    NAME,
    NAME_CONTINUED,
    SOCIAL_SECURITY_NUMBER,
    SPECIFICATION,
    VALID_UNTIL,
    Item,
)
from drivers.social_security_card.protocol import (
    APPLICATION,
    GET_RESPONSE,
    HOLDER_FILE,
    ISSUER_FILE,
    READ_RECORD,
    SELECT,
)
from foundation.identity_numbers import citizen_number_check

_DONE = bytes.fromhex("9000")
_NOT_THERE = bytes.fromhex("6A82")
_NO_SUCH_RECORD = bytes.fromhex("6A83")
_UNKNOWN_COMMAND = bytes.fromhex("6D00")
_UNKNOWN_FORM = bytes.fromhex("6A86")
_WRONG_LENGTH = bytes.fromhex("6700")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VirtualCard:
    """Nobody's card: a made-up holder whose number is valid, of a division that does not exist.

    ``records`` are what the chip gives out, by file and item. ``by_number`` makes a chip that knows its
    records by their number only; ``in_parts`` one that speaks T=0 to the letter: it says how long an answer
    is before it gives it.
    """

    name: str = "张丽华"
    number: str = field(default="42019919530412002" + citizen_number_check("42019919530412002"))
    card_number: str = "A12345678"
    region_code: str = "420100"
    specification: str = "3.00"
    valid_until: date | None = date(2031, 5, 31)
    by_number: bool = False
    in_parts: bool = False

    def records(self) -> dict[int, dict[Item, bytes]]:
        """The records of each file."""
        name = self.name.encode("gb18030")
        until = f"{self.valid_until:%Y%m%d}" if self.valid_until else "FFFFFFFF"
        issuer = {
            IDENTIFICATION: bytes.fromhex(f"{self.region_code}D15600000599110145FFFFFFFF"),
            SPECIFICATION: self.specification.encode("ascii"),
            VALID_UNTIL: bytes.fromhex(until),
            CARD_NUMBER: self.card_number.encode("ascii").ljust(CARD_NUMBER.size, b"\0"),
        }
        holder = {
            SOCIAL_SECURITY_NUMBER: self.number.encode("ascii"),
            NAME: name[: NAME.size].ljust(NAME.size, b"\0"),
        }
        if self.specification.startswith("3"):
            holder[NAME_CONTINUED] = name[NAME.size :].ljust(NAME_CONTINUED.size, b"\0")
        return {ISSUER_FILE: issuer, HOLDER_FILE: holder}


def holder_named(text: str) -> VirtualCard:
    """The card of somebody: name, number, number of the card, with spaces; the rest is nobody's."""
    nobody, said = VirtualCard(), text.split()
    name, number, card_number = (said + [nobody.name, nobody.number, nobody.card_number][len(said) :])[:3]
    return replace(nobody, name=name, number=number, card_number=card_number)


class CardChip:
    """The chip of one card: what it answers depends on what was selected since it was powered up."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card
        self._records = card.records()
        self._selected = False
        self._file: int | None = None
        self._waiting = b""

    def reset(self) -> None:
        """Powered up again: nothing is selected."""
        self._selected, self._file, self._waiting = False, None, b""

    def answer(self, command: bytes) -> bytes:
        """The answer to one command, with its two bytes of status."""
        if len(command) < 4:
            return _WRONG_LENGTH
        match command[1]:
            case _ if command[1] == SELECT:
                return self._select(command)
            case _ if command[1] == READ_RECORD:
                return self._read(command)
            case _ if command[1] == GET_RESPONSE:
                waiting, self._waiting = self._waiting, b""
                return waiting + _DONE if waiting else _WRONG_LENGTH
            case _:
                return _UNKNOWN_COMMAND

    def _select(self, command: bytes) -> bytes:
        what = command[5 : 5 + command[4]] if len(command) > 5 else b""
        if command[2] == 0x04:
            if what != APPLICATION:
                return _NOT_THERE
            self._selected, self._file = True, None
            self._waiting = b"\x6f\x11\x84\x0f" + APPLICATION
            return bytes((0x61, len(self._waiting))) if self._card.in_parts else self._waiting + _DONE
        file = int.from_bytes(what, "big")
        if not self._selected or file not in self._records:
            return _NOT_THERE
        self._file = file
        return _DONE

    def _read(self, command: bytes) -> bytes:
        if self._file is None:
            return _NOT_THERE
        by_number = command[3] & 0x07 == 0x04
        if self._card.by_number and not by_number:
            return _UNKNOWN_FORM
        for item, value in self._records[self._file].items():
            if command[2] == (item.number if by_number else item.tag):
                record = bytes((item.tag, len(value))) + value
                asked = command[4] if len(command) > 4 else 0
                if self._card.in_parts and asked != len(record):
                    return bytes((0x6C, len(record)))
                return record + _DONE
        return _NO_SUCH_RECORD
