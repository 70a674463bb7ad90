"""Handing in and what comes of it: the words follow the state and never run ahead of it."""

from __future__ import annotations

import msgspec
import pytest

from contract.sets import CaseState
from foundation.errors import ErrorCode, Errors, all_errors
from kiosk_app.matters.answering import AUTHORITY_CHECKS
from kiosk_app.terminal.answers import CaseAnswered
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged
from kiosk_app.terminal.views import Connection, ProgressView, Screen
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk, kiosk_at
from tests.fakes.people import MOBILE, a_citizen


def slow_kiosk(*open_calls: str) -> Kiosk:
    """On the check page of a form that may go offline; these calls are answered by hand."""
    kiosk = kiosk_at(Screen.CHECK)
    for name in open_calls:
        kiosk.desk.answers.pop(name)
    return kiosk


def progress(kiosk: Kiosk) -> ProgressView:
    body = kiosk.view.body
    assert isinstance(body, ProgressView)
    return body


# Saved, submitted


def test_saved_is_said_after_the_commit_and_submitted_after_the_answer() -> None:
    kiosk = slow_kiosk("submit")
    kiosk.tap(Wish.SUBMIT)
    assert progress(kiosk).sentence == kiosk.say("progress.saving")
    call = kiosk.desk.last("submit")
    kiosk.says(answers.committed(call))
    assert progress(kiosk).sentence == kiosk.say("progress.submitting")
    kiosk.wait(2)
    assert progress(kiosk).waiting_for == kiosk.say("progress.waiting_for_province")
    kiosk.says(answers.numbered(call))
    assert kiosk.result.headline == kiosk.say("result.submitted")
    assert kiosk.result.explanation == items.reference_item(items.OFFLINE_FORM).outcome.zh


def test_two_quick_taps_on_submit_are_one_submission() -> None:
    kiosk = slow_kiosk("submit")
    serial = kiosk.view.serial
    for _ in range(3):
        kiosk.tap(Wish.SUBMIT, serial=serial)
    kiosk.tap(Wish.SUBMIT)
    assert len(kiosk.desk.named("submit")) == 1


def test_after_eight_seconds_the_person_hears_that_it_is_saved_here() -> None:
    kiosk = slow_kiosk("submit")
    kiosk.tap(Wish.SUBMIT)
    kiosk.says(answers.committed(kiosk.desk.last("submit")))
    kiosk.wait(7.5)
    assert kiosk.shows(Screen.PROGRESS)
    kiosk.wait(0.5)
    assert kiosk.result.headline == kiosk.say("result.saved_here")
    assert kiosk.result.state == CaseState.SAVED_HERE.zh
    assert kiosk.desk.last("print_slip").what.handed.state is CaseState.SAVED_HERE
    kiosk.says(answers.numbered(kiosk.desk.last("submit")))
    assert kiosk.result.headline == kiosk.say("result.submitted")


def test_nobody_waits_for_a_line_that_has_gone_down() -> None:
    kiosk = slow_kiosk("submit")
    kiosk.tap(Wish.SUBMIT)
    kiosk.says(answers.committed(kiosk.desk.last("submit")))
    kiosk.connection(Connection.OFFLINE)
    kiosk.wait(0.5)
    assert kiosk.result.headline == kiosk.say("result.saved_here")


def test_the_platform_may_be_faster_than_the_disk_tells() -> None:
    kiosk = slow_kiosk("submit")
    kiosk.tap(Wish.SUBMIT)
    call = kiosk.desk.last("submit")
    kiosk.says(answers.numbered(call))
    assert kiosk.shows(Screen.PROGRESS), "not before the commit"
    kiosk.says(answers.committed(call))
    assert kiosk.result.headline == kiosk.say("result.submitted")
    assert len(kiosk.desk.named("print_slip")) == 1


