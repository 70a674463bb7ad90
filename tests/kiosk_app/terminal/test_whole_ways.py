"""A person's whole way through each kind of matter, from the waking touch to the farewell."""

from __future__ import annotations

import pytest

from contract.items import Item
from contract.sets import Assurance, CaseState, Satisfaction, WayOut
from kiosk_app.matters.answering import AUTHORITY_CHECKS, YES
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CardGone
from kiosk_app.terminal.views import Connection, Screen
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.kiosk import Kiosk, secrets_left
from tests.fakes.people import MOBILE, a_citizen
from tests.fakes.proofs import proved


def rate_and_go(kiosk: Kiosk) -> None:
    kiosk.tap(Wish.FINISH)
    assert not any(level.chosen for level in kiosk.rating.levels), "nothing is preselected"
    kiosk.tap(Wish.RATE, Satisfaction.SATISFIED.value)
    kiosk.tap(Wish.SEND_RATING)
    assert kiosk.rating.thanked
    kiosk.tap(Wish.FINISH)


def test_a_query_by_card_with_a_slip_and_a_rating() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.QUERY)
    assert kiosk.view.top.signed_in_as == "欧***"
    kiosk.answer("6")
    assert [row.value for row in kiosk.check.rows] == ["最近6个月"]
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.headline == "查到了"
    assert kiosk.result.state == CaseState.COMPLETED.zh
    assert [fact.value for fact in kiosk.result.facts] == ["3,215.60 元"]
    assert not kiosk.desk.named("print_slip"), "a query prints only when it is asked to"
    kiosk.tap(Wish.PRINT)
    assert kiosk.result.slip.value == "done"
    rate_and_go(kiosk)
    kiosk.says(CardGone())
    assert kiosk.farewell.cleared
    assert kiosk.farewell.take_paper
    assert not kiosk.farewell.take_card
    assert kiosk.screens_seen()[1:] == [
        Screen.ATTRACT,
        Screen.HOME,
        Screen.GUIDE,
        Screen.NOTICE,
        Screen.SIGN_IN,
        Screen.QUESTION,
        Screen.CHECK,
        Screen.PROGRESS,
        Screen.RESULT,
        Screen.RATING,
        Screen.FAREWELL,
    ]
    assert kiosk.desk.last("end_session").what is WayOut.DONE
    assert not secrets_left(kiosk)
    assert {a_citizen().name, a_citizen().number, a_citizen().address} <= kiosk.needles[0].noted
    assert any(text.startswith("token-of-the-citizen") for text in kiosk.needles[0].noted)
    kiosk.wait(9)
    assert kiosk.shows(Screen.ATTRACT)


def test_a_form_that_needs_the_province_by_code() -> None:
    kiosk = Kiosk()
    kiosk.start(items.ONLINE_FORM)
    assert kiosk.sign_in.advice == kiosk.say("sign_in.choose")
    kiosk.show_code()
    kiosk.answer("same", "employment", "20250901", MOBILE)
    assert [row.value for row in kiosk.check.rows][2:] == ["2025-09-01", "138****4567"]
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.headline == "已提交"
    assert kiosk.result.state == CaseState.SUBMITTED.zh
    assert kiosk.result.receipt_number == "000 1700 0003"
    assert kiosk.result.case_number
    assert kiosk.result.slip.value == "done", "the slip of an application comes by itself"
    submission = kiosk.desk.last("submit").what
    assert submission.signed_in.assurance is Assurance.CARD_VERIFIED
    assert submission.signed_in.sam_number == ""
    assert submission.batch_id == items.reference_batch().batch_id
    assert not submission.offline
    assert submission.answers["issued_on"] == "2025-09-01"
    assert submission.notice_version == items.reference_batch().notice.version
    rate_and_go(kiosk)
    assert kiosk.desk.last("rate").what.level is Satisfaction.SATISFIED


def test_a_form_that_may_be_submitted_while_the_province_is_out_of_reach() -> None:
    kiosk = Kiosk(connected=False)
    kiosk.desk.answers["submit"] = lambda call: [answers.committed(call)]
    kiosk.start(items.OFFLINE_FORM)
    assert kiosk.sign_in.code == "unavailable"
    assert kiosk.sign_in.advice == kiosk.say("sign_in.card_offline")
    kiosk.lay_card()
    assert kiosk.question.help == kiosk.say("question.licence_offline")
    kiosk.answer(AUTHORITY_CHECKS, "social_security_card", "alone", "-")
    assert kiosk.check.offline_note
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.headline == kiosk.say("result.saved_here")
    assert kiosk.result.tone == "waiting"
    assert kiosk.result.state == CaseState.SAVED_HERE.zh
    assert "12月6日（星期日）" in kiosk.result.explanation
    assert not kiosk.result.case_number
    submission = kiosk.desk.last("submit").what
    assert submission.offline
    assert submission.signed_in.assurance is Assurance.CARD_PRESENT
    assert submission.signed_in.province is None
    assert submission.signed_in.sam_number
    assert "mobile" not in submission.answers
    rate_and_go(kiosk)
    assert kiosk.farewell.cleared
    assert not kiosk.desk.named("sign_in_by_card")


