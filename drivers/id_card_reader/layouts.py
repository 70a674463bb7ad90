"""Where each field of the 256 bytes of text stands, for each kind of document that a reader reads.

UTF-16LE in fields of fixed places, padded with spaces. The mark at offset 248 tells the layouts apart.
Source: GA/T 490 for the 居民身份证, and the rules for machine reading of the 港澳台居民居住证 (2018) and of
the 外国人永久居留身份证 (2017 and 2023).
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.id_card_reader.device import DocumentKind
from drivers.id_card_reader.protocol import TEXT_BYTES

CITIZEN_MARK = " "
_MARK_PLACE = slice(248, 250)
_SPACE = " ".encode("utf-16-le")

Fields = dict[str, tuple[int, int]]
"""Offset and length in bytes of each field, by its name."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of one kind of document; together they cover all 256 bytes without gap or overlap."""

    mark: str
    fields: Fields


CITIZEN_FIELDS: Fields = {
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
_HONG_KONG_MACAO_TAIWAN_FIELDS: Fields = {
    "name": (0, 30),
    "sex_code": (30, 2),
    "reserved_after_sex": (32, 4),
    "birth_date": (36, 16),
    "address": (52, 70),
    "number": (122, 36),
    "issuing_authority": (158, 30),
    "valid_from": (188, 16),
    "valid_until": (204, 16),
    "travel_permit_number": (220, 18),
    "issue_count": (238, 4),
    "reserved": (242, 6),
    "mark": (248, 2),
    "reserved_after_mark": (250, 6),
}
_PERMANENT_2017_FIELDS: Fields = {
    "english_name": (0, 120),
    "sex_code": (120, 2),
    "number": (122, 30),
    "nationality": (152, 6),
    "chinese_name": (158, 30),
    "valid_from": (188, 16),
    "valid_until": (204, 16),
    "birth_date": (220, 16),
    "version": (236, 4),
    "authority_code": (240, 8),
    "mark": (248, 2),
    "reserved_after_mark": (250, 6),
}
_PERMANENT_2023_FIELDS: Fields = {
    "chinese_name": (0, 30),
    "sex_code": (30, 2),
    "exchange_count": (32, 4),
    "birth_date": (36, 16),
    "english_name": (52, 70),
    "number": (122, 36),
    "reserved": (158, 30),
    "valid_from": (188, 16),
    "valid_until": (204, 16),
    "english_name_continued": (220, 22),
    "nationality": (242, 6),
    "mark": (248, 2),
    "earlier_number_link": (250, 6),
}
LAYOUTS: dict[DocumentKind, Layout] = {
    DocumentKind.CITIZEN: Layout(CITIZEN_MARK, CITIZEN_FIELDS),
    DocumentKind.HONG_KONG_MACAO_TAIWAN: Layout("J", _HONG_KONG_MACAO_TAIWAN_FIELDS),
    DocumentKind.PERMANENT_2017: Layout("I", _PERMANENT_2017_FIELDS),
    DocumentKind.PERMANENT_2023: Layout("Y", _PERMANENT_2023_FIELDS),
}


def kind_of(text: bytes) -> DocumentKind | None:
    """Which kind of document the text is of; None for a mark that no layout has: never a citizen's card."""
    mark = text[_MARK_PLACE]
    return next((kind for kind, layout in LAYOUTS.items() if layout.mark.encode("utf-16-le") == mark), None)


def fields_of(text: bytes, fields: Fields) -> dict[str, str]:
    """The text of each field, its padding included.

    Raises ``ValueError``, whose text shows nothing of a field, when one is not UTF-16.
    """
    try:
        return {
            name: text[offset : offset + length].decode("utf-16-le")
            for name, (offset, length) in fields.items()
        }
    except UnicodeDecodeError:
        raise ValueError("a field is not UTF-16") from None


def encode_fields(values: dict[str, str], fields: Fields, mark: str) -> bytes:
    """The 256 bytes of a card, for simulators; a field without a value is blank.

    Raises ``ValueError`` for a text that its field cannot hold.
    """
    text = bytearray(_SPACE * (TEXT_BYTES // 2))
    for name, value in {**values, "mark": mark}.items():
        offset, length = fields[name]
        encoded = value.encode("utf-16-le")
        if len(encoded) > length:
            raise ValueError(f"the field {name} holds {length // 2} characters")
        text[offset : offset + len(encoded)] = encoded
    return bytes(text)
