"""The 256 bytes of text on a card: which kind of document it is, and what a citizen's card says.

UTF-16LE in fields of fixed places, padded with spaces. The mark at offset 248 tells four layouts apart: a
space is a 居民身份证; ``J``, ``I`` and ``Y`` are residence permits with other fields in the same places. Any
other mark is a document that we do not know, and never a citizen's card. Source: GA/T 490 and the layouts of
the later permits.
"""

from __future__ import annotations

import re
from datetime import date

from drivers.id_card_reader.device import CitizenCard
from drivers.id_card_reader.protocol import TEXT_BYTES
from foundation.errors import ErrorCode, Errors
from foundation.identity_numbers import citizen_birth_date, is_citizen_number

NO_END = "长期"
CITIZEN_MARK = " "
FIELDS: dict[str, tuple[int, int]] = {
    "name": (0, 30),
    "sex_code": (30, 2),
    "ethnicity_code": (32, 4),
    "birth_date": (36, 16),
    "address": (52, 70),
    "number": (122, 36),
    "issuing_authority": (158, 30),
    "valid_from": (188, 16),
    "valid_until": (204, 16),
    "reserved": (220, 28),
    "mark": (248, 2),
    "reserved_after_mark": (250, 6),
}
"""Offset and length in bytes of each field of a 居民身份证; together they cover all 256."""


def decode_card(text: bytes, photo: bytes, today: date) -> CitizenCard | ErrorCode:
    """What stands on the card, or why it cannot be used.

    ``CARD_NOT_SUPPORTED`` for another kind of document, ``CARD_INCONSISTENT`` when the text contradicts
    itself (check digit, birth, sex, dates), ``CARD_EXPIRED`` when its last day is before ``today`` (in
    China). Raises ``ValueError`` when ``text`` is not 256 bytes long.
    """
    if len(text) != TEXT_BYTES:
        raise ValueError(f"a card's text has {TEXT_BYTES} bytes")
    if _field_bytes(text, "mark") != CITIZEN_MARK.encode("utf-16-le"):
        return Errors.CARD_NOT_SUPPORTED
    try:
        fields = {name: _field_bytes(text, name).decode("utf-16-le").rstrip(" \0") for name in FIELDS}
        card = _citizen_card(fields, photo)
    except ValueError:  # not UTF-16, or a date that is none
        return Errors.CARD_INCONSISTENT
    if not _is_consistent(card):
        return Errors.CARD_INCONSISTENT
    if card.valid_until is not None and card.valid_until < today:
        return Errors.CARD_EXPIRED
    return card


def encode_fields(fields: dict[str, str], mark: str = CITIZEN_MARK) -> bytes:
    """The 256 bytes in the layout of a 居民身份证, for simulators: fields by the names of :data:`FIELDS`.

    Raises ``ValueError`` for a text that its field cannot hold.
    """
    text = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    for name, value in {**fields, "mark": mark}.items():
        offset, length = FIELDS[name]
        encoded = value.encode("utf-16-le")
        if len(encoded) > length:
            raise ValueError(f"the field {name} holds {length // 2} characters")
        text[offset : offset + len(encoded)] = encoded
    return bytes(text)


def _field_bytes(text: bytes, name: str) -> bytes:
    offset, length = FIELDS[name]
    return text[offset : offset + length]


def _citizen_card(fields: dict[str, str], photo: bytes) -> CitizenCard:
    until = fields["valid_until"]
    return CitizenCard(
        name=fields["name"],
        sex_code=fields["sex_code"],
        ethnicity_code=fields["ethnicity_code"],
        birth_date=_date(fields["birth_date"]),
        address=fields["address"],
        number=fields["number"].upper(),
        issuing_authority=fields["issuing_authority"],
        valid_from=_date(fields["valid_from"]),
        valid_until=None if until == NO_END else _date(until),
        photo=photo,
    )


def _date(figures: str) -> date:
    """``YYYYMMDD``; raises ``ValueError`` whose text shows nothing of the field."""
    if not re.fullmatch(r"[0-9]{8}", figures):
        raise ValueError("not a date of eight figures")
    return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))


def _is_consistent(card: CitizenCard) -> bool:
    return (
        bool(card.name)
        and re.fullmatch(r"[0-9]{2}", card.ethnicity_code) is not None
        and is_citizen_number(card.number)
        and citizen_birth_date(card.number) == card.birth_date
        and card.sex_code == ("1" if int(card.number[16]) % 2 else "2")
        and (card.valid_until is None or card.valid_from <= card.valid_until)
    )
