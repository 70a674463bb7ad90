"""A code on the screen that is confirmed on the telephone, beside the card and the code of the telephone."""

from __future__ import annotations

import msgspec
import pytest

from contract.sets import ChallengeState
from foundation.errors import Errors
from kiosk_app.terminal.answers import ChallengeMade
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.session import REFUSALS_CLOSE_A_WAY
from kiosk_app.terminal.views import Connection, Screen
from tests.fakes import desk as answers
from tests.fakes import items, telephone
from tests.fakes.calls import Call
from tests.fakes.kiosk import Kiosk, secrets_left
from tests.fakes.people import another_citizen


def kiosk_with_a_code(*, expires_in_s: int = 120, **more: object) -> Kiosk:
    """At the sign-in of a matter, with a code on the screen of which nothing is known yet."""
    kiosk = Kiosk(**more)  # type: ignore[arg-type]
    kiosk.desk.answers["make_challenge"] = lambda call: [
        telephone.challenge_made(call, expires_in_s=expires_in_s)
    ]
    kiosk.start(items.QUERY)
    assert kiosk.shows(Screen.SIGN_IN)
    return kiosk


def question(kiosk: Kiosk) -> Call:
    """The question about the telephone that is under way."""
    return kiosk.desk.last("await_telephone")


def says(kiosk: Kiosk, state: ChallengeState | None) -> None:
    kiosk.says(telephone.telephone_says(question(kiosk), state))


def test_the_code_stands_beside_card_and_scanner_and_who_confirms_it_goes_on() -> None:
    kiosk = kiosk_with_a_code()
    assert (kiosk.sign_in.card, kiosk.sign_in.code, kiosk.sign_in.telephone) == ("waiting",) * 3
    assert kiosk.sign_in.telephone_code.startswith("DXQC1.")
    says(kiosk, ChallengeState.WAITING)
    says(kiosk, ChallengeState.CONFIRMED)
    assert kiosk.shows(Screen.QUESTION)
    assert kiosk.view.top.signed_in_as == "欧***"
    asked = len(kiosk.desk.named("await_telephone"))
    kiosk.wait(30)
    assert len(kiosk.desk.named("await_telephone")) == asked, "nobody waits for a telephone any more"


def test_there_is_never_more_than_one_question_under_way() -> None:
    kiosk = kiosk_with_a_code()
    kiosk.wait(10)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CLOSE_HELP)
    assert len(kiosk.desk.named("await_telephone")) == 1
    says(kiosk, ChallengeState.WAITING)
    assert len(kiosk.desk.named("await_telephone")) == 2


def test_a_code_that_has_expired_is_replaced_while_somebody_looks_at_it() -> None:
    kiosk = kiosk_with_a_code(expires_in_s=20)
    first = kiosk.sign_in.telephone_code
    kiosk.wait(21)
    says(kiosk, ChallengeState.WAITING)
    assert kiosk.sign_in.telephone_code not in ("", first)
    second = kiosk.sign_in.telephone_code
    says(kiosk, ChallengeState.EXPIRED)
    assert kiosk.sign_in.telephone_code not in ("", second), "also when the province says so first"
    assert not kiosk.sign_in.is_problem


def test_a_no_on_the_telephone_is_said_and_another_code_stands_there() -> None:
    kiosk = kiosk_with_a_code()
    before = kiosk.sign_in.telephone_code
    says(kiosk, ChallengeState.REFUSED)
    assert kiosk.sign_in.advice == kiosk.error(Errors.TELEPHONE_REFUSED)
    assert kiosk.sign_in.telephone == "problem"
    assert kiosk.sign_in.telephone_code not in ("", before)
    assert (kiosk.sign_in.card, kiosk.sign_in.code) == ("waiting", "waiting")
    kiosk.lay_card()
    assert kiosk.shows(Screen.QUESTION)


def test_who_signs_in_by_card_meanwhile_is_not_signed_in_twice() -> None:
    kiosk = kiosk_with_a_code()
    kiosk.lay_card()
    assert kiosk.shows(Screen.QUESTION)
    session = kiosk.situation.session
    assert session is not None
    mine = session.province
    late = telephone.telephone_says(question(kiosk), ChallengeState.CONFIRMED, another_citizen())
    kiosk.says(late)
    assert [call.what for call in kiosk.desk.named("sign_out")] == [late.session]
    assert session.province is mine
    assert kiosk.view.top.signed_in_as == "欧***"


def test_a_confirmation_while_a_card_is_being_checked_is_given_back() -> None:
    kiosk = kiosk_with_a_code()
    kiosk.desk.answers.pop("sign_in_by_card")
    kiosk.lay_card()
    late = telephone.telephone_says(question(kiosk), ChallengeState.CONFIRMED, another_citizen())
    kiosk.says(late)
    assert [call.what for call in kiosk.desk.named("sign_out")] == [late.session]
    assert kiosk.sign_in.card == "working"
    kiosk.says(answers.signed_in(kiosk.desk.last("sign_in_by_card")))
    assert kiosk.view.top.signed_in_as == "欧***"


