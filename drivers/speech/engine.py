"""The synthesiser: an interface, espeak-ng behind it, and a watch that stops asking one that keeps dying."""

from __future__ import annotations

import logging
from collections import deque
from enum import Enum
from typing import Protocol

from drivers.speech.children import HowEnded, Interrupt, in_memory, run_child
from drivers.speech.protocol import LONGEST_S, Wave, parse_wave
from drivers.speech.spoken_text import for_synthesiser
from drivers.vocabulary import ModuleState
from foundation.clock import Clock

log = logging.getLogger("dianxiaoer.speech")

_DEADLINE_S = 2.0  # it takes 30 ms; who waits for a word has no patience for more
_LARGEST_BYTES = int(LONGEST_S * 22_050 * 2) + 4096
_WORDS_A_MINUTE = 160
_VOICES = {"zh": "cmn-latn-pinyin", "en": "en"}  # `cmn` alone would read pinyin as English
DEATHS_ALLOWED = 3
DEATHS_WITHIN_S = 300.0


class NotSynthesised(Enum):
    """Why there is no sound."""

    MISSING = "missing"
    """The program is not installed."""
    FAILED = "failed"
    """It ended with an error, or what it gave is no sound."""
    HUNG = "hung"
    """It was ended at its deadline."""
    INTERRUPTED = "interrupted"
    """Nobody wants it any more; nothing is wrong."""
    DEGRADED = "degraded"
    """It died too often and was not asked; a probe asks it again later."""


class Engine(Protocol):
    """Makes sound of a text. May hang only until its own deadline."""

    def synthesise(
        self, text: str, language: str, speed_percent: int, interrupt: Interrupt
    ) -> Wave | NotSynthesised:
        """The sound of one piece of text (see :func:`drivers.speech.spoken_text.pieces`)."""


class Espeak:
    """espeak-ng as a child process for each piece of text: it is there in 30 ms and cannot take us with it.

    The text goes in through memory and the sound comes back through a pipe: neither stands in the list of
    processes or on a disk.
    """

    def __init__(self, clock: Clock, program: str = "espeak-ng", deadline_s: float = _DEADLINE_S) -> None:
        self._clock = clock
        self._program = program
        self._deadline_s = deadline_s

    def synthesise(
        self, text: str, language: str, speed_percent: int, interrupt: Interrupt
    ) -> Wave | NotSynthesised:
        words_a_minute = str(_WORDS_A_MINUTE * speed_percent // 100)
        command = [self._program, "-v", _VOICES[language], "-s", words_a_minute, "-b", "1"]
        command += ["--stdin", "--stdout"]
        with in_memory(for_synthesiser(text, language).encode()) as given:
            end = run_child(
                command,
                given,
                interrupt,
                self._clock,
                self._clock.monotonic_s() + self._deadline_s,
                most_bytes=_LARGEST_BYTES,
            )
        match end.how:
            case HowEnded.MISSING:
                return NotSynthesised.MISSING
            case HowEnded.INTERRUPTED:
                return NotSynthesised.INTERRUPTED
            case HowEnded.OUT_OF_TIME | HowEnded.TOO_MUCH:
                return NotSynthesised.HUNG
        wave = parse_wave(end.output, streamed=True)
        return wave if end.code == 0 and isinstance(wave, Wave) else NotSynthesised.FAILED


class WatchedEngine:
    """An engine and what is known of it. For the owner's thread.

    Every failure makes it inoperable until it has answered again. After three deaths in five minutes a phrase
    no longer waits for it; only :meth:`probe` still asks.
    """

    def __init__(self, engine: Engine | None, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._deaths_s: deque[float] = deque(maxlen=DEATHS_ALLOWED)
        self.state = ModuleState.UNKNOWN if engine else ModuleState.NOT_SUPPORTED

    @property
    def degraded(self) -> bool:
        """Whether it died three times in the last five minutes and has not answered since."""
        return (
            len(self._deaths_s) == DEATHS_ALLOWED
            and self._clock.monotonic_s() - self._deaths_s[0] < DEATHS_WITHIN_S
        )

    def synthesise(
        self, text: str, language: str, speed_percent: int, interrupt: Interrupt
    ) -> Wave | NotSynthesised:
        """As :meth:`Engine.synthesise`, unless it is degraded."""
        if self._engine is None:
            return NotSynthesised.MISSING
        if self.degraded:
            return NotSynthesised.DEGRADED
        return self._ask(self._engine, text, language, speed_percent, interrupt)

    def probe(self, interrupt: Interrupt) -> None:
        """Asks it for one word, also when it is degraded, and remembers whether it answered."""
        if self._engine is not None and isinstance(self._ask(self._engine, "好", "zh", 100, interrupt), Wave):
            self._deaths_s.clear()

    def _ask(
        self, engine: Engine, text: str, language: str, speed_percent: int, interrupt: Interrupt
    ) -> Wave | NotSynthesised:
        answer = engine.synthesise(text, language, speed_percent, interrupt)
        if isinstance(answer, Wave):
            self._turn(ModuleState.OK, "answers")
        elif answer is not NotSynthesised.INTERRUPTED:
            self._deaths_s.append(self._clock.monotonic_s())
            self._turn(ModuleState.INOPERABLE, answer.value)
        return answer

    def _turn(self, state: ModuleState, why: str) -> None:
        before, self.state = self.state, state
        if state is ModuleState.INOPERABLE and before is not state:
            log.warning("the synthesiser is down: %s", why)
        elif state is ModuleState.OK and before is ModuleState.INOPERABLE:
            log.info("the synthesiser is back")
