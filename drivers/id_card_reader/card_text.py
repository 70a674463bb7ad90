"""What stands on a card: its 256 bytes of text as a document, after every check that can be made here."""

from __future__ import annotations

import re
from datetime import date

from drivers.id_card_reader.device import (
    CITIZENS_ONLY,
    CitizenCard,
    Document,
    DocumentKind,
    PermanentResidenceCard,
    ResidencePermit,
)
from drivers.id_card_reader.layouts import LAYOUTS, fields_of, kind_of
from drivers.id_card_reader.protocol import NEW_ADDRESS_BYTES, TEXT_BYTES
from foundation.errors import ErrorCode, Errors
from foundation.identity_numbers import (
    citizen_birth_date,
    is_citizen_number,
    is_permanent_resident_number,
)

NO_END = "长期"
_MOST_NEW_ADDRESSES = 4
_RESIDENCE_DIVISIONS = ("81", "82", "83")  # 香港, 澳门, 台湾


def decode_card(
    text: bytes, photo: bytes, today: date, documents: frozenset[DocumentKind] = CITIZENS_ONLY
) -> Document | ErrorCode:
    """What stands on the card, or why it cannot be used.

    ``CARD_NOT_SUPPORTED`` for a document that is none of ``documents``, of which no field is looked at;
    ``CARD_INCONSISTENT`` when the text contradicts itself (check digit, birth, sex, dates); ``CARD_EXPIRED``
    when its last day is before ``today`` (in China). Raises ``ValueError`` when ``text`` is not 256 bytes
    long.
    """
    if len(text) != TEXT_BYTES:
        raise ValueError(f"a card's text has {TEXT_BYTES} bytes")
    kind = kind_of(text)
    if kind is None or kind not in documents:
        return Errors.CARD_NOT_SUPPORTED
    try:
        document = _document(kind, fields_of(text, LAYOUTS[kind].fields), photo)
    except ValueError:  # not UTF-16, or a date that is none
        return Errors.CARD_INCONSISTENT
    if not _is_consistent(document):
        return Errors.CARD_INCONSISTENT
    if document.valid_until is not None and document.valid_until < today:
        return Errors.CARD_EXPIRED
    return document


def decode_new_addresses(data: bytes) -> tuple[str, ...]:
    """The addresses in a reply to ``READ_NEW_ADDRESS``, in the card's order; what is no text is left out.

    The card holds up to four of 70 bytes (GA/T 490); modules give out one or all of them.
    """
    places = range(0, min(len(data), _MOST_NEW_ADDRESSES * NEW_ADDRESS_BYTES), NEW_ADDRESS_BYTES)
    addresses = [_text_or_nothing(data[begin : begin + NEW_ADDRESS_BYTES]) for begin in places]
    return tuple(address for address in addresses if address)


def _text_or_nothing(field: bytes) -> str:
    try:
        return _stripped(field.decode("utf-16-le"))
    except UnicodeDecodeError:
        return ""


def _document(kind: DocumentKind, padded: dict[str, str], photo: bytes) -> Document:
    fields = {name: _stripped(value) for name, value in padded.items()}
    match kind:
        case DocumentKind.CITIZEN:
            return _citizen_card(fields, photo)
        case DocumentKind.HONG_KONG_MACAO_TAIWAN:
            return _residence_permit(fields, photo)
        case DocumentKind.PERMANENT_2017:
            return _permanent_residence_card(kind, fields, fields["english_name"], photo)
        case (
            DocumentKind.PERMANENT_2023
        ):  # the name goes on in a second field, in the middle of a word or not
            name = _stripped(padded["english_name"] + padded["english_name_continued"])
            return _permanent_residence_card(kind, fields, name, photo)


def _citizen_card(fields: dict[str, str], photo: bytes) -> CitizenCard:
    return CitizenCard(
        name=fields["name"],
        sex_code=fields["sex_code"],
        ethnicity_code=fields["ethnicity_code"],
        birth_date=_date(fields["birth_date"]),
        address=fields["address"],
        number=fields["number"].upper(),
        issuing_authority=fields["issuing_authority"],
        valid_from=_date(fields["valid_from"]),
        valid_until=_last_day(fields["valid_until"]),
        photo=photo,
    )


def _residence_permit(fields: dict[str, str], photo: bytes) -> ResidencePermit:
    return ResidencePermit(
        name=fields["name"],
        sex_code=fields["sex_code"],
        birth_date=_date(fields["birth_date"]),
        address=fields["address"],
        number=fields["number"].upper(),
        issuing_authority=fields["issuing_authority"],
        valid_from=_date(fields["valid_from"]),
        valid_until=_last_day(fields["valid_until"]),
        travel_permit_number=fields["travel_permit_number"],
        issue_count=fields["issue_count"],
        photo=photo,
    )


def _permanent_residence_card(
    kind: DocumentKind, fields: dict[str, str], english_name: str, photo: bytes
) -> PermanentResidenceCard:
    return PermanentResidenceCard(
        kind=kind,
        english_name=english_name,
        chinese_name=fields["chinese_name"],
        sex_code=fields["sex_code"],
        birth_date=_date(fields["birth_date"]),
        number=fields["number"].upper(),
        nationality=fields["nationality"],
        valid_from=_date(fields["valid_from"]),
        valid_until=_last_day(fields["valid_until"]),
        photo=photo,
    )


def _stripped(field: str) -> str:
    return field.rstrip(" \0")


def _last_day(text: str) -> date | None:
    return None if text == NO_END else _date(text)


def _date(figures: str) -> date:
    """``YYYYMMDD``; raises ``ValueError`` whose text shows nothing of the field."""
    if not re.fullmatch(r"[0-9]{8}", figures):
        raise ValueError("not a date of eight figures")
    return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))


def _is_consistent(document: Document) -> bool:
    if document.valid_until is not None and document.valid_from > document.valid_until:
        return False
    match document:
        case CitizenCard():
            return _holds_for_a_number_of_ours(document) and bool(
                re.fullmatch(r"[0-9]{2}", document.ethnicity_code)
            )
        case ResidencePermit():
            return _holds_for_a_number_of_ours(document) and document.number.startswith(_RESIDENCE_DIVISIONS)
        case PermanentResidenceCard():
            return _holds_for_a_permanent_resident(document)


def _holds_for_a_number_of_ours(document: CitizenCard | ResidencePermit) -> bool:
    return (
        bool(document.name)
        and is_citizen_number(document.number)
        and citizen_birth_date(document.number) == document.birth_date
        and document.sex_code == ("1" if int(document.number[16]) % 2 else "2")
    )


def _holds_for_a_permanent_resident(document: PermanentResidenceCard) -> bool:
    length = 15 if document.kind is DocumentKind.PERMANENT_2017 else 18
    return (
        bool(document.english_name)
        and len(document.number) == length
        and is_permanent_resident_number(document.number)
        and (length == 15 or citizen_birth_date(document.number) == document.birth_date)
        and document.sex_code in ("0", "1", "2", "9")
        and re.fullmatch(r"[A-Z]{3}", document.nationality) is not None
    )