def test_a_confirmation_for_somebody_who_has_left_is_ended_at_the_province() -> None:
    kiosk = kiosk_with_a_code()
    late = telephone.telephone_says(question(kiosk), ChallengeState.CONFIRMED)
    kiosk.tap(Wish.END)
    kiosk.wait(9)
    kiosk.start(items.QUERY)
    kiosk.says(late)
    assert kiosk.shows(Screen.SIGN_IN)
    assert late.session is not None
    ended = msgspec.structs.replace(late.session, identity=None)
    assert [call.what for call in kiosk.desk.named("sign_out")] == [ended]
    assert not secrets_left(kiosk)


def test_the_help_in_front_of_it_loses_no_confirmation() -> None:
    kiosk = kiosk_with_a_code()
    kiosk.tap(Wish.HELP)
    says(kiosk, ChallengeState.CONFIRMED)
    assert kiosk.shows(Screen.HELP)
    kiosk.tap(Wish.CLOSE_HELP)
    assert kiosk.shows(Screen.QUESTION)


def test_without_the_line_there_is_no_code_and_it_comes_with_it() -> None:
    kiosk = kiosk_with_a_code()
    kiosk.connection(Connection.OFFLINE)
    assert (kiosk.sign_in.telephone, kiosk.sign_in.telephone_code) == ("unavailable", "")
    says(kiosk, None)
    asked = len(kiosk.desk.calls)
    kiosk.wait(10)
    assert len(kiosk.desk.calls) == asked, "nothing is asked without a line"
    kiosk.connection(Connection.CONNECTED)
    kiosk.wait(1)
    assert kiosk.sign_in.telephone == "waiting"


def test_a_province_that_gives_no_code_is_asked_again_later_and_the_other_ways_stay() -> None:
    kiosk = Kiosk()
    kiosk.desk.answers["make_challenge"] = lambda call: [
        ChallengeMade(call.session_id, None, Errors.PROVINCE_BUSY)
    ]
    kiosk.start(items.QUERY)
    assert (kiosk.sign_in.telephone, kiosk.sign_in.telephone_code) == ("unavailable", "")
    assert not kiosk.sign_in.is_problem
    assert len(kiosk.desk.named("make_challenge")) == 1
    kiosk.desk.answers["make_challenge"] = lambda call: [telephone.challenge_made(call)]
    kiosk.wait(6)
    assert kiosk.sign_in.telephone == "waiting"


def test_where_nothing_is_fitted_the_telephone_is_enough() -> None:
    kiosk = kiosk_with_a_code(capabilities=frozenset({"slip"}))
    assert (kiosk.sign_in.card, kiosk.sign_in.code) == ("unavailable", "unavailable")
    assert kiosk.sign_in.advice == kiosk.say("sign_in.telephone_only")
    says(kiosk, ChallengeState.CONFIRMED)
    assert kiosk.shows(Screen.QUESTION)


def test_a_way_that_is_refused_again_and_again_is_closed_and_the_others_are_open() -> None:
    kiosk = kiosk_with_a_code()
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [answers.not_signed_in(call, Errors.CODE_REFUSED)]
    for _ in range(REFUSALS_CLOSE_A_WAY):
        assert kiosk.sign_in.code != "closed"
        kiosk.show_code()
    assert kiosk.sign_in.code == "closed"
    assert kiosk.sign_in.advice == kiosk.say("sign_in.way_closed")
    kiosk.show_code()
    assert len(kiosk.desk.named("sign_in_by_code")) == REFUSALS_CLOSE_A_WAY, "not asked any more"
    assert (kiosk.sign_in.card, kiosk.sign_in.telephone) == ("waiting", "waiting")
    kiosk.lay_card()
    assert kiosk.shows(Screen.QUESTION), "it is the way that is closed, not the person"


@pytest.mark.parametrize("error", [Errors.PROVINCE_BUSY, Errors.PROVINCE_UNREACHABLE])
def test_what_is_nobodys_fault_closes_no_way(error: object) -> None:
    kiosk = kiosk_with_a_code()
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [answers.not_signed_in(call, error)]  # type: ignore[arg-type]
    for _ in range(REFUSALS_CLOSE_A_WAY + 1):
        kiosk.show_code()
    assert kiosk.sign_in.code == "problem"


def test_the_next_person_finds_every_way_open() -> None:
    kiosk = kiosk_with_a_code()
    for _ in range(REFUSALS_CLOSE_A_WAY):
        says(kiosk, ChallengeState.REFUSED)
    assert (kiosk.sign_in.telephone, kiosk.sign_in.telephone_code) == ("closed", "")
    kiosk.tap(Wish.END)
    kiosk.wait(9)
    kiosk.start(items.QUERY)
    assert kiosk.sign_in.telephone == "waiting"
