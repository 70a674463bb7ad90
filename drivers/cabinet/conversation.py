"""Questions and answers over a line that may fail in every way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from drivers.cabinet.protocol import UNASKED, Frame, FrameDecoder, Kind, State, decode_state, encode
from drivers.transports.transport import DeviceLostError, Transport
from foundation.clock import Clock
from foundation.counters import CounterSink

AnswerT = TypeVar("AnswerT")
_CHANGES_KEPT = 64  # a board that babbles makes nobody run out of memory
_ATTEMPTS = 3
_PATIENCE_S = 0.3
_ANSWER = 0x80
_LAST_SEQUENCE = 255


class Conversation:
    """The dialogue with a board. Used by the owner's thread only.

    An answer carries the number of its question, so that one which comes late is never taken for another.
    What the board says by itself waits in order until :meth:`listen` hands it out. Counts
    ``cabinet.bad_frames``, ``.noise_bytes``, ``.no_answer`` and ``.strange_answers``.
    """

    def __init__(self, transport: Transport, clock: Clock, counters: CounterSink) -> None:
        self._transport = transport
        self._clock = clock
        self._counters = counters
        self._decoder = FrameDecoder()
        self._sequence = UNASKED
        self._changes: deque[State] = deque(maxlen=_CHANGES_KEPT)

    def begin(self) -> None:
        """Forgets what an earlier opening of the line left."""
        self._decoder = FrameDecoder()
        self._changes.clear()

    def ask(self, kind: Kind, payload: bytes, read: Callable[[bytes], AnswerT | None]) -> AnswerT:
        """The answer to a question, as ``read`` understands its payload.

        Asks three times at most, 0.3 s each: every command may be repeated. Raises ``DeviceLostError`` when
        no answer comes that can be understood.
        """
        for _ in range(_ATTEMPTS):
            self._sequence = self._sequence % _LAST_SEQUENCE + 1
            deadline_s = self._clock.monotonic_s() + _PATIENCE_S
            self._transport.write_all(encode(Frame(kind, self._sequence, payload)), deadline_s)
            frame = self._await_answer(kind, deadline_s)
            answer = None if frame is None else read(frame.payload)
            if answer is not None:
                return answer
            self._count("no_answer" if frame is None else "strange_answers")
        raise DeviceLostError("the cabinet's board gives no answer that can be understood")

    def listen(self, patience_s: float) -> list[State]:
        """What the board said by itself since the last call; waits for it when there is nothing yet."""
        if not self._changes:
            self._receive(self._clock.monotonic_s() + patience_s)
        changes = list(self._changes)
        self._changes.clear()
        return changes

    def _await_answer(self, kind: Kind, deadline_s: float) -> Frame | None:
        answer: Frame | None = None
        while answer is None and self._clock.monotonic_s() < deadline_s:
            for frame in self._receive(deadline_s):
                if frame.sequence == self._sequence and frame.kind in (kind | _ANSWER, Kind.REFUSED):
                    answer = frame
                else:
                    self._count("strange_answers")
        return answer

    def _receive(self, deadline_s: float) -> list[Frame]:
        """The frames that came, without what the board says by itself, which is put aside."""
        bad, noise = self._decoder.bad_frames, self._decoder.noise_bytes
        frames = self._decoder.feed(self._transport.read_some(deadline_s))
        self._count("bad_frames", self._decoder.bad_frames - bad)
        self._count("noise_bytes", self._decoder.noise_bytes - noise)
        asked = []
        for frame in frames:
            change = decode_state(frame.payload) if frame.kind == Kind.CHANGED else None
            if change is None:
                asked.append(frame)
            else:
                self._changes.append(change)
        return asked

    def _count(self, name: str, increment: int = 1) -> None:
        if increment:
            self._counters.count(f"cabinet.{name}", increment)
