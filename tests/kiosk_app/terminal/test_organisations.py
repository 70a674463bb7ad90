"""Matters of organisations: the business licence signs in, and the case is the firm's, by its agent."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from contract.answers import Identity
from contract.organisation import Acting
from contract.sets import ChallengeState, Finish
from foundation.errors import Errors
from kiosk_app.terminal.answers import SignInAnswered
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged, CardGone, ServicesChanged
from kiosk_app.terminal.organisations import acting_in
from kiosk_app.terminal.views import Connection, Screen, Way
from tests.fakes import desk as answers
from tests.fakes import items, telephone
from tests.fakes.firms import FIRM_CODE, FIRM_NAME, LICENCE_CODE, MANDATE, acting
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk, secrets_left
from tests.fakes.people import a_citizen, another_citizen

FIRM_MATTER = "enterprise-appeal"
SHOWN = "武汉****有限公司"


def a_firm_kiosk() -> Kiosk:
    """With a province that has not answered yet; a firm's strings are secrets like a person's."""
    kiosk = Kiosk(capabilities=ALL_CAPABILITIES | {"social_security_card"})
    kiosk.secrets += (FIRM_NAME, FIRM_CODE, MANDATE)
    kiosk.desk.answers.pop("sign_in_by_code")
    return kiosk


def at_the_licence() -> Kiosk:
    kiosk = a_firm_kiosk()
    kiosk.start(FIRM_MATTER)
    assert kiosk.shows(Screen.SIGN_IN)
    return kiosk


def shows_licence(kiosk: Kiosk, given: Acting | None, identity: Identity | None = None) -> None:
    """A code is scanned, and the province says whose it is and for whom."""
    kiosk.show_code(LICENCE_CODE)
    call = kiosk.desk.last("sign_in_by_code")
    session = answers.a_province_session(identity or a_citizen(), number=call.number)
    session = msgspec.structs.replace(session, acting=given)
    kiosk.says(SignInAnswered(call.session_id, Way.CODE, session, None))


def test_only_the_licence_is_asked_for_and_no_card_is_read() -> None:
    kiosk = at_the_licence()
    assert kiosk.sign_in.for_organisation
    assert kiosk.sign_in.advice == kiosk.say("sign_in.licence")
    assert (kiosk.sign_in.card, kiosk.sign_in.social_card) == ("unavailable", "")
    assert not kiosk.desk.reads_cards()
    assert not kiosk.desk.social_card_allowed
    assert kiosk.desk.lights_scanner()
    kiosk.says(CardGone())
    assert not kiosk.desk.reads_cards()
    kiosk.says(CapabilitiesChanged(ALL_CAPABILITIES - {"code"}, demonstration=False))
    assert kiosk.sign_in.advice == kiosk.say("sign_in.neither"), "and no code stands on the screen yet"


def test_the_agent_hands_in_for_the_firm_and_both_are_shown_masked() -> None:
    kiosk = at_the_licence()
    shows_licence(kiosk, acting(FIRM_MATTER))
    assert kiosk.shows(Screen.QUESTION)
    assert kiosk.view.top.signed_in_as == f"{SHOWN} · 欧***"
    kiosk.answer("proposal", "tax", "-", "-")
    assert [row.value for row in kiosk.check.rows[:2]] == [SHOWN, "欧***（委托代理人）"]
    kiosk.tap(Wish.SUBMIT)
    submission = kiosk.desk.last("submit").what
    assert acting_in(submission.item, submission.signed_in) == acting(FIRM_MATTER)
    kiosk.tap(Wish.PRINT)
    assert kiosk.desk.last("print_slip").what.acting == acting(FIRM_MATTER)


def test_a_code_of_a_person_is_no_licence_and_its_session_is_ended() -> None:
    kiosk = at_the_licence()
    shows_licence(kiosk, None)
    assert kiosk.sign_in.advice == kiosk.error(Errors.LICENCE_WANTED)
    assert kiosk.view.top.signed_in_as == ""
    assert len(kiosk.desk.named("sign_out")) == 1
    shows_licence(kiosk, acting())
    assert kiosk.shows(Screen.QUESTION)


def test_a_mandate_that_does_not_cover_the_matter_says_so() -> None:
    kiosk = at_the_licence()
    shows_licence(kiosk, acting("tax-return"))
    assert kiosk.sign_in.advice == kiosk.error(Errors.MANDATE_TOO_NARROW)
    assert len(kiosk.desk.named("sign_out")) == 1


def test_who_signed_in_for_herself_shows_the_licence_as_well_and_does_not_start_anew() -> None:
    kiosk = a_firm_kiosk()
    kiosk.start_signed_in(items.QUERY)
    first = kiosk.desk.last("sign_in_by_card")
    kiosk.says(CardGone())
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, FIRM_MATTER)
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.SIGN_IN), "the notice was read, and who she is stays known"
    assert kiosk.view.top.signed_in_as == "欧***"
    shows_licence(kiosk, acting())
    assert kiosk.shows(Screen.QUESTION)
    assert kiosk.view.top.signed_in_as == f"{SHOWN} · 欧***"
    assert [call.what.session_id for call in kiosk.desk.named("sign_out")] == [
        answers.a_province_session(number=first.number).session_id
    ]


def test_her_own_matter_after_the_firms_is_her_own() -> None:
    kiosk = at_the_licence()
    shows_licence(kiosk, acting())
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, items.QUERY)
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.QUESTION), "the holder of the licence is known as a person"
    assert kiosk.view.top.signed_in_as == "欧***"
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    submission = kiosk.desk.last("submit").what
    assert acting_in(submission.item, submission.signed_in) is None


def test_on_the_telephone_the_licence_confirms_the_code_of_the_screen() -> None:
    kiosk = a_firm_kiosk()
    kiosk.says(CapabilitiesChanged(frozenset({"slip"}), demonstration=False))
    kiosk.start(FIRM_MATTER)
    kiosk.says(telephone.challenge_made(kiosk.desk.last("make_challenge")))
    assert kiosk.sign_in.advice == kiosk.say("sign_in.licence_by_telephone")
    said = telephone.telephone_says(kiosk.desk.last("await_telephone"), ChallengeState.CONFIRMED)
    assert said.session is not None
    kiosk.says(replace(said, session=msgspec.structs.replace(said.session, acting=acting())))
    assert kiosk.view.top.signed_in_as == f"{SHOWN} · 欧***"


@pytest.mark.parametrize("same", [True, False], ids=["the same firm", "another firm"])
def test_after_the_sign_in_has_run_out_the_form_waits_for_the_same_firm(same: bool) -> None:
    kiosk = at_the_licence()
    shows_licence(kiosk, acting())
    kiosk.answer("proposal", "tax", "-", "-")
    kiosk.clock.advance(901)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.for_organisation
    shows_licence(kiosk, acting(code=FIRM_CODE if same else "91429999MA4DEM0B25"))
    if same:
        assert kiosk.shows(Screen.CHECK)
    else:
        assert kiosk.sign_in.advice == kiosk.error(Errors.PROOF_OTHER_PERSON)


def test_everything_of_the_firm_is_noted_for_the_wipe_and_gone_after_it() -> None:
    kiosk = at_the_licence()
    shows_licence(kiosk, acting())
    kiosk.tap(Wish.END)
    assert {FIRM_NAME, FIRM_CODE, a_citizen().name} <= kiosk.needles[0].noted
    assert not secrets_left(kiosk)


def test_another_holder_begins_afresh() -> None:
    kiosk = at_the_licence()
    shows_licence(kiosk, acting())
    kiosk.answer("proposal")
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, FIRM_MATTER)
    kiosk.clock.advance(901)
    kiosk.tap(Wish.START)
    shows_licence(kiosk, acting(), another_citizen())
    assert kiosk.view.top.signed_in_as == f"{SHOWN} · 沈**"
    assert not any(option.chosen for option in kiosk.question.options)


def test_it_is_ready_only_with_the_province_and_a_service_for_the_licence() -> None:
    kiosk = a_firm_kiosk()
    item = items.reference_item(FIRM_MATTER)
    assert kiosk.situation.readiness_of(item).finish is Finish.HERE
    kiosk.says(ServicesChanged({"sign_in_code": 1e9, "sign_in_challenge": 1e9}))
    assert kiosk.situation.readiness_of(item).reason == "readiness.without_sign_in_service"
    kiosk.connection(Connection.OFFLINE)
    assert kiosk.situation.readiness_of(item).reason == "readiness.without_province"
