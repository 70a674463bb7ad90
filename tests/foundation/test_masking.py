"""Masks and the last line of defence: no number of a person reaches a log."""

from __future__ import annotations

import logging
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.identity_numbers import citizen_number_check
from foundation.masking import (
    RedactingFormatter,
    holds_identity_number,
    mask_address,
    mask_identity_number,
    mask_name,
    mask_telephone,
    redact,
)


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    region = draw(st.integers(110000, 659999))
    born = date(1900, 1, 1) + timedelta(days=draw(st.integers(0, 46_000)))
    first = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first + citizen_number_check(first)


mobile_numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("欧阳娜娜", "欧***"),
        ("王", "*"),
        ("", ""),
        (" 李四 ", "李*"),
        ("阿卜杜拉·买买提", "阿" + "*" * 7),
        ("𠮷田", "𠮷*"),
    ],
)
def test_a_name_keeps_its_first_character(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_numbers_keep_what_field_practice_shows() -> None:
    assert mask_identity_number("11010519491231002X") == "1101**********002X"
    assert mask_identity_number("12345678901") == "*" * 11
    assert mask_telephone("13912345678") == "139****5678"
    assert mask_telephone("12345678") == "*" * 8


def test_an_address_keeps_province_and_city_and_hides_how_long_it_is() -> None:
    assert mask_address("湖北省武汉市江岸区样例路1号") == "湖北省武汉市****"
    assert mask_address("湖北省武汉市江") == "湖北省武汉市****"
    assert mask_address("湖北省") == "***"


@given(st.text(max_size=40))
def test_a_mask_never_shows_more_than_it_promises(text: str) -> None:
    assert len(mask_name(text).replace("*", "")) <= 1
    assert len(mask_identity_number(text).replace("*", "")) <= 8
    assert len(mask_telephone(text).replace("*", "")) <= 7
    assert len(mask_address(text).replace("*", "")) <= 6


@given(identity_numbers(), st.sampled_from(["", " ", "：", "=", "\n", '"', "号码", "(", ","]))
def test_an_identity_number_is_redacted_wherever_it_stands(number: str, beside: str) -> None:
    for written in (number, number.lower()):
        redacted = redact(f"citizen{beside} {written} {beside}end")
        assert written not in redacted
        assert "[identity number]" in redacted
        assert holds_identity_number(f"citizen{beside} {written} {beside}end")
        assert not holds_identity_number(redacted)


@given(mobile_numbers, st.sampled_from(["", " ", "：", "=", '"', "电话", "+"]))
def test_a_mobile_number_is_redacted_wherever_it_stands(number: str, beside: str) -> None:
    redacted = redact(f"call{beside} {number}{beside}.")
    assert number not in redacted
    assert "[mobile]" in redacted


def test_numbers_joined_by_text_without_a_gap_are_redacted_too() -> None:
    assert "11010519491231002X" not in redact("number=11010519491231002X;")
    assert "11010519491231002X" not in redact("号码11010519491231002X，")
    assert "13912345678" not in redact("tel13912345678end")
    for written in ("+8613912345678", "8613912345678", "+86 13912345678", "86-13912345678"):
        assert redact(written) == "[mobile]"


def test_what_belongs_to_nobody_stays_readable() -> None:
    for text in (
        "2026-11-21T02:10:07.123Z",
        "case 6f1a4d2e-0f3b-4c58-9a61-1b2c3d4e5f60",
        "task 11420000010833209R2002014003001",
        "monotonic 123456789012",
        "receipt 00017000042",
        "012345678901234567890123456789",
    ):
        assert redact(text) == text


@given(st.text(max_size=200))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_the_formatter_covers_arguments_tracebacks_and_messages_of_others() -> None:
    formatter = RedactingFormatter("%(levelname)s %(message)s")
    try:
        raise ValueError("UNIQUE constraint failed: '11010519491231002X'")
    except ValueError as error:
        record = logging.LogRecord(
            "library", logging.ERROR, __file__, 1, "for %s, tel %s", ("11010519491231002X", 13912345678),
            (type(error), error, error.__traceback__),
        )  # fmt: skip
    text = formatter.format(record)
    assert text.startswith("ERROR for [identity number], tel [mobile]\nTraceback")
    assert "11010519491231002X" not in text
    assert "13912345678" not in text
