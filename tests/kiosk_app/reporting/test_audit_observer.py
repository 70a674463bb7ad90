"""What of a session is traceable afterwards, and that nothing of the person is."""

from __future__ import annotations

from contract.sets import Assurance
from foundation.errors import Errors
from kiosk_app.reporting.audit_observer import AuditObserver
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import SlipPrinted
from kiosk_app.terminal.views import Screen
from offline_store.audit import is_word
from tests.fakes.desk import ScriptedDesk, not_signed_in, willing_desk
from tests.fakes.items import OFFLINE_FORM
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
