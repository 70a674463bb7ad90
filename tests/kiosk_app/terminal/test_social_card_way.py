"""A social-security card signs nobody in: it is kept until a second thing has shown whose it is."""

from __future__ import annotations

import pytest

from contract.answers import SocialCardHolder
from contract.sets import ChallengeState
from foundation.errors import ErrorCode, Errors, all_errors
from kiosk_app.terminal.answers import SocialCardCompared
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import (
    CapabilitiesChanged,
    CardGone,
    SocialCardFound,
    SocialCardGone,
    SocialCardReading,
    SocialCardTrouble,
)
from kiosk_app.terminal.session import REFUSALS_CLOSE_A_WAY
from kiosk_app.terminal.views import Connection, Screen
from tests.fakes import items, telephone
from tests.fakes.calls import Call
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk, secrets_left
from tests.fakes.people import a_citizen, another_citizen

CARD_NUMBER = "A12345678"
WITH_SLOT = ALL_CAPABILITIES | {"social_security_card"}
TROUBLES = [error for error in all_errors().values() if error.code.startswith("SOCL")]


def same_person(call: Call, error: ErrorCode | None = None) -> SocialCardCompared:
    """What the province says of a card; without an error it is hers."""
    return SocialCardCompared(call.what[0], error)


def holder() -> SocialCardHolder:
    person = a_citizen()
    return SocialCardHolder(name=person.name, number=person.number, card_number=CARD_NUMBER)


def at_the_slot(capabilities: frozenset[str] = WITH_SLOT) -> Kiosk:
    """At the sign-in of a query; the province has not said yet whether the two are one person."""
    kiosk = Kiosk(capabilities=capabilities)
    kiosk.secrets += (CARD_NUMBER,)
    kiosk.desk.answers.pop("compare_social_card")
    kiosk.start(items.QUERY)
    return kiosk


def put_in(kiosk: Kiosk) -> None:
    kiosk.says(SocialCardFound(), SocialCardReading(holder()))


def test_it_is_shown_only_where_a_reader_is_at_work_and_read_only_while_signing_in() -> None:
    kiosk = at_the_slot(ALL_CAPABILITIES)
    assert kiosk.sign_in.social_card == ""
    assert kiosk.desk.social_card_allowed
    kiosk.says(CapabilitiesChanged(WITH_SLOT, demonstration=False))
    assert kiosk.sign_in.social_card == "waiting"
    kiosk.connection(Connection.OFFLINE)
    assert kiosk.sign_in.social_card == "unavailable"
    kiosk.connection(Connection.CONNECTED)
    kiosk.tap(Wish.BACK)
    assert not kiosk.desk.social_card_allowed


def test_alone_it_signs_nobody_in_and_the_second_thing_is_asked_for() -> None:
    kiosk = at_the_slot()
    put_in(kiosk)
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.social_card == "kept"
    assert kiosk.sign_in.advice == kiosk.say("sign_in.social_then_any")
    assert kiosk.view.top.signed_in_as == ""
    assert not kiosk.desk.named("compare_social_card")
    kiosk.says(CapabilitiesChanged(WITH_SLOT - {"card"}, demonstration=False))
    assert kiosk.sign_in.advice == kiosk.say("sign_in.social_then_phone")


def test_with_the_id_card_of_the_same_person_it_is_one_sign_in() -> None:
    kiosk = at_the_slot()
    put_in(kiosk)
    kiosk.lay_card()
    assert kiosk.shows(Screen.SIGN_IN), "not before the province has compared them"
    assert kiosk.sign_in.advice == kiosk.say("sign_in.asking_province")
    call = kiosk.desk.last("compare_social_card")
    assert call.what[1] == holder()
    kiosk.says(same_person(call))
    assert kiosk.shows(Screen.QUESTION)
    assert kiosk.view.top.signed_in_as == "欧***"
    assert not kiosk.desk.named("sign_out")


def test_with_a_code_or_the_telephone_it_is_one_too() -> None:
    kiosk = at_the_slot()
    put_in(kiosk)
    kiosk.show_code()
    kiosk.says(same_person(kiosk.desk.last("compare_social_card")))
    assert kiosk.shows(Screen.QUESTION)

    kiosk = at_the_slot(WITH_SLOT - {"card", "code"})
    put_in(kiosk)
    kiosk.says(telephone.challenge_made(kiosk.desk.last("make_challenge"), expires_in_s=120))
    kiosk.says(telephone.telephone_says(kiosk.desk.last("await_telephone"), ChallengeState.CONFIRMED))
    kiosk.says(same_person(kiosk.desk.last("compare_social_card")))
    assert kiosk.shows(Screen.QUESTION)


