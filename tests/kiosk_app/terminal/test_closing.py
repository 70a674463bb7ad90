"""Handing in and what comes of it: the words follow the state and never run ahead of it."""

from __future__ import annotations

import msgspec
import pytest

from contract.items import LocalText
from contract.sets import CaseState, QueryOutcome
from foundation.errors import ErrorCode, Errors, all_errors
from kiosk_app.matters.answering import AUTHORITY_CHECKS
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged, CaseAnswered, QueryAnswered
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


def slow_query() -> Kiosk:
    kiosk = Kiosk()
    kiosk.desk.answers.pop("query")
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
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


# Queries


@pytest.mark.parametrize(
    ("outcome", "tone"),
    [(QueryOutcome.FOUND, "done"), (QueryOutcome.NOTHING, "attention"), (QueryOutcome.REFUSED, "attention")],
)
def test_a_query_says_what_the_province_knows(outcome: QueryOutcome, tone: str) -> None:
    kiosk = slow_query()
    call = kiosk.desk.last("query")
    kiosk.says(QueryAnswered(call.session_id, answers.result_of(call, outcome), None))
    assert kiosk.result.tone == tone
    assert kiosk.result.headline == kiosk.say(f"result.{outcome.value}")


def test_a_slow_query_says_what_it_waits_for_and_then_offers_another_way() -> None:
    kiosk = slow_query()
    assert (progress(kiosk).sentence, progress(kiosk).waiting_for) == (kiosk.say("progress.querying"), "")
    kiosk.wait(2)
    assert progress(kiosk).waiting_for == kiosk.say("progress.waiting_for_province")
    kiosk.wait(7.5)
    assert progress(kiosk).other_way == ""
    kiosk.wait(0.5)
    assert progress(kiosk).other_way == kiosk.say("progress.other_way")
    kiosk.tap(Wish.OTHER_WAY)
    assert kiosk.result.explanation == kiosk.error(Errors.PROVINCE_BUSY)
    assert kiosk.result.can_retry


def test_another_way_is_not_offered_while_the_answer_is_being_saved() -> None:
    kiosk = slow_query()
    kiosk.desk.answers.pop("submit")
    kiosk.says(answers.found(kiosk.desk.last("query")))
    kiosk.wait(12)
    assert progress(kiosk).other_way == ""
    kiosk.tap(Wish.OTHER_WAY)
    assert kiosk.shows(Screen.PROGRESS)


def test_a_late_answer_and_its_repetition_make_one_case() -> None:
    kiosk = slow_query()
    kiosk.wait(10)
    kiosk.tap(Wish.OTHER_WAY)
    kiosk.tap(Wish.RETRY)
    assert len(kiosk.desk.named("query")) == 1, "the province has not answered the first time yet"
    kiosk.says(answers.found(kiosk.desk.last("query")))
    assert kiosk.result.tone == "done"
    assert len(kiosk.desk.named("submit")) == 1


def test_an_answer_that_comes_after_giving_up_is_not_shown_unasked() -> None:
    kiosk = slow_query()
    kiosk.wait(10)
    kiosk.tap(Wish.OTHER_WAY)
    kiosk.says(answers.found(kiosk.desk.last("query")))
    assert kiosk.result.headline == kiosk.say("result.not_submitted")
    kiosk.tap(Wish.RETRY)
    kiosk.says(answers.found(kiosk.desk.last("query")))
    assert kiosk.result.explanation == f"第{kiosk.desk.last('query').number}问的答复"


def test_the_answer_to_one_query_is_never_shown_for_another() -> None:
    kiosk = slow_query()
    first = kiosk.desk.last("query")
    kiosk.wait(10)
    kiosk.tap(Wish.OTHER_WAY)
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.start(items.QUERY)
    kiosk.answer("12")
    kiosk.tap(Wish.SUBMIT)
    kiosk.says(answers.found(first))
    assert kiosk.shows(Screen.PROGRESS)
    second = kiosk.desk.last("query")
    assert second is not first
    kiosk.says(answers.found(second))
    assert kiosk.result.explanation == f"第{second.number}问的答复"
    assert kiosk.desk.last("submit").what.answers == {"period": "12"}


def test_a_query_without_an_answer_can_be_tried_again_and_leaves_no_case() -> None:
    kiosk = slow_query()
    kiosk.says(answers.not_found(kiosk.desk.last("query"), Errors.PROVINCE_UNREACHABLE))
    assert kiosk.result.explanation == kiosk.error(Errors.PROVINCE_UNREACHABLE)
    kiosk.tap(Wish.FINISH)
    assert kiosk.shows(Screen.FAREWELL), "without a case there is nothing to rate"
    assert not kiosk.desk.named("submit")
    assert kiosk.desk.last("end_session").what.value == "cancelled"


def test_an_answer_that_cannot_be_saved_is_kept_and_saved_by_trying_again() -> None:
    kiosk = slow_query()
    kiosk.desk.answers["submit"] = lambda call: [answers.not_committed(call, Errors.STORE_BUSY)]
    kiosk.says(answers.found(kiosk.desk.last("query")))
    assert kiosk.result.explanation == kiosk.error(Errors.STORE_BUSY)
    kiosk.desk.answers["submit"] = lambda call: [answers.committed(call), answers.numbered(call)]
    kiosk.tap(Wish.RETRY)
    assert kiosk.result.tone == "done"
    assert len(kiosk.desk.named("query")) == 1


def test_a_result_that_names_the_person_is_masked_before_it_is_shown_or_printed() -> None:
    kiosk = slow_query()
    call = kiosk.desk.last("query")
    citizen = a_citizen()
    told = msgspec.structs.replace(
        answers.result_of(call),
        facts=[
            answers.a_fact(text) for text in (citizen.name, citizen.number, f"{citizen.address} {MOBILE}")
        ],
        explanation=LocalText(f"{citizen.name}，您好", f"Dear {citizen.name}"),
    )
    kiosk.says(QueryAnswered(call.session_id, told, None))
    kiosk.tap(Wish.PRINT)
    assert [fact.value for fact in kiosk.result.facts] == [
        "欧***",
        "4201**********002X",
        "湖北省武汉市**** 138****4567",
    ]
    assert kiosk.result.explanation == "欧***，您好"
    printed = kiosk.desk.last("print_slip").what.handed.query
    assert citizen.number not in str([fact.value for fact in printed.facts])


def test_a_query_whose_record_is_refused_was_still_answered() -> None:
    kiosk = slow_query()
    kiosk.says(answers.found(kiosk.desk.last("query")))
    kiosk.says(answers.refused(kiosk.desk.last("submit")))
    assert kiosk.result.headline == kiosk.say("result.found")
    assert kiosk.result.can_print


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
