"""The way out: a player program as a child process, which can be ended at once and cannot hang for ever."""

from __future__ import annotations

import logging
import sys
from enum import Enum

from drivers.speech import simulated_card
from drivers.speech.address import SoundAddress, SoundSystem, is_simulated
from drivers.speech.children import HowEnded, Interrupt, in_memory, run_child
from drivers.speech.protocol import Wave, silence, wave_file
from drivers.vocabulary import ModuleState
from foundation.clock import Clock

log = logging.getLogger("dianxiaoer.speech")

_GRACE_S = 3.0
_PROBE_S = 0.05
_PLAYED_AT_LEAST = 0.5


class Played(Enum):
    """What became of a sound."""

    DONE = "done"
    INTERRUPTED = "interrupted"
    MISSING = "missing"
    """There is no player program: nothing was heard."""
    DIED = "died"
    """The player ended with an error: no sound card, or it went away in the middle."""
    HUNG = "hung"
    SWALLOWED = "swallowed"
    """The player was done long before the sound could have been heard: it went nowhere."""


class Player:
    """One output: a program to which the sound is handed as a file in memory.

    Not thread-safe but for ``state``, which is the last thing known of it.
    """

    def __init__(self, name: str, command: tuple[str, ...], clock: Clock, *, simulated: bool) -> None:
        self._name = name
        self._command = command
        self._clock = clock
        self._grace_s = _GRACE_S
        self.simulated = simulated
        self.state = ModuleState.UNKNOWN

    def __repr__(self) -> str:
        return f"Player({self._name!r})"

    def play(self, wave: Wave, interrupt: Interrupt) -> Played:
        """Plays to the end, and believes it only if that took its time. 3 s after its end it is killed."""
        began_s = self._clock.monotonic_s()
        with in_memory(wave_file(wave)) as given:
            end = run_child(
                (*self._command, f"/dev/fd/{given}"),
                given,
                interrupt,
                self._clock,
                began_s + wave.duration_s + self._grace_s,
            )
        took_s = self._clock.monotonic_s() - began_s
        match end.how:
            case HowEnded.INTERRUPTED:
                return Played.INTERRUPTED
            case HowEnded.MISSING:
                return self._failed(Played.MISSING)
            case HowEnded.EXITED if end.code == 0 and took_s >= wave.duration_s * _PLAYED_AT_LEAST:
                self._works()
                return Played.DONE
            case HowEnded.EXITED:
                return self._failed(Played.SWALLOWED if end.code == 0 else Played.DIED)
        return self._failed(Played.HUNG)

    def probe(self, interrupt: Interrupt) -> None:
        """Plays 50 ms of silence, which nobody hears and only an output that is there can take."""
        self.play(silence(_PROBE_S), interrupt)

    def _failed(self, played: Played) -> Played:
        if self.state is not ModuleState.INOPERABLE:
            log.warning("the %s is down: %s", self._name, played.value)
        self.state = ModuleState.INOPERABLE
        return played

    def _works(self) -> None:
        if self.state is ModuleState.INOPERABLE:
            log.info("the %s is back", self._name)
        self.state = ModuleState.OK


def player_for(address: SoundAddress, name: str, clock: Clock) -> Player:
    """The player that an address asks for. ``name`` is for the log: ``loudspeaker``, ``headset``."""
    programs: dict[SoundSystem, tuple[str, ...]] = {
        SoundSystem.ALSA: ("aplay", "--quiet", "--device"),
        SoundSystem.PIPEWIRE: ("pw-play", "--target"),
        SoundSystem.SIMULATED: (sys.executable, "-I", "-S", simulated_card.__file__),
    }
    command = (*programs[address.system], address.place)
    return Player(name, command, clock, simulated=is_simulated(address))