def test_the_word_on_somebody_elses_case_changes_nothing() -> None:
    kiosk = slow_kiosk("submit")
    kiosk.says(CaseAnswered("00000000-0000-4000-8000-999999999999", "42-number", ""))
    kiosk.tap(Wish.SUBMIT)
    call = kiosk.desk.last("submit")
    kiosk.says(CaseAnswered("00000000-0000-4000-8000-999999999998", "43-number", ""))
    kiosk.says(answers.committed(call))
    assert kiosk.shows(Screen.PROGRESS)


@pytest.mark.parametrize("error", [e for e in all_errors().values() if e.code.startswith("STOR")], ids=str)
def test_a_case_that_could_not_be_saved_is_not_called_saved(error: ErrorCode) -> None:
    kiosk = slow_kiosk("submit")
    kiosk.tap(Wish.SUBMIT)
    kiosk.says(answers.not_committed(kiosk.desk.last("submit"), error))
    assert kiosk.result.headline == kiosk.say("result.not_submitted")
    assert kiosk.result.explanation == kiosk.error(error)
    assert (kiosk.result.state, kiosk.result.receipt_number) == ("", "")
    assert not kiosk.desk.named("print_slip")
    kiosk.tap(Wish.RETRY)
    kiosk.says(answers.committed(kiosk.desk.last("submit")), answers.numbered(kiosk.desk.last("submit")))
    assert kiosk.result.headline == kiosk.say("result.submitted")
    assert len(kiosk.desk.named("submit")) == 2


def test_what_needs_the_province_is_not_saved_for_later_when_the_line_breaks() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.ONLINE_FORM)
    kiosk.answer("same", "study", "20250901", MOBILE)
    kiosk.connection(Connection.OFFLINE)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.explanation == kiosk.error(Errors.ITEM_NOT_OFFLINE)
    assert not kiosk.desk.named("submit")
    kiosk.tap(Wish.RETRY)
    assert kiosk.shows(Screen.RESULT)
    kiosk.connection(Connection.CONNECTED)
    kiosk.tap(Wish.RETRY)
    assert kiosk.result.headline == kiosk.say("result.submitted")
    assert kiosk.desk.last("submit").what.answers["mobile"] == MOBILE


@pytest.mark.parametrize("code", [Errors.EVENT_REFUSED.code, "NEWER-01"])
def test_a_refused_case_says_so_and_gets_no_slip(code: str) -> None:
    kiosk = slow_kiosk("submit")
    kiosk.tap(Wish.SUBMIT)
    call = kiosk.desk.last("submit")
    kiosk.says(answers.committed(call), answers.refused(call, code))
    assert kiosk.result.tone == "attention"
    assert kiosk.result.headline == kiosk.say("result.not_submitted")
    assert kiosk.result.explanation == kiosk.error(Errors.EVENT_REFUSED)
    assert kiosk.result.receipt_number, "it is asked for on the telephone"
    assert kiosk.result.state == ""
    assert not kiosk.result.can_print
    kiosk.tap(Wish.PRINT)
    assert not kiosk.desk.named("print_slip")


def test_a_case_being_saved_cannot_be_left_for_another_matter() -> None:
    kiosk = slow_kiosk("submit")
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, items.CALL_BACK)
    assert kiosk.shows(Screen.HELP)
    call = kiosk.desk.last("submit")
    kiosk.says(answers.committed(call), answers.numbered(call))
    assert kiosk.shows(Screen.HELP), "nobody is pulled out of the help"
    kiosk.tap(Wish.CLOSE_HELP)
    assert kiosk.result.headline == kiosk.say("result.submitted")


# Slips


def test_a_slip_says_done_only_when_the_printer_has_said_so() -> None:
    kiosk = slow_kiosk("print_slip")
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.slip_text == kiosk.say("slip.printing")
    assert not kiosk.result.can_print
    kiosk.says(answers.printed(kiosk.desk.last("print_slip")))
    assert kiosk.result.slip_text == kiosk.say("slip.done")
    kiosk.tap(Wish.PRINT)
    assert len(kiosk.desk.named("print_slip")) == 1


