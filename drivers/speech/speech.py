"""The terminal's voice: one mouth, two ways of speaking.

**Public**: fixed phrases by their id, and lines that anybody may hear (``OpenText``), by loudspeaker, outside
of quiet hours. **Private**: everything, and only while a headset is plugged in. With a headset in, what is
public goes there too and the loudspeaker is silent.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace

from drivers.speech.agenda import Agenda, Item, Utterance
from drivers.speech.device import (
    FASTEST_PERCENT,
    HEADSET_PULLED,
    INTERRUPTED,
    LANGUAGES,
    NO_HEADSET,
    NO_OUTPUT,
    NO_VOICE,
    QUIET,
    SAID,
    SLOWEST_PERCENT,
    UNKNOWN_HOW_MUCH,
    Capabilities,
    Outlet,
    SpeechOutcome,
    SpeechResult,
    SpeechSettings,
    SpeechStatus,
)
from drivers.speech.engine import Engine, NotSynthesised, WatchedEngine
from drivers.speech.fittings import Outputs, Repertoire, capabilities_of
from drivers.speech.phrases import Phrase
from drivers.speech.player import Played, Player
from drivers.speech.protocol import NotAWave, Wave
from drivers.speech.shaping import at_speed, at_volume
from drivers.speech.spoken_text import pieces
from drivers.speech.voices import PrivateVoice, PublicVoice
from drivers.supervision import Listener
from drivers.vocabulary import DeviceState, HeadsetState, ModuleState, StatusChanged, Wear, wear_counter
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.counters import CounterSink
from foundation.errors import ErrorCode, Errors
from foundation.lifecycle import ResilientService, TemporaryFaultError

_PROBE_S = 300.0
_PROBE_LOST_S, _PROBE_LOST_CAP_S = 5.0, 60.0


class Speech(ResilientService):
    """The voice, from ``start`` to ``stop``; one owner thread, and child processes for all that can hang.

    Tells the listener ``StatusChanged``, in the owner's thread. Counts ``speech.said``, ``.interrupted``
    and ``.failures`` (of the synthesiser or an output). It begins without a headset: until :meth:`plug` says
    that there is one, nothing private is said. ``public`` and ``private`` are its voices.
    """

    def __init__(
        self,
        engine: Engine | None,
        outputs: Outputs,
        repertoire: Repertoire,
        clock: Clock,
        counters: CounterSink,
        listener: Listener,
        settings: SpeechSettings | None = None,
    ) -> None:
        super().__init__("speech", clock, Backoff(0.5, 10.0))
        if not outputs.fitted():
            raise ValueError("a voice needs a loudspeaker or a headset")
        self.public = PublicVoice(self._submit)
        self.private = PrivateVoice(self._submit, self._last)
        self._engine = WatchedEngine(engine, clock)
        self._outputs = outputs
        self._repertoire = repertoire
        self._counters = counters
        self._listener = listener
        self._settings = settings or SpeechSettings()
        self._agenda = Agenda()
        self._lock = threading.Lock()
        self._manner = self._settings
        self._headset = HeadsetState.UNKNOWN
        self._last_private: Utterance | None = None
        self._welcome_due = False
        self._bad_recordings = False
        self._probe_s = 0.0
        self._retry = Backoff(_PROBE_LOST_S, _PROBE_LOST_CAP_S)
        self._known_lost = False
        self._capabilities = capabilities_of(engine, outputs, repertoire.recordings)
        self._unknown = SpeechStatus(
            device="speech",
            state=DeviceState.UNKNOWN,
            error=None,
            simulated=any(player.simulated for player in outputs.fitted()),
        )
        self._status = self._unknown

    @property
    def capabilities(self) -> Capabilities:
        """What it can say, and where."""
        return self._capabilities

    def status(self) -> SpeechStatus:
        """The latest status. Thread-safe, never waits."""
        with self._lock:
            return self._status

    def outlet(self) -> Outlet:
        """Where an ``OpenText`` would be heard now. Thread-safe, never waits."""
        with self._lock:
            if self._hears_privately():
                return Outlet.HEADSET
            quiet = self._keeps_quiet(self._manner)
        voiceless = self._engine.state in (ModuleState.NOT_SUPPORTED, ModuleState.INOPERABLE)
        player = self._outputs.loudspeaker
        if player is None or player.state is ModuleState.INOPERABLE or voiceless:
            return Outlet.NONE
        return Outlet.QUIET if quiet else Outlet.LOUDSPEAKER

    def plug(self, present: bool) -> None:
        """A headset was plugged in or pulled out. Thread-safe; what must not be heard has ended within 50 ms.

        Plugged in, the loudspeaker falls silent and the headset says how to go on.
        """
        with self._lock:
            before = self._headset
            self._headset = HeadsetState.PRESENT if present else HeadsetState.NOT_PRESENT
            if self._headset is before:
                return
            self._last_private = None
            self._welcome_due = present
        if present:
            self._agenda.cut(INTERRUPTED, INTERRUPTED)
        elif before is HeadsetState.PRESENT:
            self._agenda.cut(HEADSET_PULLED, NO_HEADSET, private_only=True)
        self._agenda.wake.set()

    def adjust(
        self,
        *,
        language: str | None = None,
        speed_percent: int | None = None,
        volume_percent: int | None = None,
    ) -> None:
        """Changes how it speaks, from the next sentence on until :meth:`forget`; thread-safe.

        The volume is that of the headset while one is in, else of the loudspeaker. Numbers beyond a limit are
        that limit; an unknown language raises ``ValueError``.
        """
        if language is not None and language not in LANGUAGES:
            raise ValueError(f"it speaks {' and '.join(LANGUAGES)}, not {language!r}")
        with self._lock:
            manner = replace(self._manner, language=language or self._manner.language)
            if speed_percent is not None:
                manner = replace(
                    manner, speed_percent=min(FASTEST_PERCENT, max(SLOWEST_PERCENT, speed_percent))
                )
            if volume_percent is not None:
                volume = min(100, max(0, volume_percent))
                if self._hears_privately():
                    manner = replace(manner, headset_volume_percent=volume)
                else:
                    manner = replace(manner, loudspeaker_volume_percent=volume)
            self._manner = manner

    def interrupt(self) -> None:
        """Silence, now: what is being said ends, what waits is dropped. Thread-safe."""
        self._agenda.cut(INTERRUPTED, INTERRUPTED)

    def forget(self) -> None:
        """The session has ended: silence, nothing to repeat, and the next person hears it as it is set."""
        self.interrupt()
        with self._lock:
            self._last_private = None
            self._manner = self._settings

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread and what it says; everything pending is answered; the status is *unknown* again."""
        self.stopping.set()
        self.interrupt()
        self._agenda.interrupt.set()
        ended = super().stop(timeout_s)
        self._agenda.refuse(INTERRUPTED)
        if ended:
            self._agenda.interrupt.close()
        with self._lock:
            self._status = self._unknown
        return ended

    def set_up(self) -> None:
        self._agenda.interrupt.clear()
        if self.status() == self._unknown:
            self._publish(replace(self._unknown, state=DeviceState.STARTING))
        for player in self._outputs.fitted():
            if not self.stopping.is_set():
                player.probe(self._agenda.interrupt)
        self._look_at_the_rest()
        self._require_an_output()
        self.healthy()
        self._agenda.accept()
        self._publish(self._look())

    def run(self) -> None:
        while not self.stopping.is_set():
            self._agenda.wake.clear()
            self._publish(self._look())
            self._welcome()
            item = self._agenda.next()
            now_s = self.clock.monotonic_s()
            if item is not None:
                self._carry_out(item)
            elif now_s >= self._probe_s:
                self._probe_idle()
            else:
                self.clock.wait(self._agenda.wake, self._probe_s - now_s)
            self._require_an_output()

    def tear_down(self) -> None:
        self._agenda.refuse(NO_OUTPUT)
        if not self.stopping.is_set():
            lost = replace(self._look(), state=DeviceState.OFFLINE, error=Errors.SPEECH_OUTPUT_LOST)
            self._publish(lost)

    def _submit(self, item: Item, interrupting: bool) -> Future[SpeechResult]:
        if interrupting:
            self.interrupt()
        return self._agenda.add(item)

    def _last(self) -> Utterance | None:
        with self._lock:
            return self._last_private

    def _welcome(self) -> None:
        """Whoever has plugged a headset in hears first how to go on, also when that was before the start."""
        with self._lock:
            due, self._welcome_due = self._welcome_due, False
        if due:
            self._agenda.add(Item(Phrase.HEADSET_IN, private=True), first=True)

    def _carry_out(self, item: Item) -> None:
        result = UNKNOWN_HOW_MUCH  # what is answered should a bug end this
        try:
            result = self._say(item)
        finally:
            self._agenda.done(item, result)
        if self._error() is not None and not self._known_lost:
            self._try_later()
        match result.outcome:
            case SpeechOutcome.SAID:
                self._counters.count("speech.said")
            case SpeechOutcome.INTERRUPTED | SpeechOutcome.HEADSET_PULLED:
                self._counters.count("speech.interrupted")

    def _say(self, item: Item) -> SpeechResult:
        with self._lock:
            headset_in, manner = self._hears_privately(), self._manner
            if headset_in:
                self._last_private = item.utterance
        if item.private and not headset_in:
            return NO_HEADSET
        if not headset_in and self._keeps_quiet(manner):
            return QUIET
        player = self._outputs.headset if headset_in else self._outputs.loudspeaker
        if player is None or player.state is ModuleState.INOPERABLE:
            return NO_OUTPUT
        volume = manner.headset_volume_percent if headset_in else manner.loudspeaker_volume_percent
        heard = False
        for sound in self._sounds(item.utterance, manner):
            if item.cut is not None:
                return item.cut
            if isinstance(sound, NotSynthesised):
                return self._without_sound(item, sound, heard=heard)
            played = player.play(at_volume(sound, volume), self._agenda.interrupt)
            if played is not Played.DONE:
                return self._cut_short(item, played, heard=heard)
            heard = True
        return SAID

    def _hears_privately(self) -> bool:
        """Whether there is a headset and a way into it; under the lock."""
        return self._headset is HeadsetState.PRESENT and self._outputs.headset is not None

    def _keeps_quiet(self, manner: SpeechSettings) -> bool:
        return manner.quiet_hours is not None and manner.quiet_hours.contain(self.clock.utc_now())

    def _sounds(self, utterance: Utterance, manner: SpeechSettings) -> Iterator[Wave | NotSynthesised]:
        """The recording; else piece by piece what the synthesiser makes of the text."""
        language = manner.language
        if isinstance(utterance, Phrase):
            recording = self._repertoire.recordings.find(utterance, language)
            if isinstance(recording, NotAWave):
                self._bad_recordings = True
            elif recording is not None:
                yield at_speed(recording, manner.speed_percent)
                return
            text = self._repertoire.book.line(utterance, language).text
        else:
            text = utterance.text
        for piece in pieces(text):
            yield self._engine.synthesise(piece, language, manner.speed_percent, self._agenda.interrupt)

    def _without_sound(self, item: Item, why: NotSynthesised, *, heard: bool) -> SpeechResult:
        if why is NotSynthesised.INTERRUPTED:
            return item.cut or INTERRUPTED
        if why is not NotSynthesised.DEGRADED:  # which was counted when it died
            self._counters.count(wear_counter(self.name, Wear.FAILURES))
        return SpeechResult(SpeechOutcome.UNKNOWN, Errors.SPEECH_SYNTHESISER_LOST) if heard else NO_VOICE

    def _cut_short(self, item: Item, played: Played, *, heard: bool) -> SpeechResult:
        if played is Played.INTERRUPTED:
            return item.cut or INTERRUPTED
        self._counters.count(wear_counter(self.name, Wear.FAILURES))
        return NO_OUTPUT if played is Played.MISSING and not heard else UNKNOWN_HOW_MUCH

    def _probe_idle(self) -> None:
        """Tries what is lost, or, after a long silence, everything. Something to say interrupts it."""
        lost = [player for player in self._outputs.fitted() if player.state is ModuleState.INOPERABLE]
        for player in lost or self._outputs.fitted():
            player.probe(self._agenda.interrupt)
        self._look_at_the_rest()

    def _look_at_the_rest(self) -> None:
        if not self.stopping.is_set():
            self._engine.probe(self._agenda.interrupt)
            self._bad_recordings = bool(self._repertoire.recordings.bad())
        self._try_later()

    def _try_later(self) -> None:
        """When the parts are tried next. What fails again and again is tried, and told, ever less often."""
        lost, before = self._error() is not None, self._known_lost
        if not lost and not before:
            self._retry.succeeded()
        self._known_lost = lost
        self._probe_s = self.clock.monotonic_s() + (self._retry.failed() if lost else _PROBE_S)

    def _require_an_output(self) -> None:
        if all(player.state is ModuleState.INOPERABLE for player in self._outputs.fitted()):
            raise TemporaryFaultError("no sound output works")

    def _look(self) -> SpeechStatus:
        recordings = ModuleState.INOPERABLE if self._bad_recordings else ModuleState.OK
        with self._lock:
            headset = self._headset
        return replace(
            self._unknown,
            state=DeviceState.ONLINE,
            error=self._error(),
            loudspeaker=_state_of(self._outputs.loudspeaker),
            headset_output=_state_of(self._outputs.headset),
            synthesiser=self._engine.state,
            recordings=recordings if self._repertoire.recordings.wanted else ModuleState.NOT_SUPPORTED,
            headset=headset,
        )

    def _error(self) -> ErrorCode | None:
        if any(player.state is ModuleState.INOPERABLE for player in self._outputs.fitted()):
            return Errors.SPEECH_OUTPUT_LOST
        if self._engine.state is ModuleState.INOPERABLE:
            return Errors.SPEECH_SYNTHESISER_LOST
        return Errors.SPEECH_RECORDING_UNUSABLE if self._bad_recordings else None

    def _publish(self, status: SpeechStatus) -> None:
        with self._lock:
            if status == self._status or self.stopping.is_set():
                return
            self._status = status
        self._listener(StatusChanged(status))


def _state_of(player: Player | None) -> ModuleState:
    return ModuleState.NOT_SUPPORTED if player is None else player.state
