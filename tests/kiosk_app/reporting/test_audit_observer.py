"""What of a session is traceable afterwards, and that nothing of the person is."""

from __future__ import annotations

import pytest

from contract.sets import Assurance
from foundation.errors import Errors
from kiosk_app.matters.drafting import Draft
from kiosk_app.reporting.audit import word_for
from kiosk_app.reporting.audit_observer import AuditObserver, record_refusal
from kiosk_app.terminal.answers import DraftFound, SlipPrinted
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CardGone
from kiosk_app.terminal.views import Screen
from offline_store.audit import is_word
from tests.fakes.desk import ScriptedDesk, not_signed_in, willing_desk
from tests.fakes.items import LICENCE_FORM, OFFLINE_FORM
from tests.fakes.kiosk import Kiosk


class Trail:
    """Keeps what is recorded."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, str]] = []
        self.closings = 0

    def record(self, kind: str, outcome: str, subject: str = "", *, closes: bool = False) -> None:
        assert is_word(kind)
        assert is_word(outcome)
        assert is_word(subject)
        self.entries.append((kind, outcome, subject))
        self.closings += closes

    def said(self) -> list[tuple[str, str]]:
        return [(kind, outcome) for kind, outcome, _ in self.entries]


def a_kiosk(trail: Trail, desk: ScriptedDesk | None = None, *, connected: bool = True) -> Kiosk:
    return Kiosk(desk=desk, connected=connected, observe=AuditObserver(trail))


def hand_in(kiosk: Kiosk) -> None:
    kiosk.start_signed_in(OFFLINE_FORM)
    while kiosk.shows(Screen.QUESTION):
        question = kiosk.question
        kiosk.answer(question.options[0].value if question.options else "13871234567")
    kiosk.tap(Wish.SUBMIT)


def test_a_whole_session_is_traceable_and_its_end_closes() -> None:
    trail = Trail()
    kiosk = a_kiosk(trail)
    hand_in(kiosk)
    kiosk.tap(Wish.END)
    assert trail.said() == [
        ("items.changed", "done"),
        ("session.opened", "done"),
        ("sign-in.card", Assurance.CARD_VERIFIED.value),
        ("case.saved", "done"),
        ("case.answered", "taken"),
        ("printed.slip", "done"),
        ("session.ended", "done"),
        ("session.wiped", "clean"),
    ]
    assert trail.closings == 1
    about_session = {subject for _, _, subject in trail.entries if subject.startswith("session/")}
    assert len(about_session) == 1


def test_who_shows_a_card_while_the_province_is_away_is_told_apart() -> None:
    trail = Trail()
    a_kiosk(trail, connected=False).start_signed_in(OFFLINE_FORM)
    assert ("sign-in.card", Assurance.CARD_PRESENT.value) in trail.said()


def test_a_sign_in_that_was_refused_is_recorded_with_its_code() -> None:
    trail, desk = Trail(), willing_desk()
    desk.answers["sign_in_by_card"] = lambda call: [not_signed_in(call, Errors.SIGN_IN_REFUSED)]
    a_kiosk(trail, desk).start_signed_in(OFFLINE_FORM)
    assert ("sign-in.card", Errors.SIGN_IN_REFUSED.code.lower()) in trail.said()


def test_paper_that_nobody_saw_is_recorded_as_unknown() -> None:
    trail, desk = Trail(), willing_desk()
    desk.answers["print_slip"] = lambda call: [
        SlipPrinted(call.session_id, done=False, known=False, error=Errors.PRINT_OUTCOME_UNKNOWN)
    ]
    hand_in(a_kiosk(trail, desk))
    assert trail.said()[-1] == ("printed.slip", "unknown")


def test_who_walks_away_has_a_session_that_ended_so() -> None:
    trail = Trail()
    kiosk = a_kiosk(trail)
    kiosk.tap(Wish.TOUCH)
    kiosk.wait(200)
    assert trail.said()[1:3] == [("session.opened", "done"), ("session.ended", "idle")]


def test_a_draft_that_was_opened_is_traceable_and_looking_for_none_is_not() -> None:
    trail = Trail()
    desk = willing_desk()
    kiosk = a_kiosk(trail, desk)
    kiosk.start_signed_in(LICENCE_FORM)
    kiosk.tap(Wish.END)
    kiosk.tap(Wish.FINISH)
    kiosk.says(CardGone())
    assert "draft.opened" not in dict(trail.said())
    desk.answers["find_draft"] = lambda call: [DraftFound(call.session_id, Draft(1, 1, {"payment": "x"}))]
    kiosk.start_signed_in(LICENCE_FORM)
    assert ("draft.opened", "done", f"session/{desk.last('find_draft').session_id}") in trail.entries


@pytest.mark.parametrize("subject", ["terminal/42010300017", "case/0b1c0a9e-7a51-4f0e-9f5c-0f9f8b7d1c22"])
def test_what_the_province_refuses_is_traceable_by_its_stream_and_reason(subject: str) -> None:
    trail = Trail()
    record_refusal(trail, subject, "rating", "EVNT-001")
    ((kind, outcome, about),) = trail.entries
    assert (kind, outcome) == ("rating.refused", "evnt-001")
    assert about == word_for(subject)
