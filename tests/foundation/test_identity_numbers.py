"""Numbers with a check digit: the samples of the standards pass, and no single slip does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.identity_numbers import (
    citizen_birth_date,
    citizen_number_check,
    is_citizen_number,
    is_mobile_number,
    is_unified_social_credit_code,
)

CITIZEN = "11010519491231002X"
"""The sample that circulates with GB 11643-1999."""
PERMANENT_RESIDENT = "931586198001010028"
"""永居 2023: 18 figures with the same check."""
DEPARTMENT = "11420000010833209R"
"""湖北省人力资源和社会保障厅, public."""
INSTITUTION = "12441500196720244T"


def test_the_samples_pass() -> None:
    assert is_citizen_number(CITIZEN)
    assert is_citizen_number(CITIZEN.lower())
    assert is_citizen_number(PERMANENT_RESIDENT)
    assert is_unified_social_credit_code(DEPARTMENT)
    assert is_unified_social_credit_code(INSTITUTION)


@pytest.mark.parametrize(
    "number",
    [
        "",
        CITIZEN[:-1],
        CITIZEN + "0",
        CITIZEN[:-1] + "0",
        "11010519490231002X",
        "１１０１０５１９４９１２３１００２X",
        "11010519491231００2X",
        "1101051949123100²X",
        " " + CITIZEN[1:],
        "abcdefghijklmnopqr",
    ],
)
def test_what_is_no_citizen_number_is_refused(number: str) -> None:
    assert not is_citizen_number(number)


@given(st.text(max_size=24))
def test_any_text_is_answered_and_never_raises(text: str) -> None:
    assert is_citizen_number(text) in (True, False)
    assert is_unified_social_credit_code(text) in (True, False)
    assert is_mobile_number(text) in (True, False)


@given(
    st.dates(date(1900, 1, 1), date(2026, 11, 21)), st.integers(0, 999), st.integers(0, 17), st.integers(1, 9)
)
def test_the_check_finds_every_single_wrong_figure(born: date, running: int, at: int, shift: int) -> None:
    first = f"420102{born:%Y%m%d}{running:03}"
    number = first + citizen_number_check(first)
    assert is_citizen_number(number)
    assert citizen_birth_date(number) == born
    if number[at].isdigit():
        wrong = number[:at] + str((int(number[at]) + shift) % 10) + number[at + 1 :]
        assert not is_citizen_number(wrong)


def test_a_day_that_never_was_is_no_birth_date() -> None:
    assert citizen_birth_date(CITIZEN) == date(1949, 12, 31)
    assert citizen_birth_date("420102190002290000") is None, "1900 was no leap year"
    assert citizen_birth_date("42010220000229") == date(2000, 2, 29)
    assert citizen_birth_date("4201022000") is None
    assert citizen_birth_date("420102200013010000") is None


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_no_single_wrong_character_of_a_credit_code_passes(at: int, character: str) -> None:
    wrong = DEPARTMENT[:at] + character + DEPARTMENT[at + 1 :]
    assert is_unified_social_credit_code(wrong) == (wrong == DEPARTMENT)


@pytest.mark.parametrize(
    "code", ["", DEPARTMENT[:-1], DEPARTMENT.lower(), DEPARTMENT[:-1] + "I", DEPARTMENT + "R"]
)
def test_what_is_no_credit_code_is_refused(code: str) -> None:
    assert not is_unified_social_credit_code(code)


@pytest.mark.parametrize(
    ("number", "mobile"),
    [
        ("13900000000", True),
        ("19999999999", True),
        ("12345678901", False),
        ("1390000000", False),
        ("139000000000", False),
        ("02787654321", False),
        ("139 0000 000", False),
        ("1３900000000", False),
        ("", False),
    ],
)
def test_a_mobile_number_has_eleven_figures_and_begins_with_13_to_19(number: str, mobile: bool) -> None:
    assert is_mobile_number(number) is mobile


def test_birth_dates_are_days_apart_as_people_are() -> None:
    for days in (1, 365, 36_500):
        born = date(1949, 12, 31) - timedelta(days=days)
        assert citizen_birth_date(f"110105{born:%Y%m%d}0020") == born