@pytest.mark.parametrize(
    "error", [e for e in all_errors().values() if e.code.startswith("PRNT") and e.code != "PRNT-005"], ids=str
)
def test_a_slip_that_did_not_come_out_can_be_asked_for_again(error: ErrorCode) -> None:
    kiosk = slow_kiosk("print_slip")
    kiosk.tap(Wish.SUBMIT)
    kiosk.says(answers.not_printed(kiosk.desk.last("print_slip"), error))
    assert kiosk.result.slip_text == kiosk.error(error)
    assert kiosk.result.headline == kiosk.say("result.submitted"), "the matter is not affected"
    kiosk.tap(Wish.PRINT)
    kiosk.says(answers.printed(kiosk.desk.last("print_slip")))
    assert kiosk.result.slip_text == kiosk.say("slip.done")


def test_a_slip_of_which_nobody_knows_is_not_printed_twice() -> None:
    kiosk = slow_kiosk("print_slip")
    kiosk.tap(Wish.SUBMIT)
    kiosk.says(answers.perhaps_printed(kiosk.desk.last("print_slip")))
    assert kiosk.result.slip_text == kiosk.error(Errors.PRINT_OUTCOME_UNKNOWN)
    assert not kiosk.result.can_print
    kiosk.tap(Wish.PRINT)
    assert len(kiosk.desk.named("print_slip")) == 1


def test_without_a_printer_the_number_is_to_be_noted() -> None:
    kiosk = slow_kiosk()
    kiosk.says(CapabilitiesChanged(ALL_CAPABILITIES - {"slip"}, demonstration=False))
    kiosk.tap(Wish.SUBMIT)
    assert not kiosk.desk.named("print_slip")
    assert kiosk.result.slip_text == kiosk.say("slip.on_screen")
    assert not kiosk.result.can_print
    assert kiosk.result.receipt_number


def test_the_slip_of_the_first_matter_is_never_taken_for_that_of_the_second() -> None:
    kiosk = slow_kiosk("print_slip")
    kiosk.tap(Wish.SUBMIT)
    first = kiosk.desk.last("print_slip")
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.tap(Wish.SKIP_RATING)
    kiosk.start(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    kiosk.says(answers.printed(first))
    assert kiosk.result.slip.value == "none"
    kiosk.tap(Wish.PRINT)
    assert kiosk.desk.last("print_slip").what.item.code == items.QUERY
    kiosk.says(answers.printed(kiosk.desk.last("print_slip")))
    assert kiosk.result.slip.value == "done"


def test_the_second_slip_waits_for_the_word_on_the_first() -> None:
    kiosk = slow_kiosk("print_slip")
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.tap(Wish.SKIP_RATING)
    kiosk.start(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.PRINT)
    assert len(kiosk.desk.named("print_slip")) == 1
    kiosk.says(answers.not_printed(kiosk.desk.last("print_slip")))
    assert kiosk.result.slip.value == "printing", "that was the first"
    kiosk.says(answers.printed(kiosk.desk.last("print_slip")))
    assert kiosk.result.slip.value == "done"


def test_a_slip_carries_the_masked_answers_the_language_and_the_size_of_the_person() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.LICENCE_FORM)
    kiosk.answer(AUTHORITY_CHECKS, "care", "other_account", MOBILE)
    kiosk.tap(Wish.LANGUAGE)
    kiosk.tap(Wish.ELDER)
    kiosk.tap(Wish.SUBMIT)
    order = kiosk.desk.last("print_slip").what
    assert (order.language, order.large, order.name) == ("en", True, a_citizen().name)
    assert order.shown == {
        "subsidies": "Care subsidy",
        "payment": "Another account",
        "mobile": "138****4567",
    }, "what the authority looks up itself is no answer to print"


def test_a_matter_without_a_slip_offers_none() -> None:
    form = msgspec.structs.replace(items.a_form("form", items.a_step("first", "choice")), slip=[])
    kiosk = Kiosk(items.a_batch_of(form))
    kiosk.start_signed_in("form")
    kiosk.answer("one")
    kiosk.tap(Wish.SUBMIT)
    assert not kiosk.desk.named("print_slip")
    assert (kiosk.result.can_print, kiosk.result.slip_text) == (False, "")
