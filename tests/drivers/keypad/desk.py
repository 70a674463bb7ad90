"""A keypad and whoever listens to it, over a real socket; where time is long the test lets it jump."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drivers.keypad.device import Key, KeypadStatus, KeyPressed
from drivers.keypad.keypad import Keypad
from drivers.keypad.protocol import STANDARD, Layout
from drivers.keypad.simulator import SimulatedKeys
from drivers.vocabulary import DeviceState
from tests.drivers.listening import AudibleCounters, Ears, FixedDayClock, make_quick


class HurryingClock(FixedDayClock):
    """The machine's clock, and a test may let it jump ahead."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead_s = 0.0

    def monotonic_s(self) -> float:
        return super().monotonic_s() + self._ahead_s

    def jump(self, seconds: float) -> None:
        self._ahead_s += seconds


@dataclass(frozen=True, slots=True)
class Desk:
    keypad: Keypad
    keys: SimulatedKeys
    ears: Ears
    counters: AudibleCounters
    clock: HurryingClock

    def pressed(self) -> Key:
        """The next key that is told."""
        return self.ears.next(KeyPressed).key

    def all_pressed(self) -> list[Key]:
        return [event.key for event in self.ears.all(KeyPressed)]

    def settle(self) -> None:
        """Has the keypad look twice: what was sent before has been seen."""
        for _ in range(2):
            self.keypad.submit(self.keypad.idle, self.clock.monotonic_s() + 10.0).result(10.0)

    def online(self) -> KeypadStatus:
        status = self.ears.next_state(DeviceState.ONLINE)
        assert isinstance(status, KeypadStatus)
        return status


@contextmanager
def desk(
    folder: Path,
    *,
    headset_sensed: bool = True,
    headset_in: bool = False,
    layout: Layout = STANDARD,
) -> Iterator[Desk]:
    """A keypad that is online; all has stopped when this ends."""
    keys = SimulatedKeys(folder / "keypad", headset_sensed=headset_sensed)
    keys.set_headset(present=headset_in)
    clock, ears, counters = HurryingClock(), Ears(), AudibleCounters()
    keypad = Keypad(keys.address, clock, counters, ears, layout)
    make_quick(keypad)
    keys.start()
    keypad.start()
    try:
        there = Desk(keypad, keys, ears, counters, clock)
        there.online()
        yield there
    finally:
        assert keypad.stop()
        keys.stop()
