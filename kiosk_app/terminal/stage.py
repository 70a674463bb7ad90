"""What every part of the conversation stands on: the situation, the desk, the clock, and how pages change."""

from __future__ import annotations

from foundation.clock import Clock, rfc3339
from kiosk_app.terminal.desk import Desk
from kiosk_app.terminal.session import CitizenSession, Matter
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.views import Screen

_WHERE_ONE_SHOWS_WHO_ONE_IS = (Screen.SIGN_IN, Screen.STAFF_SIGN_IN)


class Stage:
    """Changes pages. ``session`` and ``matter`` may only be asked for where a screen implies them."""

    def __init__(self, situation: Situation, desk: Desk, clock: Clock) -> None:
        self.now = situation
        self.desk = desk
        self.clock = clock

    @property
    def session(self) -> CitizenSession:
        """The open session; asking without one is a bug."""
        if self.now.session is None:
            raise RuntimeError(f"no session on {self.now.screen}")
        return self.now.session

    @property
    def matter(self) -> Matter:
        """The matter under way; asking without one is a bug."""
        if self.session.matter is None:
            raise RuntimeError(f"no matter on {self.now.screen}")
        return self.session.matter

    def go(self, screen: Screen, *, forward: bool = True) -> None:
        """Shows another screen, or another page of the same. Cards are read on the sign-in screen only."""
        if screen in _WHERE_ONE_SHOWS_WHO_ONE_IS or self.now.screen in _WHERE_ONE_SHOWS_WHO_ONE_IS:
            signing_in = screen is Screen.SIGN_IN
            self.desk.allow_card_reading(
                signing_in and not self.session.card_left and not self.session.wants_licence
            )
            self.desk.allow_social_card(signing_in and self.session.takes_social_card)
            # A grant of the staff is good without the province.
            self.desk.expect_code((signing_in and self.now.connected) or screen is Screen.STAFF_SIGN_IN)
        self.now.screen = screen
        self.now.forward = forward
        self.now.new_page = True

    @property
    def page(self) -> Screen:
        """The screen that the person is on, also while reading the help in front of it."""
        return self.now.help_from or self.now.screen

    def arrive(self, screen: Screen, *, forward: bool = True) -> None:
        """Goes to ``screen``, or puts it behind the help that a person is reading."""
        if self.now.screen is Screen.HELP:
            self.now.help_from = screen
        else:
            self.go(screen, forward=forward)

    def time(self) -> str:
        """Now, as it goes over the wire."""
        return rfc3339(self.clock.utc_now())
