"""Cards for the simulator: what a module gives out for made-up people, and for other documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from drivers.id_card_reader.card_text import NO_END
from drivers.id_card_reader.device import DocumentKind
from drivers.id_card_reader.layouts import CITIZEN_FIELDS, CITIZEN_MARK, LAYOUTS, encode_fields
from drivers.id_card_reader.protocol import PHOTO_BYTES
from foundation.identity_numbers import citizen_number_check


@dataclass(frozen=True, slots=True)
class CardImage:
    """All that a card gives out: text (256 bytes), photo (1,024), fingerprints (0, 512 or 1,024).

    And the new address if there is one.
    """

    text: bytes = field(repr=False)
    photo: bytes = field(repr=False, default=bytes(PHOTO_BYTES))
    new_address: str | None = field(repr=False, default=None)
    fingerprints: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticCitizen:
    """Nobody: a made-up person whose number is valid, of a division that does not exist.

    ``serial`` is the three figures before the check digit; an odd one is a man, an even one a woman.
    ``valid_until`` None is 长期. ``mark`` other than a space makes the card another kind of document.
    """

    name: str = "张丽华"
    ethnicity_code: str = "01"
    birth_date: date = date(1953, 4, 12)
    address: str = "湖北省武汉市江岸区虚构路一号"
    division_code: str = "420199"
    serial: str = "002"
    issuing_authority: str = "武汉市公安局江岸分局"
    valid_from: date = date(2015, 6, 1)
    valid_until: date | None = None
    mark: str = CITIZEN_MARK

    @property
    def number(self) -> str:
        """The 公民身份号码 that follows from division, birth and serial (GB 11643)."""
        return _number(self.division_code, self.birth_date, self.serial)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticPermitHolder:
    """Nobody: a made-up holder of a 港澳台居民居住证."""

    name: str = "何文慧"
    birth_date: date = date(1970, 8, 3)
    address: str = "湖北省武汉市江岸区虚构路二号"
    division_code: str = "810000"
    serial: str = "004"
    issuing_authority: str = "武汉市公安局江岸分局"
    valid_from: date = date(2023, 3, 1)
    valid_until: date | None = date(2028, 3, 1)
    travel_permit_number: str = "H00000001"
    issue_count: str = "01"

    @property
    def number(self) -> str:
        """The 公民身份号码 that follows from division, birth and serial (GB 11643)."""
        return _number(self.division_code, self.birth_date, self.serial)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticForeigner:
    """Nobody: a made-up holder of a 外国人永久居留身份证, of the edition that ``kind`` says."""

    kind: DocumentKind = DocumentKind.PERMANENT_2023
    english_name: str = "EXAMPLE, ALEXANDRA MARIA"
    chinese_name: str = "艾雅"
    sex_code: str = "2"
    birth_date: date = date(1980, 1, 1)
    nationality: str = "CAN"
    valid_from: date = date(2024, 1, 15)
    valid_until: date | None = date(2034, 1, 15)

    @property
    def number(self) -> str:
        """2023: 9, province 42, country 124 and the check of GB 11643; 2017: the nationality and figures."""
        if self.kind is DocumentKind.PERMANENT_2017:
            return f"{self.nationality}4201{self.birth_date:%y%m%d}02"
        return _number("942124", self.birth_date, "002")


SyntheticPerson = SyntheticCitizen | SyntheticPermitHolder | SyntheticForeigner


def sample_of(kind: DocumentKind) -> SyntheticPerson:
    """Somebody made up who has a document of that kind."""
    match kind:
        case DocumentKind.CITIZEN:
            return SyntheticCitizen()
        case DocumentKind.HONG_KONG_MACAO_TAIWAN:
            return SyntheticPermitHolder()
        case DocumentKind.PERMANENT_2017 | DocumentKind.PERMANENT_2023:
            return SyntheticForeigner(kind=kind)


def kind_of_person(person: SyntheticPerson) -> DocumentKind:
    """Which kind of document that person has."""
    match person:
        case SyntheticCitizen():
            return DocumentKind.CITIZEN
        case SyntheticPermitHolder():
            return DocumentKind.HONG_KONG_MACAO_TAIWAN
        case SyntheticForeigner():
            return person.kind


def card_of(person: SyntheticPerson, **overrides: str) -> CardImage:
    """The card of ``person``; ``overrides`` replace fields as they stand on the card, to make it wrong.

    Raises ``ValueError`` when a field cannot hold its text.
    """
    return CardImage(_text_of(person, overrides))


def _text_of(person: SyntheticPerson, overrides: dict[str, str]) -> bytes:
    match person:
        case SyntheticCitizen():
            return encode_fields(_citizen_fields(person) | overrides, CITIZEN_FIELDS, person.mark)
        case SyntheticPermitHolder():
            layout = LAYOUTS[DocumentKind.HONG_KONG_MACAO_TAIWAN]
            return encode_fields(_permit_fields(person) | overrides, layout.fields, layout.mark)
        case SyntheticForeigner():
            layout = LAYOUTS[person.kind]
            return encode_fields(_foreigner_fields(person) | overrides, layout.fields, layout.mark)


def _number(division_code: str, birth_date: date, serial: str) -> str:
    figures = f"{division_code}{birth_date:%Y%m%d}{serial}"
    return figures + citizen_number_check(figures)


def _citizen_fields(person: SyntheticCitizen) -> dict[str, str]:
    return {
        "name": person.name,
        "sex_code": "1" if int(person.serial[-1]) % 2 else "2",
        "ethnicity_code": person.ethnicity_code,
        "birth_date": f"{person.birth_date:%Y%m%d}",
        "address": person.address,
        "number": person.number,
        "issuing_authority": person.issuing_authority,
        "valid_from": f"{person.valid_from:%Y%m%d}",
        "valid_until": _last_day(person.valid_until),
    }


def _permit_fields(person: SyntheticPermitHolder) -> dict[str, str]:
    return {
        "name": person.name,
        "sex_code": "1" if int(person.serial[-1]) % 2 else "2",
        "birth_date": f"{person.birth_date:%Y%m%d}",
        "address": person.address,
        "number": person.number,
        "issuing_authority": person.issuing_authority,
        "valid_from": f"{person.valid_from:%Y%m%d}",
        "valid_until": _last_day(person.valid_until),
        "travel_permit_number": person.travel_permit_number,
        "issue_count": person.issue_count,
    }


def _foreigner_fields(person: SyntheticForeigner) -> dict[str, str]:
    fields = {
        "chinese_name": person.chinese_name,
        "sex_code": person.sex_code,
        "birth_date": f"{person.birth_date:%Y%m%d}",
        "number": person.number,
        "nationality": person.nationality,
        "valid_from": f"{person.valid_from:%Y%m%d}",
        "valid_until": _last_day(person.valid_until),
    }
    if person.kind is DocumentKind.PERMANENT_2017:
        return fields | {"english_name": person.english_name, "version": "01", "authority_code": "4201"}
    first, rest = person.english_name[:35], person.english_name[35:]
    return fields | {"english_name": first, "english_name_continued": rest, "exchange_count": "01"}


def _last_day(day: date | None) -> str:
    return NO_END if day is None else f"{day:%Y%m%d}"
