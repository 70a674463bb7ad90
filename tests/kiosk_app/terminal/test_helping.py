"""帮办: one does it for another. Two cards, one agreement, and everything that can come in between."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract.delegation import HelpAsked
from contract.sets import ChallengeState, Relation
from foundation.errors import ErrorCode, Errors
from kiosk_app.terminal.desk import Submission
from kiosk_app.terminal.helping_views import AgreementView
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CardGone
from kiosk_app.terminal.views import Connection, GuideView, Screen
from tests.fakes.delegation import begin_for_somebody, both_sign_in, not_delegated
from tests.fakes.desk import a_province_session
from tests.fakes.items import LICENCE_FORM, OFFLINE_FORM, QUERY
from tests.fakes.kiosk import Kiosk, kiosk_at
from tests.fakes.people import MOBILE, a_citizen, another_citizen
from tests.fakes.telephone import challenge_made, telephone_says


def agreement(kiosk: Kiosk) -> AgreementView:
    assert isinstance(kiosk.view.body, AgreementView)
    return kiosk.view.body


def offers_help(kiosk: Kiosk) -> bool:
    assert isinstance(kiosk.view.body, GuideView)
    return kiosk.view.body.for_others


def test_one_does_it_for_another_and_both_are_in_what_is_handed_in() -> None:
    kiosk = Kiosk()
    both_sign_in(kiosk)
    page = agreement(kiosk)
    assert (page.helper, page.person) == ("欧***（亲属）", "沈**")
    assert any("高龄津贴申领" in line for line in page.lines)
    kiosk.tap(Wish.AGREE)
    assert kiosk.shows(Screen.QUESTION)
    assert kiosk.view.top.signed_in_as == "欧***替沈**办"
    kiosk.answer("yes", "social_security_card", "alone", MOBILE)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.RESULT)
    handed: Submission = kiosk.desk.last("submit").what
    assert handed.signed_in is not None
    assert handed.helped is not None
    assert handed.signed_in.identity == another_citizen()
    assert handed.helped.helper.identity == a_citizen()
    agreed = kiosk.desk.last("delegate")
    assert agreed.what[2:4] == (Relation.FAMILY, OFFLINE_FORM)
    assert handed.helped.proof == f"00000000-0000-4000-c000-{agreed.number:012d}"
    order = kiosk.desk.last("print_slip").what
    assert (order.name, order.helper, order.relation) == (
        another_citizen().name,
        a_citizen().name,
        Relation.FAMILY,
    )


def test_it_is_offered_where_the_matter_allows_it_and_the_province_can_be_asked() -> None:
    kiosk = kiosk_at(Screen.GUIDE)
    assert offers_help(kiosk)
    kiosk.connection(Connection.OFFLINE)
    assert not offers_help(kiosk)
    kiosk.tap(Wish.HELP_SOMEBODY)
    assert kiosk.shows(Screen.GUIDE)


def test_what_is_for_the_person_alone_is_not_offered() -> None:
    kiosk = Kiosk()
    kiosk.open_guide(QUERY)
    assert not offers_help(kiosk)
    kiosk.tap(Wish.HELP_SOMEBODY)
    assert kiosk.shows(Screen.GUIDE)


def test_the_helper_s_card_has_to_go_before_the_person_s_is_read() -> None:
    kiosk = Kiosk()
    begin_for_somebody(kiosk)
    assert kiosk.sign_in.whose_turn == kiosk.say("helping.helper_first")
    kiosk.lay_card(a_citizen())
    assert kiosk.sign_in.whose_turn == kiosk.say("helping.then_the_person")
    assert kiosk.sign_in.advice == kiosk.say("helping.take_card_first")
    assert not kiosk.desk.reads_cards()
    kiosk.read_card(another_citizen())  # a reading that was under way counts for nobody
    assert kiosk.shows(Screen.SIGN_IN)
    kiosk.says(CardGone())
    assert kiosk.sign_in.advice == kiosk.say("helping.person_now")
    assert kiosk.desk.reads_cards()


def test_the_same_card_twice_helps_nobody_and_the_other_still_can() -> None:
    kiosk = Kiosk()
    begin_for_somebody(kiosk)
    kiosk.lay_card(a_citizen())
    kiosk.says(CardGone())
    kiosk.lay_card(a_citizen())
    assert kiosk.sign_in.advice == kiosk.error(Errors.SAME_PERSON)
    assert len(kiosk.desk.named("sign_in_by_card")) == 1, "the province need not be asked"
    kiosk.says(CardGone())
    kiosk.lay_card(another_citizen())
    assert kiosk.shows(Screen.AGREEMENT)


def test_the_same_person_by_another_way_is_no_second_person_either() -> None:
    kiosk = Kiosk()
    begin_for_somebody(kiosk)
    kiosk.lay_card(a_citizen())
    kiosk.show_code()
    assert kiosk.sign_in.advice == kiosk.error(Errors.SAME_PERSON)
    given = kiosk.desk.last("sign_in_by_code")
    assert kiosk.desk.last("sign_out").what.token == a_province_session(number=given.number).token


def test_the_person_confirms_on_her_own_phone_and_not_with_the_code_of_the_helper() -> None:
    kiosk = Kiosk()
    begin_for_somebody(kiosk)
    kiosk.says(challenge_made(kiosk.desk.last("make_challenge")))
    helpers_code = kiosk.desk.last("await_telephone")
    kiosk.lay_card(a_citizen())
    assert kiosk.sign_in.telephone_code == ""
    kiosk.says(telephone_says(helpers_code, ChallengeState.CONFIRMED, another_citizen()))
    assert kiosk.shows(Screen.SIGN_IN), "that was a code for somebody else"
    assert len(kiosk.desk.named("sign_out")) == 1
    for_her = kiosk.desk.last("make_challenge")
    helper, asked = for_her.what
    assert (helper is not None, asked) == (
        True,
        HelpAsked(item_code=OFFLINE_FORM, relation=Relation.FAMILY),
    )
    kiosk.says(challenge_made(for_her))
    kiosk.says(
        telephone_says(kiosk.desk.last("await_telephone"), ChallengeState.CONFIRMED, another_citizen())
    )
    assert kiosk.shows(Screen.AGREEMENT)


def test_who_is_signed_in_already_is_the_helper() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(LICENCE_FORM, a_citizen())
    kiosk.says(CardGone())
    begin_for_somebody(kiosk)
    assert kiosk.sign_in.whose_turn == kiosk.say("helping.then_the_person")


def test_a_relation_that_the_record_does_not_know_ends_politely() -> None:
    kiosk = Kiosk()
    kiosk.desk.answers["delegate"] = lambda call: [not_delegated(call, Errors.RELATION_UNKNOWN)]
    both_sign_in(kiosk)
    kiosk.tap(Wish.AGREE)
    assert agreement(kiosk).problem == kiosk.error(Errors.RELATION_UNKNOWN)
    assert not agreement(kiosk).can_agree
    kiosk.tap(Wish.AGREE)
    assert len(kiosk.desk.named("delegate")) == 1
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.GUIDE)


@pytest.mark.parametrize("error", [Errors.PROVINCE_UNREACHABLE, Errors.PROVINCE_BUSY])
def test_a_line_that_is_lost_at_the_agreement_can_be_tried_again(error: ErrorCode) -> None:
    kiosk = Kiosk()
    willing = kiosk.desk.answers["delegate"]
    kiosk.desk.answers["delegate"] = lambda call: [not_delegated(call, error)]
    both_sign_in(kiosk)
    kiosk.tap(Wish.AGREE)
    assert agreement(kiosk).problem == kiosk.error(error)
    kiosk.desk.answers["delegate"] = willing
    kiosk.tap(Wish.AGREE)
    assert kiosk.shows(Screen.QUESTION)


def test_agreeing_twice_asks_once() -> None:
    kiosk = Kiosk()
    kiosk.desk.answers.pop("delegate")
    both_sign_in(kiosk)
    kiosk.tap(Wish.AGREE)
    assert agreement(kiosk).working
    kiosk.tap(Wish.AGREE)
    assert len(kiosk.desk.named("delegate")) == 1


@pytest.mark.parametrize("cards", [1, 2])
def test_a_line_that_is_lost_while_they_sign_in_keeps_them_waiting_for_it(cards: int) -> None:
    """Nothing of this begins offline, whatever the matter allows one person alone."""
    kiosk = Kiosk()
    begin_for_somebody(kiosk)
    if cards == 2:
        kiosk.lay_card(a_citizen())
        kiosk.says(CardGone())
    kiosk.connection(Connection.OFFLINE)
    assert kiosk.sign_in.advice == kiosk.error(Errors.ITEM_NOT_OFFLINE)
    kiosk.lay_card(another_citizen())
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROVINCE_UNREACHABLE)
    kiosk.says(CardGone())
    kiosk.connection(Connection.CONNECTED)
    kiosk.lay_card(another_citizen())
    assert kiosk.shows(Screen.AGREEMENT if cards == 2 else Screen.SIGN_IN)


def helper_signs_in(kiosk: Kiosk) -> None:
    begin_for_somebody(kiosk)
    kiosk.lay_card(a_citizen())


def person_agrees(kiosk: Kiosk) -> None:
    both_sign_in(kiosk)
    kiosk.tap(Wish.AGREE)


@pytest.mark.parametrize(
    ("as_far_as", "sessions"),
    [(begin_for_somebody, 0), (helper_signs_in, 1), (both_sign_in, 2), (person_agrees, 2)],
)
def test_whoever_never_comes_both_are_cleared(as_far_as: Callable[[Kiosk], None], sessions: int) -> None:
    kiosk = Kiosk()
    as_far_as(kiosk)
    session = kiosk.situation.session
    assert session is not None
    assert len(session.provinces) == sessions
    noted = kiosk.needles[-1].noted
    for person in (a_citizen(), another_citizen())[:sessions]:
        assert {person.name, person.number, person.address} <= noted
    kiosk.wait(120)
    assert kiosk.desk.last("end_session").what.value == "idle"
    assert session.provinces == []
    assert session.help is None


def test_declining_ends_what_was_shown_of_the_person_and_the_helper_stays() -> None:
    kiosk = Kiosk()
    both_sign_in(kiosk)
    persons = kiosk.desk.last("sign_in_by_card")
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.GUIDE)
    assert kiosk.view.top.signed_in_as == "欧***"
    assert kiosk.desk.last("sign_out").what.token == a_province_session(number=persons.number).token


def test_another_matter_is_nobody_s_until_somebody_signs_in_again() -> None:
    kiosk = Kiosk()
    person_agrees(kiosk)
    kiosk.answer("yes", "social_security_card", "alone", MOBILE)
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.open_guide(LICENCE_FORM)
    assert kiosk.view.top.signed_in_as == ""
    assert len(kiosk.desk.named("sign_out")) == 1, "the province ends both with one"
    kiosk.tap(Wish.START)
    kiosk.tap(Wish.AGREE)
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.whose_turn == ""
