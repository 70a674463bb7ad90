"""One writer with all ways of writing: requests in, what is to be shown out."""

from __future__ import annotations

from pathlib import Path
from string import ascii_lowercase
from typing import Any

from screens.input.handwriting import Handwriting, HandwritingUnavailableError
from screens.input.rime import Composed, Rime, RimeUnavailableError
from screens.input.spoken import Spoken

SCHEMAS = {"pinyin": "kiosk_pinyin", "nine": "kiosk_nine", "stroke": "kiosk_stroke"}
_KEYS = {
    "pinyin": ("delete", "'", *ascii_lowercase),
    "nine": ("delete", *"23456789"),
    "stroke": ("delete", *"hspnz"),
}
HANDWRITING = "handwriting"
MOST_SHOWN = 80


class Scribe:
    """Composes one text at a time; ``ways`` names what can be used here, none where no library is installed.

    ``directory`` is for what is made from dictionaries, never for anything that was written.
    """

    def __init__(self, directory: Path) -> None:
        self.ways: list[str] = []
        self._rime: Rime | None = None
        self._handwriting: Handwriting | None = None
        try:
            self._rime = Rime(directory)
            self.ways += SCHEMAS
        except RimeUnavailableError:
            pass
        try:
            self._handwriting = Handwriting()
            self.ways.append(HANDWRITING)
        except HandwritingUnavailableError:
            pass
        self._spoken = Spoken.load(directory / "spoken-2.json")
        self._way = ""
        self._shown: list[tuple[int, str]] = []
        self._number = -1

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """What stands after a request: letters, candidates with what each is called, and finished text.

        ``{"n": 1, "do": "use", "way": "pinyin"}`` begins afresh; ``press`` has a ``key`` (one of the way's
        own, or ``delete``); ``write`` has all ``strokes`` of a character; ``choose`` has the ``index`` of a
        candidate among those of the answer with the number ``of``: of older ones nothing is chosen, so that
        two quick taps are one. ``letters`` is null when nothing was done.
        """
        composed = self._composed(request)
        if composed is not None:
            self._number = int(request["n"])
            self._shown = self._ranked(composed.candidates)
        return {
            "n": request["n"],
            "of": self._number,
            "letters": composed.letters if composed is not None else None,
            "candidates": [[text, self._spoken.say(text)] for _, text in self._shown],
            "text": composed.text if composed is not None else "",
        }

    def close(self) -> None:
        """Let go of the libraries."""
        if self._rime is not None:
            self._rime.close()
        if self._handwriting is not None:
            self._handwriting.close()

    def _composed(self, request: dict[str, Any]) -> Composed | None:
        """None when there is nothing to do."""
        match request["do"]:
            case "use" if request["way"] in self.ways:
                self._way = request["way"]
                if self._rime is not None and self._way in SCHEMAS:
                    self._rime.use(SCHEMAS[self._way])
                return Composed()
            case "press" if self._rime is not None and request["key"] in _KEYS.get(self._way, ()):
                return self._rime.press(request["key"])
            case "write" if self._handwriting is not None and self._way == HANDWRITING:
                return Composed(candidates=self._handwriting.read(request["strokes"]))
            case "choose" if request["of"] == self._number and 0 <= request["index"] < len(self._shown):
                place, text = self._shown[request["index"]]
                if self._way == HANDWRITING or self._rime is None:
                    return Composed(text=text)
                return self._rime.choose(place)
        return None

    def _ranked(self, candidates: tuple[str, ...]) -> list[tuple[int, str]]:
        """Candidates with their places; of strokes the commonest first: their dictionary knows of none."""
        numbered = list(enumerate(candidates))
        if self._way == "stroke":
            numbered.sort(key=lambda one: -self._spoken.uses(one[1]))
        return numbered[:MOST_SHOWN]
