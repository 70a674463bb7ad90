"""A form that was begun comes back with the same person, and with nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import msgspec
import pytest

from contract.answers import Identity
from contract.items import ItemBatch
from contract.sets import WayOut
from foundation.errors import Errors
from kiosk_app.matters.answering import AUTHORITY_CHECKS, YES
from kiosk_app.matters.drafting import Draft
from kiosk_app.terminal.answers import DraftFound, DraftKept
from kiosk_app.terminal.idle import IdleLimits
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import BatchChanged, CardGone, OutOfServiceChanged, Tick
from kiosk_app.terminal.resuming import ANEW, RESUME
from kiosk_app.terminal.views import Connection, Screen
from tests.fakes import items
from tests.fakes.calls import Call
from tests.fakes.desk import ScriptedDesk, willing_desk
from tests.fakes.drafts import KEPT_UNTIL, draft_kept
from tests.fakes.kiosk import OFFLINE_SINCE, Kiosk, secrets_left
from tests.fakes.people import MOBILE, a_citizen, another_citizen

FORM = items.LICENCE_FORM
UNTIL = "11月28日"


@dataclass
class Kept:
    """What is on the disk, by person and item."""

    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)

    def desk(self) -> ScriptedDesk:
        desk = willing_desk()
        desk.answers |= {"find_draft": self.find, "keep_draft": self.keep, "forget_draft": self.forget}
        return desk

    def find(self, call: Call) -> list[Message]:
        return [DraftFound(call.session_id, self.drafts.get(call.what))]

    def keep(self, call: Call) -> list[Message]:
        person, item_code, draft, days = call.what
        assert days == 7
        self.drafts[person, item_code] = draft
        return [draft_kept(call)]

    def forget(self, call: Call) -> list[Message]:
        self.drafts.pop(call.what, None)
        return []


@pytest.fixture
def disk() -> Kept:
    return Kept()


@pytest.fixture
def kiosk(disk: Kept) -> Kiosk:
    return Kiosk(desk=disk.desk())


def begin(kiosk: Kiosk, *answers: str, identity: Identity | None = None) -> None:
    """Answers so many questions; the first is that of the licence."""
    kiosk.start_signed_in(FORM, identity)
    kiosk.answer(*answers)


def leave(kiosk: Kiosk) -> None:
    kiosk.tap(Wish.END)
    kiosk.tap(Wish.FINISH)
    kiosk.says(CardGone())
    assert kiosk.shows(Screen.ATTRACT)


def offer(kiosk: Kiosk) -> bool:
    return kiosk.shows(Screen.QUESTION) and kiosk.question.question == kiosk.say("question.draft_found")


def by_idleness(kiosk: Kiosk) -> None:
    kiosk.clock.advance(IdleLimits().warn_after_s + IdleLimits().end_after_s + 1)
    kiosk.says(Tick())


def by_a_fault(kiosk: Kiosk) -> None:
    kiosk.says(OutOfServiceChanged(Errors.STORE_DAMAGED, OFFLINE_SINCE))
    kiosk.says(OutOfServiceChanged(None, OFFLINE_SINCE))


def by_her_own_wish(kiosk: Kiosk) -> None:
    kiosk.tap(Wish.END)


@pytest.mark.parametrize("left", [by_idleness, by_a_fault, by_her_own_wish])
def test_whoever_was_interrupted_goes_on_where_she_was(kiosk: Kiosk, left: object) -> None:
    begin(kiosk, YES, "care", "other_account")
    assert callable(left)
    left(kiosk)
    assert kiosk.shows(Screen.FAREWELL)
    assert UNTIL in kiosk.farewell.draft
    assert not secrets_left(kiosk)
    kiosk.tap(Wish.FINISH)
    kiosk.says(CardGone())

    kiosk.start_signed_in(FORM)
    assert offer(kiosk)
    assert [(fact.label, fact.value) for fact in kiosk.question.facts] == [
        ("申领哪项", "重度残疾人护理补贴"),
        ("发到哪里", "别的账户"),
    ]
    kiosk.tap(Wish.CHOOSE, RESUME)
    assert kiosk.question.step == 1, "what the library says is asked of it again"
    kiosk.answer(YES)
    assert kiosk.question.step == 4
    kiosk.answer(MOBILE)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.RESULT)
    handed_in = kiosk.desk.last("submit").what
    assert handed_in.answers["payment"] == "other_account"
    assert handed_in.answers["subsidies"] == ["care"]
    leave_rating(kiosk)
    assert kiosk.farewell.draft == "", "what was handed in is no draft"


def leave_rating(kiosk: Kiosk) -> None:
    kiosk.tap(Wish.FINISH)
    kiosk.tap(Wish.SKIP_RATING)
    assert kiosk.shows(Screen.FAREWELL)


def test_what_is_typed_stands_there_masked_and_is_looked_for_afterwards(kiosk: Kiosk) -> None:
    begin(kiosk, YES, "care", "other_account", MOBILE)
    assert kiosk.shows(Screen.CHECK)
    leave(kiosk)
    kiosk.start_signed_in(FORM)
    assert kiosk.question.facts[-1].value == "138****4567"
    assert MOBILE in kiosk.needles[-1].noted, "before she has chosen anything"
    kiosk.tap(Wish.CHOOSE, RESUME)
    kiosk.answer(YES)
    assert kiosk.shows(Screen.CHECK)
    leave(kiosk)
    assert not secrets_left(kiosk)


def test_another_person_is_offered_nothing(kiosk: Kiosk, disk: Kept) -> None:
    begin(kiosk, YES, "care")
    leave(kiosk)
    kiosk.start_signed_in(FORM, another_citizen())
    assert not offer(kiosk)
    assert kiosk.question.step == 1
    leave(kiosk)
    assert list(disk.drafts) == [(a_citizen().number, FORM)]


def test_who_begins_anew_has_the_old_erased(kiosk: Kiosk, disk: Kept) -> None:
    begin(kiosk, YES, "care", "other_account")
    leave(kiosk)
    kiosk.start_signed_in(FORM)
    kiosk.tap(Wish.CHOOSE, ANEW)
    assert kiosk.question.step == 1
    assert not disk.drafts
    kiosk.answer(YES)
    assert not kiosk.question.can_go_on, "nothing is chosen yet"
    kiosk.tap(Wish.END)
    assert kiosk.farewell.draft == ""


def test_on_the_offer_nothing_else_is_an_answer(kiosk: Kiosk) -> None:
    begin(kiosk, YES, "care")
    leave(kiosk)
    kiosk.start_signed_in(FORM)
    for wish, argument in (
        (Wish.GO_ON, ""),
        (Wish.SKIP, ""),
        (Wish.KEY, "1"),
        (Wish.CHOOSE, YES),
        (Wish.CHOOSE, AUTHORITY_CHECKS),
        (Wish.SUBMIT, ""),
    ):
        kiosk.tap(wish, argument)
        assert offer(kiosk)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CLOSE_HELP)
    assert offer(kiosk)
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.GUIDE)
    kiosk.tap(Wish.START)
    assert offer(kiosk), "it is still there"


def test_what_is_asked_now_is_not_what_was_asked_then(kiosk: Kiosk, disk: Kept) -> None:
    begin(kiosk, YES, "care")
    leave(kiosk)
    batch = items.reference_batch()
    newer = [
        msgspec.structs.replace(item, version=item.version + 1) if item.code == FORM else item
        for item in batch.items
    ]
    kiosk.says(BatchChanged(msgspec.structs.replace(batch, batch_id="next", items=newer)))
    kiosk.start_signed_in(FORM)
    assert kiosk.question.step == 1
    assert kiosk.question.problem == kiosk.say("question.draft_outdated")
    assert not disk.drafts
    kiosk.answer(YES)
    assert kiosk.question.problem == ""


def without_notice() -> ItemBatch:
    batch = items.reference_batch()
    silent = [
        msgspec.structs.replace(item, notice=None) if item.code == FORM else item for item in batch.items
    ]
    return msgspec.structs.replace(batch, items=silent)


@pytest.mark.parametrize("code", [FORM, items.OFFLINE_FORM])
def test_where_the_notice_does_not_say_so_nothing_is_kept_or_looked_for(disk: Kept, code: str) -> None:
    kiosk = Kiosk(without_notice(), disk.desk())
    kiosk.start_signed_in(code)
    kiosk.answer(YES)
    kiosk.tap(Wish.CHOOSE, kiosk.question.options[0].value)
    kiosk.tap(Wish.GO_ON)
    kiosk.tap(Wish.END)
    assert kiosk.farewell.draft == ""
    assert not [call for call in kiosk.desk.calls if "draft" in call.name]


def test_what_was_not_kept_is_not_promised(kiosk: Kiosk) -> None:
    kiosk.desk.answers["keep_draft"] = lambda call: [DraftKept(call.session_id, FORM, "")]
    begin(kiosk, YES, "care")
    kiosk.tap(Wish.END)
    assert kiosk.farewell.draft == ""


def test_what_is_on_the_disk_only_after_the_goodbye_is_said_then(kiosk: Kiosk) -> None:
    del kiosk.desk.answers["keep_draft"]
    begin(kiosk, YES, "care")
    late = kiosk.desk.last("keep_draft")
    kiosk.tap(Wish.END)
    assert kiosk.farewell.draft == ""
    kiosk.says(draft_kept(late))
    assert UNTIL in kiosk.farewell.draft


def test_the_search_is_awaited_where_she_is_and_moves_nobody_who_has_gone_on(kiosk: Kiosk) -> None:
    del kiosk.desk.answers["find_draft"]
    kiosk.start_signed_in(FORM)
    asked = kiosk.desk.last("find_draft")
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.advice == kiosk.say("sign_in.opening")
    kiosk.tap(Wish.BACK)
    kiosk.says(DraftFound(asked.session_id, Draft(2, 2, {"payment": "other_account"})))
    assert kiosk.shows(Screen.GUIDE)
    kiosk.tap(Wish.START)
    kiosk.tap(Wish.HELP)
    kiosk.says(DraftFound(asked.session_id, None))
    assert kiosk.shows(Screen.HELP)
    kiosk.tap(Wish.CLOSE_HELP)
    assert kiosk.question.step == 1


def test_a_second_touch_does_not_look_twice(kiosk: Kiosk) -> None:
    kiosk.start_signed_in(items.QUERY)
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.BACK)
    del kiosk.desk.answers["find_draft"]
    kiosk.open_guide(FORM)
    kiosk.tap(Wish.START)
    kiosk.tap(Wish.AGREE)
    kiosk.tap(Wish.AGREE)
    assert len(kiosk.desk.named("find_draft")) == 1
    assert kiosk.shows(Screen.NOTICE)
    kiosk.says(DraftFound(kiosk.desk.last("find_draft").session_id, None))
    assert kiosk.question.step == 1


# Without the province


def test_without_the_province_it_can_be_filled_in_and_handed_in_another_day(kiosk: Kiosk) -> None:
    kiosk.connection(Connection.OFFLINE)
    begin(kiosk, AUTHORITY_CHECKS, "care", "other_account", MOBILE)
    assert UNTIL in kiosk.check.offline_note
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.headline == kiosk.say("result.not_submitted")
    assert UNTIL in kiosk.result.explanation
    assert not kiosk.desk.named("submit")
    kiosk.tap(Wish.FINISH)
    kiosk.tap(Wish.SKIP_RATING)
    assert UNTIL in kiosk.farewell.draft
    kiosk.tap(Wish.FINISH)
    kiosk.says(CardGone())

    kiosk.connection(Connection.CONNECTED)
    kiosk.start_signed_in(FORM)
    kiosk.tap(Wish.CHOOSE, RESUME)
    kiosk.answer(YES)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.state == "已提交"


def test_the_province_that_comes_back_in_mid_form_wants_to_see_the_card_again(kiosk: Kiosk) -> None:
    """By the card alone one may begin and not hand in."""
    kiosk.connection(Connection.OFFLINE)
    begin(kiosk, AUTHORITY_CHECKS, "care", "other_account", MOBILE)
    kiosk.connection(Connection.CONNECTED)
    kiosk.tap(Wish.SUBMIT)
    assert not kiosk.desk.named("submit")
    assert kiosk.result.explanation == kiosk.error(Errors.SIGN_IN_EXPIRED)
    kiosk.tap(Wish.RETRY)
    kiosk.says(CardGone())
    kiosk.lay_card()
    assert kiosk.shows(Screen.CHECK), "nothing has to be answered twice"
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.state == "已提交"


def test_a_province_that_is_lost_in_mid_form_costs_nobody_her_answers(kiosk: Kiosk) -> None:
    begin(kiosk, YES, "care", "other_account")
    kiosk.connection(Connection.OFFLINE)
    kiosk.answer(MOBILE)
    assert UNTIL in kiosk.check.offline_note
    kiosk.tap(Wish.SUBMIT)
    assert UNTIL in kiosk.result.explanation
    kiosk.tap(Wish.END)
    assert UNTIL in kiosk.farewell.draft


def test_a_draft_keeps_only_what_the_person_said_herself(kiosk: Kiosk, disk: Kept) -> None:
    begin(kiosk, YES, "care", "other_account", MOBILE)
    (draft,) = disk.drafts.values()
    assert draft == Draft(2, 4, {"subsidies": ["care"], "payment": "other_account", "mobile": MOBILE})
    assert MOBILE not in repr(draft) + repr(replace(draft, reached=1))
    assert kiosk.situation.session is not None
    assert kiosk.situation.session.drafts == {FORM: KEPT_UNTIL}
    assert kiosk.situation.session.way_out is WayOut.CANCELLED
