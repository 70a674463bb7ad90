"""Whether somebody is at the terminal, seen from the outside: by what it shows."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk_app.terminal.views import Screen, View

_NOBODY_HERE = (Screen.STARTING, Screen.ATTRACT, Screen.OUT_OF_SERVICE)


class Occupancy:
    """Publishes every view, by ``publish``, and says what follows from the newest. Thread-safe.

    A session counts until its wipe is done: the farewell is still somebody's. ``on_change`` is called in the
    thread that publishes, and must return at once.
    """

    def __init__(self, publish: Callable[[View], None]) -> None:
        self._publish = publish
        self._lock = threading.Lock()
        self._screen = Screen.STARTING
        self.on_change: Callable[[], None] = lambda: None

    def publish(self, view: View) -> None:
        """This is on the screen from now on."""
        with self._lock:
            changed, self._screen = view.screen is not self._screen, view.screen
        self._publish(view)
        if changed:
            self.on_change()

    def is_free(self) -> bool:
        """Whether nobody is here; somebody may come at any moment."""
        with self._lock:
            return self._screen in _NOBODY_HERE

    def is_closed(self) -> bool:
        """Whether nobody is here and nobody can begin."""
        with self._lock:
            return self._screen is Screen.OUT_OF_SERVICE
