"""What fits a question, what does not, and how an answer is shown again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.answers import QueryResult
from contract.items import LocalText, Source, Step
from contract.sets import QueryOutcome
from foundation.identity_numbers import is_citizen_number, is_mobile_number
from kiosk_app.matters.answering import (
    checked_fields,
    discreet_result,
    identity_answers,
    identity_value,
    masked,
    schema_problem,
    shown_value,
    typed_day,
    typed_key,
    typed_problem,
    typed_value,
)
from kiosk_app.matters.days import said_day
from tests.fakes import items
from tests.fakes.discretion import found_in
from tests.fakes.kiosk import all_words
from tests.fakes.people import MOBILE, a_citizen, a_fact, secrets_of

FORM = items.a_form(
    "form",
    items.a_step("number", "digits", format="identity_number", allow_x=True),
    items.a_step("mobile", "digits", format="mobile", maximum_length=11),
    items.a_step("day", "date"),
    items.a_step("note", "digits", optional=True, maximum_length=4),
    sources={"name": "identity.name", "address": "identity.address", "licence": "licence"},
)
NUMBER, PHONE, DAY, NOTE = FORM.steps


def typed_on(step: Step, keys: list[str]) -> str:
    typed = ""
    for key in keys:
        typed = typed_key(step, typed, key)
    return typed


@given(
    st.lists(
        st.one_of(st.sampled_from([*"0123456789X", "delete", "clear"]), st.text(max_size=3)), max_size=40
    )
)
def test_whatever_is_pressed_the_field_holds_figures_and_never_too_many(keys: list[str]) -> None:
    for step in FORM.steps:
        typed = typed_on(step, keys)
        most = 8 if step is DAY else step.maximum_length
        assert len(typed) <= most
        assert typed[:-1].isdigit() or len(typed) <= 1
        assert set(typed) <= set("0123456789X" if step.allow_x else "0123456789")
        assert "X" not in typed[: most - 1], "an X stands at the end of a number and nowhere else"


@given(st.text(alphabet="0123456789X", max_size=18))
def test_a_number_is_accepted_exactly_when_its_check_digit_is_right(typed: str) -> None:
    assert (typed_problem(NUMBER, typed) == "") == is_citizen_number(typed)
    assert (typed_problem(PHONE, typed) == "") == is_mobile_number(typed)
    assert (typed_problem(DAY, typed) == "") == (typed_day(typed) is not None)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20240229", "2024-02-29"),
        ("20250229", None),
        ("2024022", None),
        ("00000000", None),
        ("99991231", "9999-12-31"),
        ("２０２４０２２９", None),
        ("²²²²²²²²", None),
    ],
)
def test_eight_figures_are_a_day_or_none(typed: str, day: str | None) -> None:
    found = typed_day(typed)
    assert (found.isoformat() if found else None) == day


def test_an_empty_answer_is_fine_only_where_it_may_be_left_out() -> None:
    assert typed_problem(NOTE, "") == ""
    assert typed_problem(PHONE, "") == "question.type_something"


def test_days_go_over_the_wire_as_days() -> None:
    assert typed_value(DAY, "20240229") == "2024-02-29"
    assert typed_value(PHONE, MOBILE) == MOBILE


def test_ten_thousand_characters_are_one_key_that_is_not_on_the_pad() -> None:
    assert typed_key(NUMBER, "12", "1" * 10_000) == "12"
    assert typed_problem(PHONE, "1" * 10_000) == "question.not_a_mobile_number"


def test_what_the_identity_says_needs_no_question() -> None:
    citizen = a_citizen()
    assert identity_answers(FORM, citizen) == {"name": citizen.name, "address": citizen.address}
    assert identity_answers(FORM, None) == {}
    assert identity_value(Source.BIRTH_DATE, citizen) == citizen.birth_date
    assert identity_value(Source.LICENCE, citizen) == ""


def test_the_check_page_shows_what_is_known_in_its_order() -> None:
    given_answers: dict[str, str | list[str]] = {"mobile": MOBILE}
    assert checked_fields(FORM, a_citizen(), given_answers) == ["name", "address", "mobile", "note"]
    assert checked_fields(FORM, None, {}) == ["note"]


@pytest.mark.parametrize("source", Source, ids=lambda source: source.value)
def test_no_source_of_an_identity_is_shown_in_clear(source: Source) -> None:
    value = identity_value(source, a_citizen())
    assert not found_in(masked(source, value), secrets_of(a_citizen()))


def test_numbers_of_people_are_masked_again_when_they_are_shown() -> None:
    assert shown_value(FORM, NUMBER, a_citizen().number, "zh", None) == "4201**********002X"
    assert shown_value(FORM, PHONE, MOBILE, "zh", None) == "138****4567"
    assert shown_value(FORM, DAY, "2024-02-29", "zh", None) == "2024-02-29"


@given(
    before=st.text(max_size=20),
    after=st.text(max_size=20),
    secret=st.sampled_from([a_citizen().name, a_citizen().number, a_citizen().address, MOBILE]),
)
def test_whatever_a_result_says_around_it_the_person_is_masked(before: str, after: str, secret: str) -> None:
    text = f"{before}，{secret} {after}"
    told = QueryResult(outcome=QueryOutcome.FOUND, facts=[a_fact(text)], explanation=LocalText(text, text))
    shown = discreet_result(told, a_citizen())
    assert not found_in(shown, [secret])
    assert shown.outcome is QueryOutcome.FOUND


def test_figures_that_name_nobody_stay_readable() -> None:
    for text in ("3,215.60 元", "2026年10月15日", "12345", "11420000010833209R2002014005001"):
        told = QueryResult(outcome=QueryOutcome.FOUND, facts=[a_fact(text)])
        assert discreet_result(told, None).facts[0].value == text
        assert discreet_result(told, a_citizen()).facts[0].value == text


def test_a_misfit_is_named_by_its_field_and_never_by_its_value() -> None:
    form = items.a_form(
        "form",
        items.a_step("choice", "choice"),
        items.a_step("things", "several"),
        properties={
            "choice": {"type": "string", "enum": ["one"]},
            "things": {"type": "array", "items": {"type": "string", "enum": ["one", "two"]}, "minItems": 1},
        },
    )
    assert schema_problem(form, {"choice": "one", "things": ["one"]}) == ""
    assert schema_problem(form, {"choice": "two", "things": ["one"]}) == "choice"
    assert schema_problem(form, {"choice": "one", "things": ["three"]}) == "things"
    assert schema_problem(form, {"choice": "one", "things": []}) == "things"
    assert schema_problem(form, {"choice": "one"}) == "things"
    form.schema["additionalProperties"] = False
    assert schema_problem(form, {"choice": "one", "things": ["one"], "more": "1"}) == "form"


def test_a_day_is_said_as_people_say_it() -> None:
    assert said_day("2026-12-06", all_words()["zh"]) == "12月6日（星期日）"
    assert said_day("2026-12-06", all_words()["en"]) == "Sunday, 6 December"
    assert said_day("", all_words()["en"]) == ""
