"""A page that a real writer fills: requests over its pipes, and the text that came of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from screens.input.handwriting import Stroke


class Page:
    """One process of ``python -m screens.input``."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "screens.input", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.ways: list[str] = self._line()["ways"]
        self._number = 0
        self.text = ""
        self.letters = ""
        self.candidates: list[str] = []
        self.called: dict[str, str] = {}
        self.of = 0

    def use(self, way: str) -> None:
        self.text = ""
        self._ask(do="use", way=way)

    def type(self, keys: str) -> None:
        for key in keys:
            self.press(key)

    def press(self, key: str) -> None:
        self._ask(do="press", key=key)

    def write(self, strokes: list[Stroke]) -> None:
        self._ask(do="write", strokes=strokes)

    def choose(self, candidate: str, *, of: int | None = None) -> None:
        self._ask(do="choose", index=self.candidates.index(candidate), of=self.of if of is None else of)

    def close(self) -> None:
        """The end of input is the end of the writer, in good order and with nothing to say."""
        _, complaints = self._process.communicate(timeout=20)
        assert (self._process.returncode, complaints) == (0, "")

    def _ask(self, **request: Any) -> None:
        assert self._process.stdin is not None
        self._number += 1
        self._process.stdin.write(json.dumps({"n": self._number, **request}) + "\n")
        self._process.stdin.flush()
        answer = self._line()
        assert answer["n"] == self._number
        self.text += answer["text"]
        self.of = answer["of"]
        self.letters = answer["letters"] if answer["letters"] is not None else self.letters
        self.called = dict(answer["candidates"])
        self.candidates = [text for text, _ in answer["candidates"]]

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line: dict[str, Any] = json.loads(self._process.stdout.readline())
        return line
