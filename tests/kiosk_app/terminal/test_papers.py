"""What a person takes along: offered when it can be had, said to be printed when it is, never a dead end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.errors import Errors
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import CapabilitiesChanged
from kiosk_app.terminal.views import Connection, Screen, SlipState
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.calls import Call
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk
from tests.fakes.people import a_citizen

WITH_A4 = ALL_CAPABILITIES | {"document_printer"}


def at_result(*open_calls: str, capabilities: frozenset[str] = WITH_A4, **desk: Any) -> Kiosk:
    """A query was answered; these calls are answered by hand, and those as the test says."""
    kiosk = Kiosk(capabilities=capabilities)
    for name, said in desk.items():
        kiosk.desk.answers[name] = partial(_only, said)
    for name in open_calls:
        kiosk.desk.answers.pop(name)
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.RESULT)
    return kiosk


def offered(kiosk: Kiosk) -> bool:
    return kiosk.result.can_print_document


def _only(said: Any, call: Call) -> list[Message]:
    return [said(call)]


def test_the_page_is_offered_with_its_pages_and_said_to_be_printed_after_the_printers_word() -> None:
    kiosk = at_result("print_document")
    assert kiosk.result.document_text == kiosk.say("document.offered", pages=2)
    assert offered(kiosk)
    kiosk.tap(Wish.PRINT_DOCUMENT)
    assert kiosk.result.document.value == "printing"
    assert not offered(kiosk)
    kiosk.says(answers.document_printed(kiosk.desk.last("print_document")))
    assert kiosk.result.document_text == kiosk.say("document.done", pages=2)
    assert kiosk.result.code == "", "there is paper"


def test_two_taps_are_one_print() -> None:
    kiosk = at_result("print_document")
    for _ in range(3):
        kiosk.tap(Wish.PRINT_DOCUMENT)
    assert len(kiosk.desk.named("print_document")) == 1


def test_what_is_printed_is_of_this_session_and_this_case_with_its_number() -> None:
    kiosk = at_result()
    order = kiosk.desk.last("make_document").what
    assert order.session_id == kiosk.desk.last("make_document").session_id
    assert order.person == a_citizen().number
    assert order.handed.case_number, "set again when the number came"
    assert a_citizen().number not in repr(order)
    kiosk.tap(Wish.PRINT_DOCUMENT)
    assert kiosk.desk.last("print_document").what == order.handed.case_id


@pytest.mark.parametrize(
    ("said", "state", "sentence"),
    [
        (answers.document_not_printed, SlipState.NOT_DONE, Errors.DOCUMENT_PRINTER_NO_PAPER),
        (answers.document_perhaps_printed, SlipState.UNKNOWN, Errors.DOCUMENT_OUTCOME_UNKNOWN),
    ],
)
def test_paper_that_did_not_come_or_may_not_have_turns_into_the_number_and_its_code(
    said: Any, state: SlipState, sentence: Any
) -> None:
    kiosk = at_result(print_document=said)
    kiosk.tap(Wish.PRINT_DOCUMENT)
    assert kiosk.result.document is state
    assert kiosk.result.document_text == kiosk.error(sentence)
    assert kiosk.result.code == answers.slip_code_of(kiosk.desk.last("submit"))
    assert kiosk.result.can_print_document is (state is SlipState.NOT_DONE)


def test_unknown_is_not_printed_again() -> None:
    kiosk = at_result(print_document=answers.document_perhaps_printed)
    kiosk.tap(Wish.PRINT_DOCUMENT)
    kiosk.tap(Wish.PRINT_DOCUMENT)
    assert len(kiosk.desk.named("print_document")) == 1


@pytest.mark.parametrize("said", [answers.not_printed, answers.perhaps_printed])
def test_a_slip_that_did_not_come_turns_into_the_number_and_its_code(said: Any) -> None:
    kiosk = at_result(print_slip=said)
    assert kiosk.result.code == ""
    kiosk.tap(Wish.PRINT)
    assert kiosk.result.code == answers.slip_code_of(kiosk.desk.last("submit"))


def test_paper_that_is_out_before_shows_the_code_at_once() -> None:
    kiosk = at_result(capabilities=WITH_A4 - {"slip"})
    assert kiosk.result.code
    kiosk.says(CapabilitiesChanged(WITH_A4, demonstration=False))
    assert kiosk.result.code == ""


def test_where_no_page_can_be_printed_the_person_hears_where_it_can() -> None:
    kiosk = at_result(capabilities=ALL_CAPABILITIES)
    assert kiosk.result.document_text == kiosk.say("document.not_here")
    assert kiosk.result.code
    assert not kiosk.desk.named("make_document")


def test_a_page_that_cannot_be_set_is_not_offered() -> None:
    kiosk = at_result(make_document=answers.document_not_made)
    assert kiosk.result.document_text == kiosk.say("document.not_here")
    assert not kiosk.result.can_print_document
    assert kiosk.result.code


def test_a_printer_that_goes_away_takes_its_offer_along() -> None:
    kiosk = at_result()
    kiosk.says(CapabilitiesChanged(ALL_CAPABILITIES, demonstration=False))
    assert not kiosk.result.can_print_document
    kiosk.tap(Wish.PRINT_DOCUMENT)
    assert not kiosk.desk.named("print_document")


def test_nobody_is_sent_away_while_the_printer_works() -> None:
    kiosk = at_result("print_document")
    kiosk.tap(Wish.PRINT_DOCUMENT)
    kiosk.wait(55)
    assert kiosk.shows(Screen.RESULT)
    assert kiosk.view.idle_warning is None


def test_whoever_leaves_while_it_prints_is_reminded_of_paper_that_may_come() -> None:
    kiosk = at_result("print_document", "end_session")
    kiosk.tap(Wish.PRINT_DOCUMENT)
    call = kiosk.desk.last("print_document")
    kiosk.tap(Wish.END)
    assert not kiosk.farewell.take_paper
    kiosk.says(answers.document_perhaps_printed(call))
    assert kiosk.farewell.take_paper


def test_an_application_that_was_kept_here_can_be_printed_too() -> None:
    kiosk = Kiosk(capabilities=WITH_A4, connected=False)
    kiosk.start_signed_in(items.OFFLINE_FORM)
    kiosk.answer("authority_checks", "social_security_card", "alone", "-")
    kiosk.tap(Wish.SUBMIT)
    kiosk.connection(Connection.OFFLINE)
    kiosk.wait(9)
    assert kiosk.result.can_print_document
    order = kiosk.desk.last("make_document").what
    assert order.shown["payment"] == "社会保障卡"


_PRINTERS_SAY: dict[str, tuple[Callable[[Call], Message], ...]] = {
    "make_document": (answers.document_made, answers.document_not_made),
    "print_document": (
        answers.document_printed,
        answers.document_not_printed,
        answers.document_perhaps_printed,
    ),
    "print_slip": (answers.printed, answers.not_printed, answers.perhaps_printed),
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["print", "print", "a4", "a4", "answer", "answer", "answer", "come", "go"]),
        max_size=25,
    ),
    st.data(),
)
def test_whatever_happens_printed_is_the_printers_word_and_nothing_comes_twice(
    happenings: list[str], data: st.DataObject
) -> None:
    kiosk = at_result(*_PRINTERS_SAY)
    told: dict[str, list[str]] = {name: [] for name in _PRINTERS_SAY}
    answered = {0}
    for happening in happenings:
        waiting = [
            call for call in kiosk.desk.calls if call.name in _PRINTERS_SAY and call.number not in answered
        ]
        if happening == "print":
            kiosk.tap(Wish.PRINT)
        elif happening == "a4":
            kiosk.tap(Wish.PRINT_DOCUMENT)
        elif happening in ("come", "go"):
            there = WITH_A4 if happening == "come" else ALL_CAPABILITIES - {"slip"}
            kiosk.says(CapabilitiesChanged(there, demonstration=False))
        elif waiting:
            said = data.draw(st.sampled_from(_PRINTERS_SAY[waiting[0].name]))
            told[waiting[0].name].append(said.__name__)
            answered.add(waiting[0].number)
            kiosk.says(said(waiting[0]))
        result = kiosk.result
        assert (result.slip is SlipState.DONE) == ("printed" in told["print_slip"])
        assert (result.document is SlipState.DONE) == ("document_printed" in told["print_document"])
        for name, final in (
            ("print_slip", ("printed", "perhaps_printed")),
            ("print_document", ("document_printed", "document_perhaps_printed")),
        ):
            assert sum(told[name].count(each) for each in final) <= 1, "nothing comes twice"
        failed = {SlipState.NOT_DONE, SlipState.UNKNOWN} & {result.slip, result.document}
        assert not failed or result.code, "no dead end"
