"""A voice with simulated sound cards and the true synthesiser: what was heard is kept."""

from __future__ import annotations

import math
import shutil
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from drivers.speech.children import Interrupt
from drivers.speech.device import PrivateText, SpeechResult, SpeechSettings, SpeechStatus
from drivers.speech.engine import Engine, Espeak, NotSynthesised
from drivers.speech.fittings import Outputs, Repertoire
from drivers.speech.phrases import Phrase, PhraseBook, Recordings
from drivers.speech.player import player_for
from drivers.speech.protocol import Wave, wave_file
from drivers.speech.simulator import SimulatedSoundCard
from drivers.speech.speech import Speech
from drivers.speech.voice_script import sentences_in
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.backoff import Backoff
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, FixedDayClock

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
RECORDED_S = 0.2
LONG_S = 30.0


def tone(duration_s: float = RECORDED_S, hertz: float = 440.0, rate_hz: int = 16_000) -> Wave:
    """A sound that stands for somebody's recording, and can be told from others by its pitch."""
    count = round(duration_s * rate_hz)
    samples = (round(8000 * math.sin(2 * math.pi * hertz * place / rate_hz)) for place in range(count))
    return Wave(struct.pack(f"<{count}h", *samples), rate_hz)


def book() -> PhraseBook:
    """The phrases with the words of the house."""
    return PhraseBook(sentences_in(ROOT / "words"))


class HastyEspeak(Espeak):
    """The true synthesiser, speaking three times as fast: tests have to hear out what it says."""

    def synthesise(
        self, text: str, language: str, speed_percent: int, interrupt: Interrupt
    ) -> Wave | NotSynthesised:
        return super().synthesise(text, language, 3 * speed_percent, interrupt)


class SwitchableEspeak:
    """A program with espeak-ng behind it that can be broken: a real child process in every case."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "synthesiser"
        self._script = (
            "#!/bin/sh\n"
            f'case "$(cat {folder}/trouble 2>/dev/null)" in\n'
            "  hang) exec tail -f /dev/null ;;\n"
            "  crash) exit 139 ;;\n"
            "  nonsense) exec echo nonsense ;;\n"
            "  endless) exec cat /dev/zero ;;\n"
            "esac\n"
            f'exec {shutil.which("espeak-ng")} "$@"\n'
        )
        self._folder = folder
        self.install()

    def install(self) -> None:
        self.program.write_text(self._script, encoding="ascii")
        self.program.chmod(0o755)

    def remove(self) -> None:
        self.program.unlink()

    def break_it(self, trouble: str) -> None:
        (self._folder / "trouble").write_text(trouble, encoding="ascii")

    def mend(self) -> None:
        (self._folder / "trouble").unlink()


@dataclass(frozen=True, slots=True)
class Booth:
    speech: Speech
    loudspeaker: SimulatedSoundCard
    headset: SimulatedSoundCard
    recordings: Path
    ears: Ears
    counters: AudibleCounters

    def record(self, phrase: Phrase, wave: Wave | bytes, language: str = "zh") -> None:
        """Puts a recording where it belongs."""
        put_recording(self.recordings, phrase, wave, language)

    def say(self, phrase: Phrase) -> SpeechResult:
        return self.speech.public.say(phrase).result(PATIENCE_S)

    def read(self, text: str) -> SpeechResult:
        return self.speech.private.say(PrivateText(text)).result(PATIENCE_S)

    def plug_headset(self) -> None:
        """Plugs a headset in and hears the welcome out."""
        said = self.counters.figure("speech.said")
        self.speech.plug(True)
        self.counters.wait_for("speech.said", said + 1)

    def wait_status(self, **facts: object) -> SpeechStatus:
        """The status as soon as all these facts are true of it."""

        def fits() -> bool:
            status = self.speech.status()
            return all(getattr(status, name) == fact for name, fact in facts.items())

        if not fits():
            self.ears.next(StatusChanged, lambda _: fits())
        return self.speech.status()

    def wait_heard(self, card: SimulatedSoundCard, count: int = 1) -> None:
        """Waits until a card has begun with so many sounds: another process writes there."""
        self._wait_until(lambda: len(card.heard) >= count, "nothing is heard")

    def look_around(self) -> None:
        """Has the voice try its parts now."""
        self.speech._probe_s = 0.0
        self.speech._agenda.wake.set()
        self._wait_until(lambda: self.speech._probe_s > 0.0, "it does not look")

    def _wait_until(self, done: Callable[[], bool], otherwise: str) -> None:
        deadline_s = self.speech.clock.monotonic_s() + PATIENCE_S
        nothing = threading.Event()
        while not done():  # what wakes nobody is looked at often
            assert self.speech.clock.monotonic_s() < deadline_s, otherwise
            self.speech.clock.wait(nothing, 0.01)


def put_recording(folder: Path, phrase: Phrase, wave: Wave | bytes, language: str = "zh") -> None:
    path = folder / language / f"{phrase.value}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(wave if isinstance(wave, bytes) else wave_file(wave))


@contextmanager
def booth(
    folder: Path,
    *,
    engine: Engine | str | None = "hasty",
    settings: SpeechSettings | None = None,
    now: datetime = NOON,
    headset_fitted: bool = True,
    headset_in: bool = False,
    before: Mapping[Phrase, Wave | bytes] | None = None,
) -> Iterator[Booth]:
    """A voice that is online, with recordings of what ``before`` names; it has stopped when this ends."""
    clock = FixedDayClock(now)
    loudspeaker, headset = SimulatedSoundCard(folder / "loudspeaker"), SimulatedSoundCard(folder / "headset")
    ears, counters = Ears(), AudibleCounters()
    recordings = folder / "recordings"
    for phrase, wave in {Phrase.HEADSET_IN: tone(hertz=300), **(before or {})}.items():
        put_recording(recordings, phrase, wave)
    voice = Speech(
        HastyEspeak(clock) if isinstance(engine, str) else engine,
        Outputs(
            player_for(loudspeaker.address, "loudspeaker", clock),
            player_for(headset.address, "headset", clock) if headset_fitted else None,
        ),
        Repertoire(book(), Recordings(recordings)),
        clock,
        counters,
        ears,
        settings,
    )
    there = Booth(voice, loudspeaker, headset, recordings, ears, counters)
    voice._backoff = Backoff(0.05, 0.2)
    voice._retry = Backoff(0.1, 0.2)
    for player in voice._outputs.fitted():
        player._grace_s = 0.5
    if headset_in:
        voice.plug(True)
    voice.start()
    try:
        ears.next_state(DeviceState.ONLINE)
        yield there
    finally:
        assert voice.stop()


def waiting(future: Future[SpeechResult]) -> SpeechResult:
    return future.result(PATIENCE_S)
