"""Aids and help: one touch away on every screen, also on one that rests or serves nobody."""

from __future__ import annotations

from collections.abc import Callable

from kiosk_app.terminal import aids
from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.idle import IdleWatch
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen


class Aiding:
    """What the bar under every screen does. ``rest`` shows what nobody's terminal shows."""

    def __init__(self, stage: Stage, idle: IdleWatch, rest: Callable[[], None]) -> None:
        self._stage = stage
        self._idle = idle
        self._rest = rest

    def heard(self, wish: Wish) -> bool:
        """Does what the bar was touched for; false when it was not the bar."""
        now = self._stage.now
        if wish in aids.WISHES:
            if wish is not Wish.HIDE_SCREEN or (now.headset_in and now.aids.speech):
                self.put_on(aids.switched(now.aids, wish))
        elif wish is Wish.HELP:
            if now.screen is not Screen.HELP:
                now.help_from = now.screen
                self._stage.go(Screen.HELP)
        elif wish is Wish.CLOSE_HELP or (now.screen is Screen.HELP and wish is Wish.BACK):
            if now.screen is Screen.HELP:
                self._stage.go(now.help_from or Screen.HOME, forward=False)
                now.help_from = None
        else:
            return False
        return True

    def put_on(self, worn: Aids) -> None:
        """With any aid there is more time."""
        self._stage.now.aids = worn
        self._idle.set_aided(aids.needs_longer(worn))

    def read_to(self, *, wanted: bool) -> None:
        """A headset was plugged in or pulled out, by somebody who is here or reads what is shown."""
        now = self._stage.now
        if now.session is not None or not now.serves:
            self.put_on(aids.read_to(now.aids, wanted=wanted))

    def tick(self) -> None:
        """Who read on a terminal that serves nobody has gone: the next one finds it as everybody does."""
        now = self._stage.now
        nobody = now.session is None and now.farewell is None and now.screen is not Screen.STARTING
        looked = now.screen is Screen.HELP or now.aids != Aids(language=now.facts.language)
        if nobody and looked and self._idle.seconds_left() == 0:
            self._rest()