def test_a_saved_case_is_called_submitted_as_soon_as_the_platform_has_it() -> None:
    kiosk = Kiosk(connected=False)
    kiosk.desk.answers["submit"] = lambda call: [answers.committed(call)]
    kiosk.start_signed_in(items.OFFLINE_FORM)
    kiosk.answer(AUTHORITY_CHECKS, "social_security_card", "alone", "-")
    kiosk.tap(Wish.SUBMIT)
    kiosk.connection(Connection.CONNECTED)
    assert kiosk.result.headline == kiosk.say("result.saved_here")
    kiosk.says(answers.numbered(kiosk.desk.last("submit")))
    assert kiosk.result.headline == kiosk.say("result.submitted")
    assert kiosk.result.case_number
    assert len(kiosk.desk.named("print_slip")) == 1


@pytest.mark.parametrize("connected", [True, False])
def test_asking_for_a_call_back_without_saying_who_one_is(connected: bool) -> None:
    kiosk = Kiosk(connected=connected)
    kiosk.tap(Wish.TOUCH)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, items.CALL_BACK)
    kiosk.tap(Wish.START)
    kiosk.tap(Wish.AGREE)
    kiosk.answer(MOBILE, "morning")
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.RESULT)
    assert Screen.SIGN_IN not in kiosk.screens_seen()
    submission = kiosk.desk.last("submit").what
    assert submission.signed_in is None
    assert submission.answers == {"mobile": MOBILE, "convenient": "morning"}
    assert MOBILE in kiosk.needles[0].noted


def test_a_call_back_says_nothing_of_a_person_who_has_signed_in_before() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, items.CALL_BACK)
    kiosk.tap(Wish.START)
    kiosk.answer(MOBILE, "any")
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.signed_in is None
    assert kiosk.desk.last("print_slip").what.name == ""


def test_another_matter_needs_no_second_card_and_no_second_notice() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.ANOTHER_MATTER)
    assert kiosk.shows(Screen.RATING), "the rating comes by itself, also before another matter"
    kiosk.tap(Wish.SKIP_RATING)
    assert kiosk.shows(Screen.HOME)
    kiosk.start(items.LICENCE_FORM)
    assert kiosk.shows(Screen.QUESTION)
    kiosk.answer(YES, "care", "social_security_card", MOBILE)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.headline == "已提交"
    kiosk.tap(Wish.FINISH)
    kiosk.tap(Wish.SKIP_RATING)
    assert kiosk.shows(Screen.FAREWELL)
    assert len(kiosk.desk.named("sign_in_by_card")) == 1
    assert [call.name for call in kiosk.desk.calls].count("submit") == 2
    assert not kiosk.desk.named("rate"), "skipping sends nothing"


@pytest.mark.parametrize("item", items.reference_batch().items, ids=lambda item: item.code)
def test_every_published_item_says_why_not_or_goes_its_whole_way(item: Item) -> None:
    kiosk = Kiosk()
    if item.code == items.NOT_HERE:
        kiosk.open_guide(item.code)
        kiosk.tap(Wish.START)
        assert kiosk.shows(Screen.GUIDE)
        return
    kiosk.start_signed_in(item.code)
    for step in item.steps:
        first = kiosk.question.options[0].value if kiosk.question.options else None
        kiosk.answer(first or ("20250901" if step.widget.value == "date" else MOBILE))
    kiosk.tap(Wish.SUBMIT)
    if kiosk.shows(Screen.SIGN_IN):  # one more proof
        kiosk.desk.answers["sign_in_by_code"] = lambda call: [proved(call, Assurance.KNOWN_TWICE)]
        kiosk.show_code()
        kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.tone == "done"
    kiosk.tap(Wish.FINISH)
    kiosk.tap(Wish.SKIP_RATING)
    assert kiosk.farewell.cleared


def test_a_form_without_a_question_goes_straight_to_the_check_page() -> None:
    only_me = items.a_form("only-me", sources={"name": "identity.name", "number": "identity.number"})
    kiosk = Kiosk(items.a_batch_of(only_me))
    kiosk.start_signed_in("only-me")
    assert [(row.value, row.can_change, row.source) for row in kiosk.check.rows] == [
        ("欧***", False, kiosk.say("source.card")),
        ("4201**********002X", False, kiosk.say("source.card")),
    ]
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.GUIDE)
    kiosk.tap(Wish.START)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.answers == {"name": a_citizen().name, "number": a_citizen().number}
