"""A person in front of the terminal: looks, taps what she reads, lays down a card, shows a code.

Everything goes through the screen and the devices. What she cannot see she cannot tap.
"""

from __future__ import annotations

import base64
import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from demo.citizens import Citizen
from demo.lines import Lines, RefusedError

PRESSED_ROLES = ("Button", "CheckBox", "RadioButton")
SCREEN_TIMEOUT_S = 20.0
_LOOK_AGAIN_S = 0.05
_STEPS_AT_MOST = 40
_LOOKS_FOR_FOCUS = 10
_A_TOUCH_LASTS_S = 0.08
"""Nobody touches a glass again before the finger has left it."""

_NEXT_CARD_AFTER_S = 0.5
"""Nobody has the next card at hand sooner; the reader looks for one several times a second."""


class Visit:
    """One person's visit. ``pace_s`` is how long she looks before she taps.

    Pictures go to the folder ``pictures``; without one she takes none.
    """

    def __init__(
        self, name: str, screen: Lines, devices: Path, pictures: Path | None = None, pace_s: float = 0.0
    ) -> None:
        self._name = name
        self._screen = screen
        self._devices = devices
        self._pictures = pictures
        self._pace_s = pace_s
        self._taken = 0
        self.screens: list[str] = []

    def tap(self, label: str) -> None:
        """Looks for the control that says ``label``, until it is there, and taps its centre."""
        self._look()
        self._touch(label)

    def holds(self, words: str) -> None:
        """Rests a finger on the line that says these words until it is read, and lifts it."""
        self._until(lambda: self._screen.ask(do="hold", name=words))

    def tries(self, label: str) -> bool:
        """Taps the control that says ``label`` if it can be tapped now; whether it could."""
        try:
            self._press(label)
        except RefusedError:
            return False
        return True

    def type(self, keys: str) -> None:
        """Types on the pad, key by key."""
        for key in keys:
            self._touch(key)

    def sees(self, screen: str) -> None:
        """Waits until that screen is there and has come to rest, and takes a picture of it."""
        self._screen.ask(do="wait", screen=screen, timeout_s=SCREEN_TIMEOUT_S)
        self.picture(screen)

    def is_asked(self, question: str) -> None:
        """Waits until she is asked this, and takes a picture of it."""
        self.reads(question)
        self.sees("question")

    def picture(self, what: str) -> None:
        """Keeps what is on the screen now."""
        if self._pictures is None:
            return
        self._taken += 1
        path = self._pictures / f"{self._name}-{self._taken:02d}-{what}.png"
        self._screen.ask(do="grab", path=str(path))
        self.screens.append(path.name)

    def photographs(self, path: Path) -> None:
        """Takes a picture of the screen with her own phone."""
        self._screen.ask(do="grab", path=str(path))

    def reads(self, words: str, timeout_s: float = SCREEN_TIMEOUT_S) -> None:
        """Waits until these words stand on the screen."""
        self._until(lambda: self._read(words), timeout_s)

    def finds(self, words: str, timeout_s: float = SCREEN_TIMEOUT_S) -> None:
        """The same on a page that has more than fits: she turns it over and back."""
        ways = itertools.cycle(("下一页", "上一页"))
        way = next(ways)

        def look() -> None:
            nonlocal way
            try:
                self._read(words)
            except RefusedError:
                if not self.tries(way):
                    way = next(ways)
                raise

        self._until(look, timeout_s)

    def says(self, words: str) -> bool:
        """Whether these words stand on the screen now."""
        return any(words in name for name in self.words())

    def screen(self) -> str:
        """The name of the screen that stands there now."""
        name: str = self._screen.ask(do="screen")["screen"]
        return name

    def words(self) -> list[str]:
        """Everything that stands on the screen now."""
        return [control["name"] for control in self._screen.ask(do="tree")["controls"]]

    def lays_down_card(self, citizen: Citizen) -> None:
        """Lays her card on the reader."""
        self._look()
        self.order(do="put_card", citizen=citizen.card())

    def takes_card(self) -> None:
        """Takes it away again."""
        self.order(do="take_card")
        threading.Event().wait(_NEXT_CARD_AFTER_S)

    def shows_code(self, code: str) -> None:
        """Holds her phone before the scanner."""
        self._look()
        self.order(do="show_code", payload=base64.b64encode(code.encode("utf-8")).decode("ascii"))

    def puts_phone_away(self) -> None:
        """Takes the phone away from the scanner."""
        self.order(do="hide_code")

    def controls(self) -> list[str]:
        """What can be pressed now, in its order."""
        tree = self._screen.ask(do="tree")["controls"]
        return [one["name"] for one in tree if one["enabled"] and one["role"] in PRESSED_ROLES]

    def hears(self) -> list[str]:
        """What was read to her in the headset since the last time, sentence by sentence."""
        sentences: list[str] = self._screen.ask(do="heard")["sentences"]
        return sentences

    def plugs_headset_in(self) -> None:
        """Puts her headset into its hole."""
        self.order(do="act", device="keypad", action="headset", value="in")

    def pulls_headset_out(self) -> None:
        """Takes it along."""
        self.order(do="act", device="keypad", action="headset", value="out")

    def presses(self, key: str) -> None:
        """Presses a key of the keypad: previous, next, choose, back or help."""
        self.order(do="act", device="keypad", action="press", value=key)

    def walks_to(self, label: str) -> None:
        """Goes on with the keypad, key by key, until the control that says ``label`` has the focus."""
        for _ in range(_STEPS_AT_MOST):
            here = self.focus()
            if label in here:
                return
            self.presses("next")
            self._waits_for_another_focus(here)
        raise RefusedError(f"the keys do not lead to “{label}”")

    def focus(self) -> str:
        """What the control says that has the focus now; empty when none has."""
        tree = self._screen.ask(do="tree")["controls"]
        return next((control["name"] for control in tree if control["focused"]), "")

    def _waits_for_another_focus(self, here: str) -> None:
        """Or for so long that there will be none: on its way the focus may be where nothing has a name."""
        pause = threading.Event()
        for _ in range(_LOOKS_FOR_FOCUS):
            if self.focus() != here:
                return
            pause.wait(_LOOK_AGAIN_S)

    def takes_sheets(self) -> None:
        """Takes what lies in the tray of the A4 printer."""
        self.order(do="act", device="document_printer", action="take")

    def order(self, **order: Any) -> None:
        """An order to the simulated devices: what goes on around her."""
        devices = Lines(self._devices)
        try:
            devices.ask(**order)
        finally:
            devices.close()

    def _read(self, words: str) -> None:
        shown = self.words()
        if not any(words in name for name in shown):
            raise RefusedError(f"“{words}” is not on the screen; there is {shown}")

    def _touch(self, label: str) -> None:
        self._until(lambda: self._press(label))

    def _press(self, label: str) -> None:
        self._screen.ask(do="tap", name=label)
        threading.Event().wait(_A_TOUCH_LASTS_S)

    @staticmethod
    def _until(action: Callable[[], object], timeout_s: float = SCREEN_TIMEOUT_S) -> None:
        """Tries until it works; what it was refused last is raised."""
        pause = threading.Event()
        for _ in range(round(timeout_s / _LOOK_AGAIN_S)):
            try:
                action()
            except RefusedError:
                pause.wait(_LOOK_AGAIN_S)
            else:
                return
        action()

    def _look(self) -> None:
        if self._pace_s:
            threading.Event().wait(self._pace_s)