@pytest.mark.parametrize(
    "error", [Errors.SOCIAL_CARD_OF_ANOTHER, Errors.PROVINCE_UNREACHABLE, Errors.SIGN_IN_EXPIRED], ids=str
)
def test_of_two_people_or_of_nobody_knows_whom_nobody_is_signed_in(error: ErrorCode) -> None:
    kiosk = at_the_slot()
    put_in(kiosk)
    kiosk.lay_card(another_citizen())
    call = kiosk.desk.last("compare_social_card")
    kiosk.says(same_person(call, error))
    assert kiosk.sign_in.advice == kiosk.error(error)
    assert kiosk.sign_in.social_card == "problem"
    assert kiosk.view.top.signed_in_as == ""
    assert [each.what for each in kiosk.desk.named("sign_out")] == [call.what[0].session]
    kiosk.says(CardGone())
    kiosk.lay_card()
    assert kiosk.shows(Screen.QUESTION), "what was kept is forgotten: the ID card alone is enough"


def test_again_and_again_of_another_closes_the_slot_and_no_other_way() -> None:
    kiosk = at_the_slot()
    for _ in range(REFUSALS_CLOSE_A_WAY):
        put_in(kiosk)
        kiosk.show_code()
        kiosk.says(same_person(kiosk.desk.last("compare_social_card"), Errors.SOCIAL_CARD_OF_ANOTHER))
    assert kiosk.sign_in.social_card == "closed"
    put_in(kiosk)
    kiosk.show_code()
    assert kiosk.shows(Screen.QUESTION)


def test_offline_it_is_of_no_use_and_the_id_card_goes_on_by_itself() -> None:
    kiosk = Kiosk(capabilities=WITH_SLOT, connected=False)
    kiosk.start(items.OFFLINE_FORM)
    put_in(kiosk)
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROVINCE_UNREACHABLE)
    kiosk.lay_card()
    assert kiosk.shows(Screen.QUESTION)


@pytest.mark.parametrize("error", TROUBLES, ids=str)
def test_a_card_that_cannot_be_used_says_what_to_do(error: ErrorCode) -> None:
    kiosk = at_the_slot()
    kiosk.says(SocialCardTrouble(error))
    assert kiosk.sign_in.advice == kiosk.error(error)
    assert (kiosk.sign_in.social_card, kiosk.sign_in.card) == ("problem", "waiting")


def test_who_leaves_while_it_is_compared_is_signed_out_and_nothing_is_left() -> None:
    kiosk = at_the_slot()
    put_in(kiosk)
    kiosk.lay_card()
    late = same_person(kiosk.desk.last("compare_social_card"))
    kiosk.says(CardGone())
    kiosk.tap(Wish.END)
    reminded = [kiosk.farewell.take_social_card]
    kiosk.says(SocialCardGone())
    assert [*reminded, kiosk.farewell.take_social_card] == [True, False]
    kiosk.says(late)
    assert [each.what for each in kiosk.desk.named("sign_out")] == [late.session]
    assert not secrets_left(kiosk)
    assert {CARD_NUMBER, a_citizen().number} <= kiosk.needles[0].noted


def test_the_farewell_waits_for_the_card_that_is_still_in() -> None:
    kiosk = at_the_slot()
    put_in(kiosk)
    kiosk.tap(Wish.END)
    kiosk.wait(9)
    assert kiosk.farewell.take_social_card
    kiosk.says(SocialCardGone())
    kiosk.wait(1)
    assert kiosk.shows(Screen.ATTRACT)


def test_one_that_an_earlier_person_left_wakes_nobody() -> None:
    kiosk = Kiosk(capabilities=WITH_SLOT)
    kiosk.says(SocialCardFound(left_behind=True))
    assert kiosk.shows(Screen.ATTRACT)
    kiosk.says(SocialCardGone(), SocialCardFound())
    assert kiosk.shows(Screen.HOME)
