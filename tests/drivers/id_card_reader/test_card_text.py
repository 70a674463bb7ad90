from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.card_text import decode_card
from drivers.id_card_reader.device import CitizenCard, Document, DocumentKind
from drivers.id_card_reader.layouts import CITIZEN_FIELDS, LAYOUTS, encode_fields
from foundation.errors import ErrorCode, Errors
from foundation.identity_numbers import is_citizen_number

TODAY = date(2026, 11, 21)
PHOTO = bytes(1024)


def decode(text: bytes, today: date = TODAY) -> Document | ErrorCode:
    return decode_card(text, PHOTO, today)


def card(citizen: SyntheticCitizen | None = None) -> bytes:
    return card_of(citizen or SyntheticCitizen()).text


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_fields_cover_the_256_bytes_without_gap_or_overlap(kind: DocumentKind) -> None:
    end = 0
    for offset, length in LAYOUTS[kind].fields.values():
        assert offset == end
        end = offset + length
    assert end == 256


def test_a_citizens_card_is_read_as_it_stands_there() -> None:
    citizen = SyntheticCitizen(valid_until=date(2035, 6, 1))
    assert decode(card(citizen)) == CitizenCard(
        name="张丽华",
        sex_code="2",
        ethnicity_code="01",
        birth_date=date(1953, 4, 12),
        address="湖北省武汉市江岸区虚构路一号",
        number=citizen.number,
        issuing_authority="武汉市公安局江岸分局",
        valid_from=date(2015, 6, 1),
        valid_until=date(2035, 6, 1),
        photo=PHOTO,
    )


def test_a_card_without_end_has_no_last_day() -> None:
    decoded = decode(card(SyntheticCitizen(valid_until=None)))
    assert isinstance(decoded, CitizenCard)
    assert decoded.valid_until is None


@pytest.mark.parametrize("name", ["𠮷䶮", "欧阳·买买提·吐尔逊", "王"])
def test_rare_and_long_names_come_through(name: str) -> None:
    decoded = decode(card(SyntheticCitizen(name=name)))
    assert isinstance(decoded, CitizenCard)
    assert decoded.name == name


@pytest.mark.parametrize("mark", ["J", "I", "Y", "Z", "\0", "0", "　"])
def test_any_other_mark_is_another_document_and_never_a_citizen(mark: str) -> None:
    assert decode(card(SyntheticCitizen(mark=mark))) is Errors.CARD_NOT_SUPPORTED


@pytest.mark.parametrize(
    "overrides",
    [
        {"number": SyntheticCitizen().number[:17] + "0"},
        {"number": ""},
        {"birth_date": "19530413"},
        {"birth_date": "19530431"},
        {"birth_date": "        "},
        {"sex_code": "1"},
        {"sex_code": "0"},
        {"ethnicity_code": "X1"},
        {"ethnicity_code": ""},
        {"name": ""},
        {"valid_from": "20161301"},
        {"valid_until": "20150531"},
        {"valid_until": "長期"},
        {"valid_until": "２０３５０６０１"},
    ],
)
def test_a_card_that_contradicts_itself_is_not_used(overrides: dict[str, str]) -> None:
    assert decode(card_of(SyntheticCitizen(), **overrides).text) is Errors.CARD_INCONSISTENT


def test_text_that_is_no_text_is_inconsistent() -> None:
    text = bytearray(card())
    text[0:2] = b"\x00\xd8"  # half of a surrogate pair
    assert decode(bytes(text)) is Errors.CARD_INCONSISTENT


def test_a_card_is_good_on_its_last_day_and_expired_on_the_next() -> None:
    last_day = date(2026, 11, 21)
    text = card(SyntheticCitizen(valid_until=last_day))
    assert isinstance(decode(text, last_day), CitizenCard)
    assert decode(text, last_day + timedelta(days=1)) is Errors.CARD_EXPIRED


def test_a_text_of_another_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="256 bytes"):
        decode(bytes(255))


@given(st.binary(min_size=256, max_size=256))
def test_any_256_bytes_are_a_card_or_an_error(text: bytes) -> None:
    assert isinstance(decode(text), ErrorCode)


@given(st.binary(max_size=200), st.integers(min_value=0, max_value=255))
def test_any_damage_to_a_card_is_a_card_or_an_error(damage: bytes, place: int) -> None:
    text = bytearray(card())
    damage = damage[: 256 - place]
    text[place : place + len(damage)] = damage
    assert isinstance(decode(bytes(text)), ErrorCode | CitizenCard)


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)),
    st.integers(min_value=0, max_value=999),
)
def test_every_synthetic_citizen_is_consistent(birth: date, serial: int) -> None:
    citizen = SyntheticCitizen(birth_date=birth, serial=f"{serial:03d}")
    assert is_citizen_number(citizen.number)
    assert isinstance(decode(card(citizen)), CitizenCard)


def test_a_text_too_long_for_its_field_is_refused_without_naming_it() -> None:
    with pytest.raises(ValueError, match="the field name holds 15 characters"):
        encode_fields({"name": "王" * 16}, CITIZEN_FIELDS, " ")


def test_a_card_shows_nothing_of_the_person() -> None:
    decoded = decode(card())
    assert isinstance(decoded, CitizenCard)
    for shown in (
        repr(decoded),
        str(decoded),
        f"{decoded}",
        repr([decoded]),
        repr(card_of(SyntheticCitizen())),
    ):
        for secret in ("张", "4201", "1953", "江岸", "虚构"):
            assert secret not in shown
