"""Queries: what the province knows, told once, to whoever asked, and with nothing of the person in clear."""

from __future__ import annotations

import msgspec
import pytest

from contract.items import LocalText
from contract.sets import QueryOutcome
from foundation.errors import Errors
from kiosk_app.terminal.answers import QueryAnswered
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import ProgressView, Screen
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.kiosk import Kiosk
from tests.fakes.people import MOBILE, a_citizen, a_fact


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
    kiosk.tap(Wish.SKIP_RATING)
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


def unanswered_query() -> Kiosk:
    kiosk = slow_query()
    kiosk.says(answers.not_found(kiosk.desk.last("query"), Errors.PROVINCE_UNREACHABLE))
    assert kiosk.result.explanation == kiosk.error(Errors.PROVINCE_UNREACHABLE)
    return kiosk


def test_a_query_without_an_answer_is_recorded_as_failed_when_it_is_left_at_that_and_can_be_rated() -> None:
    kiosk = unanswered_query()
    assert not kiosk.desk.named("submit"), "it can still be tried again"
    kiosk.tap(Wish.FINISH)
    record = kiosk.desk.last("submit").what
    assert (record.failed, record.signed_in, record.answers) == (Errors.PROVINCE_UNREACHABLE.code, None, {})
    assert kiosk.shows(Screen.RATING)
    kiosk.tap(Wish.RATE, "very_dissatisfied")
    kiosk.tap(Wish.SEND_RATING)
    failure = kiosk.stage.matter.failure
    assert failure is not None
    assert kiosk.desk.last("rate").what.case_id == failure.case_id
    kiosk.tap(Wish.FINISH)
    assert kiosk.desk.last("end_session").what.value == "cancelled", "nothing was done"


def test_a_failure_that_cannot_be_recorded_keeps_nobody_here() -> None:
    kiosk = unanswered_query()
    kiosk.desk.answers["submit"] = lambda call: [answers.not_committed(call, Errors.STORE_BUSY)]
    kiosk.tap(Wish.FINISH)
    assert kiosk.shows(Screen.FAREWELL)


def test_an_impatient_person_makes_one_record_of_one_failure() -> None:
    kiosk = unanswered_query()
    kiosk.desk.answers.pop("submit")
    kiosk.tap(Wish.FINISH)
    kiosk.tap(Wish.FINISH)
    (call,) = kiosk.desk.named("submit")
    kiosk.says(answers.committed(call))
    assert kiosk.shows(Screen.RATING)


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
        facts=[a_fact(text) for text in (citizen.name, citizen.number, f"{citizen.address} {MOBILE}")],
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


def test_a_value_with_words_is_read_in_the_language_of_the_session_and_masked_in_both() -> None:
    kiosk = slow_query()
    call = kiosk.desk.last("query")
    citizen = a_citizen()
    worded = msgspec.structs.replace(
        a_fact(f"{citizen.name}，已到账"),
        worded=LocalText(f"{citizen.name}，已到账", f"{citizen.name}: has been paid"),
    )
    told = msgspec.structs.replace(answers.result_of(call), facts=[worded, a_fact("6217")])
    kiosk.says(QueryAnswered(call.session_id, told, None))
    assert [fact.value for fact in kiosk.result.facts] == ["欧***，已到账", "6217"]
    kiosk.tap(Wish.LANGUAGE)
    assert [fact.value for fact in kiosk.result.facts] == ["欧***: has been paid", "6217"]
