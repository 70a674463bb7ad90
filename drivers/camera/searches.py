"""What is made of the pictures while something is looked for: a picture in, what to tell out.

Each search lives from one asking to the next and keeps at most one picture of a person: the best so far.
"""

from __future__ import annotations

from typing import Protocol

from drivers.camera.blink import BlinkWatch
from drivers.camera.codes import CodeReader, is_usable
from drivers.camera.device import (
    Advice,
    Advised,
    CodeProblem,
    CodeSeen,
    FaceCaptured,
    Frame,
    Liveness,
    Point,
)
from drivers.camera.document import DocumentSight, look_at_document
from drivers.camera.face import Box, FaceFinder, FaceSight, portrait
from foundation.errors import Errors

_SETTLED_PICTURES = 3
_GOOD_PICTURES = 4
_CHOOSING_S = 0.6
_FORGIVEN_PICTURES = 2
_SAME_FACE = 0.3
_BLINK_PATIENCE_S = 12.0
_BLINK_RATE_PER_S = 4.0
_SLOW_FOR_S = 3.0
_CODE_GONE_S = 1.0


class Search(Protocol):
    """Something that is looked for."""

    @property
    def outline(self) -> tuple[Point, ...]:
        """Where it is in the latest picture; empty when it is not there."""

    def feed(self, frame: Frame, rate_per_s: float) -> list[object]:
        """Takes the next picture; returns the events to tell. ``rate_per_s`` is 0 while it is unknown."""


class AdviceVoice:
    """Says a piece of advice when it has been the same for three pictures, and once."""

    def __init__(self) -> None:
        self._told: Advice | None = None
        self._heard: Advice | None = None
        self._times = 0

    def say(self, advice: Advice) -> list[object]:
        """Takes the advice of the next picture; returns what to tell, if anything."""
        self._times = self._times + 1 if advice is self._heard else 1
        self._heard = advice
        if advice is self._told or self._times < _SETTLED_PICTURES:
            return []
        self._told = advice
        return [Advised(advice)]


class CodeSearch:
    """Tells each code once, until it has gone or is another one."""

    def __init__(self, reader: CodeReader) -> None:
        self._reader = reader
        self._payload: bytes | None = None
        self._seen_s = 0.0

    @property
    def outline(self) -> tuple[Point, ...]:
        return ()

    def feed(self, frame: Frame, rate_per_s: float) -> list[object]:  # noqa: ARG002 -- any rate will do
        payload = self._reader.read(frame.pixels)
        if payload is None:
            if frame.captured_s - self._seen_s > _CODE_GONE_S:
                self._payload = None
            return []
        known = payload == self._payload and frame.captured_s - self._seen_s <= _CODE_GONE_S
        self._payload, self._seen_s = payload, frame.captured_s
        if known:
            return []
        return [CodeSeen(payload) if is_usable(payload) else CodeProblem(Errors.CODE_NOT_READABLE)]


class DocumentSearch:
    """Says what to do with the document until it lies well."""

    def __init__(self) -> None:
        self._voice = AdviceVoice()
        self.sight = DocumentSight(Advice.NO_DOCUMENT)
        """What the latest picture showed."""

    @property
    def outline(self) -> tuple[Point, ...]:
        return self.sight.outline

    def feed(self, frame: Frame, rate_per_s: float) -> list[object]:  # noqa: ARG002 -- any rate will do
        self.sight = look_at_document(frame)
        return self._voice.say(self.sight.advice or Advice.DOCUMENT_READY)


class FaceSearch:
    """Chooses the best of several good pictures of one face, which stays alone and where it is.

    With ``ask_for_blink`` it asks for a blink as soon as the face is good, and waits for one.
    """

    def __init__(self, finder: FaceFinder, *, ask_for_blink: bool) -> None:
        self._finder = finder
        self._voice = AdviceVoice()
        self._blink = BlinkWatch() if ask_for_blink else None
        self._liveness = Liveness.NOT_ASKED
        self._box: Box | None = None
        self._best: tuple[Frame, FaceSight] | None = None
        self._good = self._bad_in_a_row = 0
        self._good_since_s = self._fast_s = 0.0
        self._done = False

    @property
    def outline(self) -> tuple[Point, ...]:
        return self._box.corners() if self._box is not None else ()

    def feed(self, frame: Frame, rate_per_s: float) -> list[object]:
        if self._done:
            return []
        sight = self._finder.look_at(frame)
        if self._box is not None and sight.box is not None and sight.box.shares(self._box) < _SAME_FACE:
            self._start_afresh()
        if sight.advice is not None or sight.box is None:
            return self._not_good(sight)
        self._box, self._bad_in_a_row = sight.box, 0
        self._good += 1
        if self._good == 1:
            self._good_since_s = frame.captured_s
        eyes_open = self._blink is None or self._finder.eyes_are_open(frame, sight.box)
        if eyes_open and (self._best is None or sight.sharpness > self._best[1].sharpness):
            self._best = frame, sight
        if self._blink is not None:
            blinked = self._blink.feed(sight.box, eyes_open, frame.captured_s)
            self._judge_liveness(blinked, frame.captured_s, rate_per_s)
        return self._capture(frame.captured_s)

    def _not_good(self, sight: FaceSight) -> list[object]:
        self._bad_in_a_row += 1
        if self._bad_in_a_row > _FORGIVEN_PICTURES:
            self._start_afresh()
        self._box = sight.box or self._box
        return self._voice.say(sight.advice or Advice.NO_FACE)

    def _start_afresh(self) -> None:
        """Another person may stand there now: nothing of the one before is kept."""
        self._box = self._best = None
        self._good = 0
        self._liveness = Liveness.NOT_ASKED
        if self._blink is not None:
            self._blink.forget()

    def _judge_liveness(self, blinked: bool, moment_s: float, rate_per_s: float) -> None:
        if blinked:
            self._liveness = Liveness.PASSED
        elif self._liveness is not Liveness.NOT_ASKED:
            return
        elif moment_s - self._good_since_s > _BLINK_PATIENCE_S:
            self._liveness = Liveness.NOT_SEEN
        elif not 0 < rate_per_s < _BLINK_RATE_PER_S:
            self._fast_s = moment_s
        elif moment_s - max(self._fast_s, self._good_since_s) > _SLOW_FOR_S:
            self._liveness = Liveness.NOT_SUPPORTED

    def _capture(self, moment_s: float) -> list[object]:
        if self._blink is not None and self._liveness is Liveness.NOT_ASKED:
            return self._voice.say(Advice.BLINK)
        if self._best is None or self._good < _GOOD_PICTURES or moment_s - self._good_since_s < _CHOOSING_S:
            return self._voice.say(Advice.STAY_LIKE_THIS)
        captured = FaceCaptured(portrait(*self._best), self._liveness)
        self._best = None
        self._done = True
        return [captured]
