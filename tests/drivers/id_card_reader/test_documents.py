"""The other documents that these readers read: two kinds of permits, one of them in two editions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.id_card_reader.card_image import (
    SyntheticCitizen,
    SyntheticForeigner,
    SyntheticPermitHolder,
    card_of,
    sample_of,
)
from drivers.id_card_reader.card_text import decode_card, decode_new_addresses
from drivers.id_card_reader.device import (
    CITIZENS_ONLY,
    CitizenCard,
    Document,
    DocumentKind,
    PermanentResidenceCard,
    ResidencePermit,
    age_on,
)
from foundation.errors import ErrorCode, Errors
from foundation.identity_numbers import is_permanent_resident_number

TODAY = date(2026, 11, 21)
ALL = frozenset(DocumentKind)
PHOTO = bytes(1024)
OTHERS = sorted(ALL - CITIZENS_ONLY, key=lambda kind: kind.value)


def decode(text: bytes, documents: frozenset[DocumentKind] = ALL) -> Document | ErrorCode:
    return decode_card(text, PHOTO, TODAY, documents)


def test_a_residence_permit_is_read_as_it_stands_there() -> None:
    holder = SyntheticPermitHolder()
    assert decode(card_of(holder).text) == ResidencePermit(
        name="何文慧",
        sex_code="2",
        birth_date=date(1970, 8, 3),
        address="湖北省武汉市江岸区虚构路二号",
        number=holder.number,
        issuing_authority="武汉市公安局江岸分局",
        valid_from=date(2023, 3, 1),
        valid_until=date(2028, 3, 1),
        travel_permit_number="H00000001",
        issue_count="01",
        photo=PHOTO,
    )


@pytest.mark.parametrize("kind", [DocumentKind.PERMANENT_2017, DocumentKind.PERMANENT_2023])
def test_a_permanent_residence_card_is_read_in_both_editions(kind: DocumentKind) -> None:
    foreigner = SyntheticForeigner(kind=kind)
    assert decode(card_of(foreigner).text) == PermanentResidenceCard(
        kind=kind,
        english_name="EXAMPLE, ALEXANDRA MARIA",
        chinese_name="艾雅",
        sex_code="2",
        birth_date=date(1980, 1, 1),
        number=foreigner.number,
        nationality="CAN",
        valid_from=date(2024, 1, 15),
        valid_until=date(2034, 1, 15),
        photo=PHOTO,
    )


@pytest.mark.parametrize(
    "name", ["A" * 35, "A" * 46, "MARIA DE LA CONCEPCION DE LOS ANGEL ES B", "SHORT NAME"]
)
def test_a_long_english_name_goes_on_in_the_second_field_of_2023(name: str) -> None:
    document = decode(card_of(SyntheticForeigner(english_name=name)).text)
    assert isinstance(document, PermanentResidenceCard)
    assert document.english_name == name


def test_whoever_has_no_chinese_name_is_called_by_the_english_one() -> None:
    document = decode(card_of(SyntheticForeigner(chinese_name="")).text)
    assert isinstance(document, PermanentResidenceCard)
    assert document.name == document.english_name


@pytest.mark.parametrize("kind", OTHERS)
def test_a_kind_that_is_not_read_here_is_named_and_not_looked_at(kind: DocumentKind) -> None:
    broken = card_of(sample_of(kind), number="").text
    assert decode(broken, ALL - {kind}) is Errors.CARD_NOT_SUPPORTED
    assert decode(broken) is Errors.CARD_INCONSISTENT


def test_a_mark_that_no_layout_has_is_never_a_document() -> None:
    assert decode(card_of(SyntheticCitizen(mark="Z")).text) is Errors.CARD_NOT_SUPPORTED


@pytest.mark.parametrize(
    ("person", "overrides"),
    [
        (SyntheticPermitHolder(), {"number": SyntheticCitizen().number}),
        (SyntheticPermitHolder(division_code="420199"), {}),
        (SyntheticPermitHolder(), {"birth_date": "19700804"}),
        (SyntheticPermitHolder(), {"sex_code": "1"}),
        (SyntheticPermitHolder(), {"name": ""}),
        (SyntheticForeigner(), {"number": SyntheticForeigner().number[:17] + "Z"}),
        (SyntheticForeigner(), {"number": "CAN420180010102"}),
        (SyntheticForeigner(), {"birth_date": "19800102"}),
        (SyntheticForeigner(), {"nationality": "1"}),
        (SyntheticForeigner(), {"english_name": ""}),
        (SyntheticForeigner(), {"sex_code": "7"}),
        (SyntheticForeigner(), {"valid_until": "20231231"}),
        (SyntheticForeigner(kind=DocumentKind.PERMANENT_2017), {"number": "CAN42018001010"}),
        (SyntheticForeigner(kind=DocumentKind.PERMANENT_2017), {"birth_date": "19801301"}),
    ],
)
def test_a_document_that_contradicts_itself_is_not_used(
    person: SyntheticPermitHolder | SyntheticForeigner, overrides: dict[str, str]
) -> None:
    assert decode(card_of(person, **overrides).text) is Errors.CARD_INCONSISTENT


@pytest.mark.parametrize("kind", OTHERS)
def test_every_kind_expires(kind: DocumentKind) -> None:
    text = card_of(sample_of(kind), valid_from="20200101", valid_until="20261120").text
    assert decode(text) is Errors.CARD_EXPIRED


def test_the_numbers_of_permanent_residents_are_checked() -> None:
    assert is_permanent_resident_number("931586198001010028")
    assert not is_permanent_resident_number("931586198001010027")
    assert not is_permanent_resident_number("11010519491231002X")
    assert is_permanent_resident_number("CAN110180010205")
    assert not is_permanent_resident_number("CAN11018001020")


@given(st.sampled_from(sorted(DocumentKind, key=lambda kind: kind.value)), st.data())
def test_any_damage_to_any_document_is_a_document_or_an_error(
    kind: DocumentKind, data: st.DataObject
) -> None:
    text = bytearray(card_of(sample_of(kind)).text)
    place = data.draw(st.integers(min_value=0, max_value=255))
    damage = data.draw(st.binary(max_size=256 - place))
    text[place : place + len(damage)] = damage
    decoded = decode(bytes(text))
    assert isinstance(decoded, ErrorCode | CitizenCard | ResidencePermit | PermanentResidenceCard)


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_document_shows_nothing_of_the_person(kind: DocumentKind) -> None:
    person = sample_of(kind)
    decoded = decode(card_of(person).text)
    for secret in ("何", "艾", "EXAMPLE", "H0000", "19", person.number):
        assert secret not in repr(decoded)


def test_new_addresses_come_in_the_order_of_the_card() -> None:
    fields = [text.ljust(35).encode("utf-16-le") for text in ("第一处", "第二处", "", "")]
    assert decode_new_addresses(fields[0]) == ("第一处",)
    assert decode_new_addresses(b"".join(fields)) == ("第一处", "第二处")
    assert decode_new_addresses(b"") == ()


@given(st.binary(max_size=600))
def test_any_bytes_are_at_most_four_addresses(data: bytes) -> None:
    addresses = decode_new_addresses(data)
    assert len(addresses) <= 4
    assert all(0 < len(address) <= 35 for address in addresses)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2008, 11, 21), date(2026, 11, 20), 17),
        (date(2008, 11, 21), date(2026, 11, 21), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_is_in_whole_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age
