"""What is to be said, in which order, and what is said now: where other threads meet the owner."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field

from drivers.speech.children import Interrupt
from drivers.speech.device import INTERRUPTED, OpenText, PrivateText, SpeechResult
from drivers.speech.phrases import Phrase

WAITING_AT_MOST = 16

Utterance = Phrase | OpenText | PrivateText


@dataclass(slots=True, eq=False)
class Item:
    """One thing to be said. ``cut`` is set when it is not wanted any more, to what is to be answered."""

    utterance: Utterance
    private: bool
    future: Future[SpeechResult] = field(default_factory=Future)
    cut: SpeechResult | None = None

    def answer(self, result: SpeechResult) -> None:
        """Resolves the future, unless its holder cancelled it."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_result(result)


class Agenda:
    """A bounded queue with one item in hand. Thread-safe; futures are resolved outside of its lock.

    ``interrupt`` is set when the owner should let go of what it has in hand, or of a probe while something
    waits. ``wake`` is set whenever there is something for the owner to look at.
    """

    def __init__(self) -> None:
        self.interrupt = Interrupt()
        self.wake = threading.Event()
        self._lock = threading.Lock()
        self._waiting: deque[Item] = deque()
        self._in_hand: Item | None = None
        self._refusal: SpeechResult | None = INTERRUPTED

    def accept(self) -> None:
        """From now on items are taken."""
        with self._lock:
            self._refusal = None

    def refuse(self, result: SpeechResult) -> None:
        """Answers everything that waits, and everything that comes, with ``result``."""
        with self._lock:
            self._refusal = result
            dropped = list(self._waiting)
            self._waiting.clear()
        for item in dropped:
            item.answer(result)

    def add(self, item: Item, *, first: bool = False) -> Future[SpeechResult]:
        """Puts an item at the end, or before all that waits. A full queue loses its oldest."""
        with self._lock:
            refusal = self._refusal
            lost = None
            if refusal is None:
                lost = self._waiting.popleft() if len(self._waiting) >= WAITING_AT_MOST else None
                if first:
                    self._waiting.appendleft(item)
                else:
                    self._waiting.append(item)
                if self._in_hand is None:
                    self.interrupt.set()
        if refusal is not None:
            item.answer(refusal)
        if lost is not None:
            lost.answer(INTERRUPTED)
        self.wake.set()
        return item.future

    def next(self) -> Item | None:
        """Takes the next item in hand. For the owner."""
        with self._lock:
            self.interrupt.clear()
            self._in_hand = self._waiting.popleft() if self._waiting else None
            return self._in_hand

    def done(self, item: Item, result: SpeechResult) -> None:
        """The item in hand has had its turn. For the owner."""
        with self._lock:
            self._in_hand = None
        item.answer(result)

    def cut(self, result: SpeechResult, waiting: SpeechResult, *, private_only: bool = False) -> None:
        """Ends what is in hand with ``result`` and drops what waits with ``waiting``.

        ``private_only`` leaves public phrases in the queue.
        """
        with self._lock:
            if self._in_hand is not None:
                self._in_hand.cut = result
            if self._refusal is None:  # before that the outputs are tried, which nobody ends but a stop
                self.interrupt.set()
            dropped = [item for item in self._waiting if item.private or not private_only]
            self._waiting = deque(item for item in self._waiting if item not in dropped)
        for item in dropped:
            item.answer(waiting)
        self.wake.set()
