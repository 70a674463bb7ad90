"""What the departments behind the platform answer, for whom, and when they have nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from contract.answers import QueryResult
from contract.sets import QueryOutcome
from foundation.identity_numbers import is_citizen_number
from province_platform.cards import is_consistent
from province_platform.departments import pension_payments
from province_platform.reference_people import Pension, find_person, reference_people
from province_platform.reference_sites import REGIONS, reference_sites, region_of
from tests.province_platform.terminals import EnrolledTerminal


def ask(terminal: EnrolledTerminal, person_id: str, item: str, given: dict[str, Any] | None) -> QueryResult:
    token = terminal.with_token(terminal.sign_in(person_id))
    body = {"sealed": terminal.seal(given) if given is not None else ""}
    answer = terminal.call("POST", f"/v1/queries/{item}", json=body, headers=token)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=QueryResult)


@pytest.mark.parametrize(("period", "months"), [("3", 3), ("6", 6), ("12", 12), (None, 3), ("99", 3)])
def test_a_pensioner_sees_the_months_that_she_asked_for(
    terminal: EnrolledTerminal, period: str | None, months: int
) -> None:
    given = None if period is None else {"period": period}
    result = ask(terminal, "wang-xiuying", "pension-payments", given)
    assert result.outcome is QueryOutcome.FOUND
    assert len(result.facts) == months + 2
    assert result.facts[months].label.zh == f"{months}个月合计"


def test_payments_run_back_over_the_new_year_and_begin_with_one_that_was_made() -> None:
    person = find_person("wang-xiuying")
    assert person is not None
    assert person.pension == Pension(monthly_fen=318_642, pay_day=15, account_ending="6217")
    before_pay_day = pension_payments(person, {"period": "3"}, date(2027, 1, 14))
    assert [fact.label.zh for fact in before_pay_day.facts[:3]] == ["2026年12月", "2026年11月", "2026年10月"]
    on_pay_day = pension_payments(person, {"period": "3"}, date(2027, 1, 15))
    assert [fact.label.en for fact in on_pay_day.facts[:3]] == [
        "January 2027",
        "December 2026",
        "November 2026",
    ]
    assert [fact.value for fact in on_pay_day.facts[2:4]] == ["3,186.42元（11-15到账）", "9,559.26元"]
    english = [fact.said("en") for fact in on_pay_day.facts[2:5]]
    assert english == ["CNY 3,186.42 (paid on 15 November)", "CNY 9,559.26", "6217"]


def test_who_has_no_pension_gets_a_sentence_that_says_what_to_do(terminal: EnrolledTerminal) -> None:
    result = ask(terminal, "zhao-yan", "pension-payments", {"period": "3"})
    assert (result.outcome, result.facts) == (QueryOutcome.NOTHING, [])
    assert result.explanation is not None
    assert "12333" in result.explanation.zh


def test_a_query_without_a_department_says_so(terminal: EnrolledTerminal) -> None:
    result = ask(terminal, "wang-xiuying", "something-new", {})
    assert result.outcome is QueryOutcome.REFUSED
    assert result.explanation is not None


def test_a_question_that_is_not_sealed_is_refused(terminal: EnrolledTerminal) -> None:
    token = terminal.with_token(terminal.sign_in())
    for sealed in ("open", terminal.seal(["no", "object"])):
        answer = terminal.call("POST", "/v1/queries/pension-payments", json={"sealed": sealed}, headers=token)
        assert (answer.status_code, answer.json()["code"]) == (400, "PROV-007")


def test_a_licence_is_found_for_who_holds_it_and_its_number_is_masked(terminal: EnrolledTerminal) -> None:
    question = {"kind": "household_register", "item_code": "elder-allowance"}
    holder, other = (terminal.with_token(terminal.sign_in(each)) for each in ("wang-xiuying", "zhao-yan"))
    found = terminal.call("POST", "/v1/licences", json=question, headers=holder).json()["licence"]
    assert found["title"]["zh"] == "居民户口簿"
    assert found["number"] == "4299**********0026"
    assert terminal.call("POST", "/v1/licences", json=question, headers=other).json() == {"licence": None}


def test_the_reference_people_are_well_formed_and_nobody() -> None:
    people = reference_people()
    assert len({person.person_id for person in people}) == len(people)
    for person in people:
        assert is_citizen_number(person.identity.number)
        assert is_consistent(person.identity)
        assert person.identity.number.startswith("429999"), "GB/T 2260 never gave this region out"
        assert person.identity.name not in repr(person)


def test_the_reference_sites_lie_in_the_17_regions() -> None:
    assert len(REGIONS) == 17
    sites = reference_sites()
    assert len({site.site_id for site in sites}) == len(sites)
    assert all(region_of(site.region_code) for site in sites)
    assert region_of("429021000000") == "429021"
    assert region_of("110000000000") == ""
