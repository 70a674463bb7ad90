"""A person who sees nothing: four keys under the fingers, a headset, and what is read in it."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from demo.visit import Visit
from tests.journeys.halls import eventually

MOST_STEPS = 60
_LOOKS, _LOOK_EVERY_S = 60, 0.05
_PLACE = re.compile(r"，第\d+项，共\d+项$|，在页面外的一排$")
_CHOICE = re.compile(r"^第\d+项，共\d+项：")
_KEYS = "按键："


class Listener:
    """Presses nothing that she has not been told of. ``log`` is all that she heard and did, in order."""

    def __init__(self, visit: Visit, log: Path) -> None:
        self._visit = visit
        self._log = log
        self._page: list[str] = []
        self._lines: list[str] = []
        self.announced: set[str] = set()

    def listens(self) -> list[str]:
        """What was read since the last time."""
        heard = self._visit.hears()
        for sentence in heard:
            self._lines.append(f"耳机  {sentence}")
            self._remember(sentence)
        self._page += heard
        return heard

    def hears(self, words: str) -> None:
        """Waits until these words were read on this page."""
        eventually(lambda: self._heard(words))

    def walks_to(self, name: str) -> None:
        """Presses the next key until what begins with ``name`` is said to have the focus."""
        for _ in range(MOST_STEPS):
            self.does("下一项", "next")
            if self._waits_for_focus().startswith(name):
                return
        raise AssertionError(f"the keys do not lead to “{name}”; heard {self._page[-MOST_STEPS:]}")

    def chooses(self, name: str) -> None:
        """Walks to it, hears what it is, and presses the key that chooses."""
        self.walks_to(name)
        self.does("确定", "choose")

    def types(self, figures: str) -> None:
        """Finds each figure on the pad and hears that it came."""
        for figure in figures:
            self.chooses(figure)
            self.hears(figure)

    def does(self, what: str, key: str) -> None:
        """Presses a key; what was heard before is another page's."""
        self.listens()
        self._page.clear()
        self._lines.append(f"　按键  {what}")
        self._visit.presses(key)

    def notes(self, what: str) -> None:
        """Something else that she did."""
        self.listens()
        self._page.clear()
        self._lines.append(f"　动作  {what}")

    def not_announced(self) -> list[str]:
        """The controls of the page that stands which nobody has told her of."""
        eventually(lambda: not self.listens())
        buttons = [name for name in self._visit.controls() if name]
        return [name for name in buttons if name not in self.announced]

    def keep(self) -> None:
        """Writes down what was heard."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        self._log.write_text("\n".join([*self._lines, ""]), encoding="utf-8")

    def _heard(self, words: str) -> bool:
        self.listens()
        return any(words in sentence for sentence in self._page)

    def _waits_for_focus(self) -> str:
        """Empty when nothing is said for a while: what had it may have gone, and she presses again."""
        pause = threading.Event()
        for _ in range(_LOOKS):
            if focus := self._focus():
                return focus
            pause.wait(_LOOK_EVERY_S)
        return ""

    def _focus(self) -> str:
        """What has the focus, as it was said last."""
        self.listens()
        said = [sentence for sentence in self._page if _PLACE.search(sentence)]
        return _PLACE.sub("", said[-1]) if said else ""

    def _remember(self, sentence: str) -> None:
        if sentence.startswith(_KEYS):
            self.announced.update(sentence.removeprefix(_KEYS).split("、"))
        self.announced.add(_without_tick(_PLACE.sub("", _CHOICE.sub("", sentence))))


def _without_tick(said: str) -> str:
    return re.sub("，[已未]选$", "", said)
