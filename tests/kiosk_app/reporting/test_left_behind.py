"""Whoever looks after the place is told of a card that was forgotten, and that it is gone."""

from __future__ import annotations

from foundation.errors import ErrorCode, Errors
from kiosk_app.reporting.left_behind import CardWatch
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CardFound, CardGone, SocialCardFound, SocialCardGone
from kiosk_app.terminal.views import Screen
from tests.fakes.items import OFFLINE_FORM
from tests.fakes.kiosk import Kiosk, kiosk_at


class Told:
    def __init__(self, kiosk: Kiosk) -> None:
        self.reports: list[tuple[ErrorCode, str, bool]] = []
        kiosk.loop._observers = (CardWatch(self),)

    def report(self, error: ErrorCode, device: str, *, present: bool) -> None:
        self.reports.append((error, device, present))


def test_a_card_that_was_forgotten_is_told_when_its_owner_has_gone_and_again_when_it_has() -> None:
    kiosk = kiosk_at(Screen.RATING)
    told = Told(kiosk)
    kiosk.says(CardFound())
    kiosk.tap(Wish.FINISH)
    assert told.reports == [], "the farewell still asks for it"
    kiosk.wait(61.0)
    assert told.reports == [(Errors.CARD_LEFT_BEHIND, "card", True)]
    kiosk.says(CardGone())
    assert told.reports[1:] == [(Errors.CARD_LEFT_BEHIND, "card", False)]


def test_a_card_that_lies_there_at_the_start_is_somebodys() -> None:
    kiosk = Kiosk()
    told = Told(kiosk)
    kiosk.says(CardFound(left_behind=True))
    assert told.reports == [(Errors.CARD_LEFT_BEHIND, "card", True)]


def test_a_social_security_card_in_its_slot_is_told_by_itself() -> None:
    kiosk = Kiosk()
    told = Told(kiosk)
    kiosk.says(SocialCardFound(left_behind=True), CardFound(left_behind=True), SocialCardGone())
    assert [report[1:] for report in told.reports] == [
        ("social_security_card", True),
        ("card", True),
        ("social_security_card", False),
    ]


def test_the_card_of_whoever_is_there_is_nobodys_business() -> None:
    kiosk = Kiosk()
    told = Told(kiosk)
    kiosk.says(CardFound())
    kiosk.start(OFFLINE_FORM)
    kiosk.tap(Wish.END)
    kiosk.says(CardGone())
    kiosk.wait(9.0)
    assert kiosk.screen is Screen.ATTRACT
    assert told.reports == []
