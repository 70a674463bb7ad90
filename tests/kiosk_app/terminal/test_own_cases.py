"""我的办件: one's own cases, where they stand, and the slip once more, at whichever terminal one stands."""

from __future__ import annotations

import pytest

from contract.sets import CaseState
from foundation.errors import Errors
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import Screen
from tests.fakes import desk as answers
from tests.fakes.kiosk import Kiosk
from tests.fakes.people import a_citizen

MY_CASES = "my-cases"


def among_cases(*open_calls: str) -> Kiosk:
    kiosk = Kiosk()
    for name in open_calls:
        kiosk.desk.answers.pop(name)
    kiosk.start_signed_in(MY_CASES)
    assert kiosk.shows(Screen.QUESTION)
    return kiosk


def labels(kiosk: Kiosk) -> list[str]:
    return [option.label for option in kiosk.question.options]


def test_whoever_signs_in_sees_what_she_handed_in_elsewhere() -> None:
    kiosk = among_cases("list_cases")
    assert kiosk.question.help == kiosk.say("question.fetching_cases")
    assert labels(kiosk) == []
    kiosk.says(answers.cases_found(kiosk.desk.last("list_cases")))
    assert labels(kiosk) == [
        "高龄津贴申领 · 已提交",
        "居住证签注 · 已办结",
    ]
    assert kiosk.question.options[0].hint == "凭条号 200 0200 0007 · 2026-11-20 收到"
    assert len(kiosk.desk.named("list_cases")) == 1


def test_a_case_is_shown_as_it_stands_and_its_slip_is_a_copy_with_its_own_number() -> None:
    kiosk = among_cases()
    kiosk.tap(Wish.CHOOSE, kiosk.question.options[0].value)
    assert (kiosk.result.headline, kiosk.result.receipt_number) == (CaseState.SUBMITTED.zh, "200 0200 0007")
    assert kiosk.result.can_print
    kiosk.tap(Wish.PRINT)
    order = kiosk.desk.last("print_slip").what
    assert order.handed.again
    assert order.handed.receipt_number == "20002000007"
    assert order.handed.code.startswith("DXS1.20002000007.")
    assert order.item.code == "elder-allowance"
    assert order.person == a_citizen().number
    assert not kiosk.desk.named("submit"), "looking is no case of its own"


def test_paper_that_fails_again_is_no_dead_end_either() -> None:
    kiosk = among_cases()
    kiosk.desk.answers["print_slip"] = lambda call: [answers.not_printed(call)]
    kiosk.tap(Wish.CHOOSE, kiosk.question.options[1].value)
    kiosk.tap(Wish.PRINT)
    assert kiosk.result.code.startswith("DXS1.20002000003.")


@pytest.mark.parametrize("wish", [Wish.FINISH, Wish.ANOTHER_MATTER])
def test_what_was_only_looked_at_is_not_rated(wish: Wish) -> None:
    kiosk = among_cases()
    kiosk.tap(Wish.CHOOSE, kiosk.question.options[0].value)
    kiosk.tap(wish)
    assert kiosk.screen is (Screen.FAREWELL if wish is Wish.FINISH else Screen.HOME)


def test_an_id_that_is_not_hers_shows_nothing() -> None:
    kiosk = among_cases()
    kiosk.tap(Wish.CHOOSE, "00000000-0000-4000-b000-999999999999")
    assert kiosk.shows(Screen.QUESTION)


def test_no_case_and_no_answer_are_two_things() -> None:
    kiosk = among_cases("list_cases")
    kiosk.says(answers.no_cases(kiosk.desk.last("list_cases")))
    assert kiosk.question.help == kiosk.say("question.no_cases")
    assert kiosk.question.problem == ""
    kiosk = among_cases("list_cases")
    kiosk.says(answers.no_cases(kiosk.desk.last("list_cases"), Errors.PROVINCE_BUSY))
    assert kiosk.question.problem == kiosk.error(Errors.PROVINCE_BUSY)
    assert kiosk.question.help == ""


def test_an_answer_that_comes_after_she_went_on_changes_nothing() -> None:
    kiosk = among_cases("list_cases")
    call = kiosk.desk.last("list_cases")
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.GUIDE)
    kiosk.says(answers.cases_found(call))
    assert kiosk.shows(Screen.GUIDE)
