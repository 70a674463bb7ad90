"""Commands to a chip card and its answers (ISO/IEC 7816-4), as far as a social-security card needs them.

Pure functions, and generators that yield a command and are sent the answer: nothing here reads or waits.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from enum import Enum

APPLICATION = b"sx1.sh." + "社会保障".encode("gbk")
"""The name of the application: 7378312E73682EC9E7BBE1B1A3D5CF, 15 bytes (社会保障卡规范, SSSE)."""
ISSUER_FILE = 0xEF05
"""发卡机构数据文件."""
HOLDER_FILE = 0xEF06
"""持卡人基本信息文件."""

SELECT, READ_RECORD, GET_RESPONSE = 0xA4, 0xB2, 0xC0
STATUS_BYTES = 2
LONGEST_ANSWER_BYTES = 256 + STATUS_BYTES
_CONTINUATIONS = 4

Dialogue = Generator[bytes, bytes, "Answer"]
"""Yields a command, is sent what the card answered, returns what came out of it."""


class Status(Enum):
    """What the two last bytes of an answer mean (ISO/IEC 7816-4, table 5), as far as it matters here."""

    DONE = "done"
    NOT_THERE = "not_there"
    """No such application, file or record."""
    PROTECTED = "protected"
    """The card wants a PIN or a key first."""
    UNKNOWN_COMMAND = "unknown_command"
    """The card does not know the command in this form."""
    BROKEN = "broken"
    """Anything else, and what is no answer at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card answered; the data of an answer that is not ``DONE`` are empty."""

    status: Status
    data: bytes = field(repr=False, default=b"")


_MEANINGS = {
    0x9000: Status.DONE,
    0x6A82: Status.NOT_THERE,
    0x6A83: Status.NOT_THERE,
    0x6A88: Status.NOT_THERE,
    0x6982: Status.PROTECTED,
    0x6983: Status.PROTECTED,
    0x6985: Status.PROTECTED,
    0x6A81: Status.UNKNOWN_COMMAND,
    0x6A86: Status.UNKNOWN_COMMAND,
    0x6B00: Status.UNKNOWN_COMMAND,
    0x6D00: Status.UNKNOWN_COMMAND,
}


def select_application(name: bytes = APPLICATION) -> bytes:
    """SELECT by name of the application (7816-4, 11.1.1): ``00A404000F…``."""
    return bytes((0x00, SELECT, 0x04, 0x00, len(name))) + name


def select_file(identifier: int) -> bytes:
    """SELECT of a file of the application by its identifier (7816-4, 11.1.1): ``00A4000002EF05``."""
    return bytes((0x00, SELECT, 0x00, 0x00, 0x02)) + identifier.to_bytes(2, "big")


def read_record_named(tag: int) -> bytes:
    """READ RECORD of the first record with this identifier (7816-4, 11.3.3; P2 = 00)."""
    return bytes((0x00, READ_RECORD, tag, 0x00, 0x00))


def read_record_numbered(number: int) -> bytes:
    """READ RECORD of the record with this number in the file (7816-4, 11.3.3; P2 = 04)."""
    return bytes((0x00, READ_RECORD, number, 0x04, 0x00))


def converse(command: bytes) -> Dialogue:
    """One command with whatever it takes to get its whole answer from a card that speaks T=0.

    ``61 xx`` is followed by GET RESPONSE, ``6C xx`` by the same command with the right length (7816-3, 12.2);
    both for a few times only, because a card could go on for ever.
    """
    collected = b""
    for _ in range(_CONTINUATIONS):
        answer = yield command
        if not STATUS_BYTES <= len(answer) <= LONGEST_ANSWER_BYTES:
            return Answer(Status.BROKEN)
        data, kind, length = answer[:-2], answer[-2], answer[-1]
        if kind == 0x61:
            collected += data
            command = bytes((0x00, GET_RESPONSE, 0x00, 0x00, length))
        elif kind == 0x6C:
            command = command[:4] + bytes((length,))
        else:
            status = _MEANINGS.get(kind << 8 | length, Status.BROKEN)
            return Answer(status, collected + data if status is Status.DONE else b"")
    return Answer(Status.BROKEN)
