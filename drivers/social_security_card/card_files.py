"""The files of a social-security card: which records there are, what is in them, and how a card is read.

Source: 社会保障卡文件结构和数据项 (V2.0, an upgrade of LB 002-2000), of which only the beginning is public;
tags, lengths and forms of the items are those that public programs read from cards in use: EF05 has
卡的识别码 (01), 规范版本 (03), 卡有效期 (06) and 卡号 (07), EF06 has 社会保障号码 (08), 姓名 (09) and the
rest of a long name (4E). A record is a tag, a length and a value. Items of the form ``cn`` are two figures a
byte, filled up with F; those of the form ``an`` are text, filled up with 00.

No more is read than somebody needs: sex and birth are in the number already.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date

from drivers.social_security_card.device import SocialSecurityCard
from drivers.social_security_card.protocol import (
    HOLDER_FILE,
    ISSUER_FILE,
    Answer,
    Dialogue,
    Status,
    converse,
    read_record_named,
    read_record_numbered,
    select_application,
    select_file,
)
from foundation.errors import ErrorCode, Errors
from foundation.identity_numbers import is_citizen_number

CardReading = Generator[bytes, bytes, SocialSecurityCard | ErrorCode]
"""Yields a command, is sent the card's answer, returns the card or why it cannot be used."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item on the card: its tag, its number in its file, and the bytes of its value at most."""

    tag: int
    number: int
    size: int


IDENTIFICATION = Item(0x01, 1, 16)
SPECIFICATION = Item(0x03, 3, 4)
VALID_UNTIL = Item(0x06, 6, 4)
CARD_NUMBER = Item(0x07, 7, 9)
SOCIAL_SECURITY_NUMBER = Item(0x08, 1, 18)
NAME = Item(0x09, 2, 30)
NAME_CONTINUED = Item(0x4E, 3, 20)
"""Only on cards of version 3, for names that fill all of ``NAME``."""

ISSUER_ITEMS = (IDENTIFICATION, SPECIFICATION, VALID_UNTIL, CARD_NUMBER)
HOLDER_ITEMS = (SOCIAL_SECURITY_NUMBER, NAME)
FILL = "F"
_FOREIGN_NUMBER = re.compile(r"[A-Z]{3}[0-9A-Z]{15}")
_REFUSALS = {
    Status.PROTECTED: Errors.SOCIAL_CARD_PROTECTED,
    Status.NOT_THERE: Errors.SOCIAL_CARD_NOT_SUPPORTED,
    Status.UNKNOWN_COMMAND: Errors.SOCIAL_CARD_NOT_SUPPORTED,
}


def read_card(today: date) -> CardReading:
    """The whole dialogue with a card that was just powered up; at most some dozens of commands.

    Whatever the card answers, it ends: with a card that is consistent and valid on ``today``, or with an
    error whose text shows nothing of it.
    """
    answer = yield from converse(select_application())
    if answer.status is not Status.DONE:
        return _refusal(answer)
    values: dict[int, bytes] = {}
    for file, items in ((ISSUER_FILE, ISSUER_ITEMS), (HOLDER_FILE, HOLDER_ITEMS)):
        answer = yield from converse(select_file(file))
        if answer.status is not Status.DONE:
            return _refusal(answer)
        for item in items:
            answer = yield from _read_item(item)
            if answer.status is not Status.DONE:
                return _refusal(answer)
            values[item.tag] = answer.data
    if len(values[NAME.tag].rstrip(b"\0 ")) == NAME.size:
        answer = yield from _read_item(NAME_CONTINUED)
        if answer.status not in (Status.DONE, Status.NOT_THERE):
            return _refusal(answer)  # half a name is not handed on
        values[NAME.tag] += answer.data
    return decode_card(values, today)


def decode_card(values: dict[int, bytes], today: date) -> SocialSecurityCard | ErrorCode:
    """The card of these values, by tag; an error when they are no card, or one that may not be used."""
    try:
        card = SocialSecurityCard(
            name=_name(values[NAME.tag]),
            number=_text(values[SOCIAL_SECURITY_NUMBER.tag]).upper(),
            card_number=_text(values[CARD_NUMBER.tag]),
            region_code=_figures(values[IDENTIFICATION.tag][:3]),
            specification=_text(values[SPECIFICATION.tag]),
            valid_until=_day(values[VALID_UNTIL.tag]),
        )
    except (KeyError, ValueError):
        return Errors.SOCIAL_CARD_NOT_READABLE
    if not (is_citizen_number(card.number) or _FOREIGN_NUMBER.fullmatch(card.number)):
        return Errors.SOCIAL_CARD_INCONSISTENT
    if not re.fullmatch(r"[0-9]{6}", card.region_code):
        return Errors.SOCIAL_CARD_INCONSISTENT
    if card.valid_until is not None and card.valid_until < today:
        return Errors.SOCIAL_CARD_EXPIRED
    return card


def value_of(record: bytes, item: Item) -> bytes | None:
    """The value of a record, tag and length checked; None when it is another item, or not whole.

    What follows the value is not looked at: some cards fill an answer up to the length that was asked for.
    """
    if len(record) < 2 or record[0] != item.tag or not 1 <= record[1] <= item.size:
        return None
    value = record[2 : 2 + record[1]]
    return value if len(value) == record[1] else None


def _read_item(item: Item) -> Dialogue:
    """An item by its tag, or by its number on cards that know their records by number only."""
    answer = yield from converse(read_record_named(item.tag))
    if answer.status in (Status.NOT_THERE, Status.UNKNOWN_COMMAND):
        answer = yield from converse(read_record_numbered(item.number))
    if answer.status is not Status.DONE:
        return answer
    value = value_of(answer.data, item)
    if value is None:
        foreign = item is NAME_CONTINUED  # the third record of an older card is another item
        return Answer(Status.NOT_THERE if foreign else Status.BROKEN)
    return Answer(Status.DONE, value)


def _refusal(answer: Answer) -> ErrorCode:
    return _REFUSALS.get(answer.status, Errors.SOCIAL_CARD_NOT_READABLE)


def _figures(value: bytes) -> str:
    """An item of the form ``cn``; raises ``ValueError`` whose text shows nothing of it."""
    figures = value.hex().upper().rstrip(FILL)
    if figures and not (figures.isascii() and figures.isdigit()):
        raise ValueError("not figures")
    return figures


def _text(value: bytes) -> str:
    """An item of the form ``an`` without Chinese; raises ``ValueError`` whose text shows nothing of it."""
    stripped = value.rstrip(b"\0 ")
    if not re.fullmatch(rb"[0-9A-Za-z.]+", stripped):
        raise ValueError("not letters and figures")
    return stripped.decode("ascii")


def _name(value: bytes) -> str:
    """A name, written in GBK or in GB 18030, which has all of it."""
    try:
        name = value.rstrip(b"\0 ").decode("gb18030")
    except UnicodeDecodeError:
        raise ValueError("not Chinese text") from None
    if not name or not name.isprintable():
        raise ValueError("not a name")
    return name


def _day(value: bytes) -> date | None:
    """A day ``YYYYMMDD``; None when the item is not filled in."""
    figures = _figures(value)
    if not figures.strip("0"):
        return None
    if len(figures) != 8:
        raise ValueError("not a day")
    return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
