"""The driver of the keypad: keys without their bounces, the plug without its rattle, and the volume."""

from __future__ import annotations

from dataclasses import dataclass, replace

from drivers.keypad.device import (
    USUAL_VOLUME_PERCENT,
    Capabilities,
    HeadsetChanged,
    Key,
    KeypadStatus,
    KeyPressed,
    VolumeChanged,
)
from drivers.keypad.key_source import KeySource
from drivers.keypad.protocol import (
    EV_KEY,
    EV_SW,
    EV_SYN,
    PRESSED,
    RELEASED,
    STANDARD,
    SW_HEADPHONE_INSERT,
    SYN_DROPPED,
    EventDecoder,
    InputEvent,
    Layout,
)
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.address import EvdevAddress, is_simulated
from drivers.vocabulary import DeviceState, HeadsetState, Wear, wear_counter
from foundation.clock import Clock
from foundation.counters import CounterSink
from foundation.errors import Errors

_LISTEN_S = 0.050
_STATE_S = 1.0
_BOUNCE_S = 0.040
_PLUG_RESTS_S = 0.200
_HELP_AFTER_S = 1.0
_STUCK_AFTER_S = 20.0
_VOLUME_STEP_PERCENT = 10


@dataclass(frozen=True, slots=True)
class _BackReleased:
    """*Back* came up; whether it was a bounce in the middle of holding it will show."""

    code: int
    down_since_s: float
    up_since_s: float


class Keypad(OwnedDevice[KeypadStatus]):
    """One keypad, or one plug that is a device of its own, from ``start`` to ``stop``; held alone.

    ``name`` is what it is called in its status.

    Tells the listener ``StatusChanged``, ``KeyPressed``, ``HeadsetChanged`` and ``VolumeChanged``, in the
    owner's thread. A headset is out at once and in when its plug has rested for 200 ms. Counts
    ``keypad.pressed``, ``.bounced``, ``.stuck``, ``.overrun``, ``.garbage_bytes``
    and ``.failures``.
    """

    transport: KeySource

    def __init__(
        self,
        address: EvdevAddress,
        clock: Clock,
        counters: CounterSink,
        listener: Listener,
        layout: Layout = STANDARD,
        *,
        name: str = "keypad",
    ) -> None:
        super().__init__(
            KeySource(address, clock),
            clock,
            listener,
            unknown=KeypadStatus(
                device=name, state=DeviceState.UNKNOWN, error=None, simulated=is_simulated(address)
            ),
            lost_error=Errors.KEYPAD_LOST,
            poll_interval_s=0.0,  # listening is waiting
        )
        self._counters = counters
        self._layout = layout
        self._decoder = EventDecoder()
        self._down_since_s: dict[int, float] = {}
        self._up_since_s: dict[int, float] = {}
        self._helped: set[int] = set()
        self._stuck: frozenset[Key] = frozenset()
        self._back: _BackReleased | None = None
        self._headset = HeadsetState.UNKNOWN
        self._in_since_s: float | None = None
        self._volume_percent = USUAL_VOLUME_PERCENT
        self._capabilities = self._what_it_has(headset_switch=False)

    @property
    def capabilities(self) -> Capabilities:
        """What it has; whether it senses a headset is known once it has answered."""
        return self._capabilities

    def reset_volume(self) -> None:
        """The session has ended: the next one begins at the usual volume. Thread-safe; tells nobody."""
        self._volume_percent = USUAL_VOLUME_PERCENT

    def greet(self) -> None:
        self._decoder.forget()
        self._down_since_s.clear()
        self._up_since_s.clear()
        self._helped.clear()
        self._stuck = frozenset()
        self._back = None
        self._headset, self._in_since_s = HeadsetState.UNKNOWN, None
        self._take_state()
        self.healthy()
        self._publish()

    def idle(self) -> None:
        data = self.transport.read_some(self.clock.monotonic_s() + _LISTEN_S)
        skipped = self._decoder.skipped_bytes
        for event in self._decoder.feed(data):
            if (event.kind, event.code) == (EV_SYN, SYN_DROPPED):
                self._start_over()
                break
            self._take(event)
        if self._decoder.skipped_bytes > skipped:
            self._counters.count("keypad.garbage_bytes", self._decoder.skipped_bytes - skipped)
        self._let_time_pass()
        self._publish()

    def lost(self) -> None:
        self._counters.count(wear_counter(self.name, Wear.FAILURES))

    def tear_down(self) -> None:
        super().tear_down()
        if self._headset is HeadsetState.PRESENT and not self.stopping.is_set():
            self._headset = HeadsetState.UNKNOWN
            self.emit(HeadsetChanged(present=False))

    def _take_state(self) -> None:
        """Asks how it is; a key that is down already is no press."""
        now_s = self.clock.monotonic_s()
        events = self.transport.state(now_s + _STATE_S)
        down = {event.code for event in events if event.kind == EV_KEY and event.value == PRESSED}
        self._down_since_s = {code: self._down_since_s.get(code, now_s) for code in down}
        self._helped |= down
        plugs = [event for event in events if (event.kind, event.code) == (EV_SW, SW_HEADPHONE_INSERT)]
        self._capabilities = self._what_it_has(headset_switch=bool(plugs))
        for event in plugs:
            self._plug(present=event.value != 0)
        if not self._capabilities.headset_sensed:
            self._headset = HeadsetState.NOT_SUPPORTED

    def _start_over(self) -> None:
        """The kernel's buffer ran over, changes are missing: what was to come is dropped, the state asked."""
        self._counters.count("keypad.overrun")
        self.transport.open()
        self._decoder.forget()
        self._take_state()

    def _take(self, event: InputEvent) -> None:
        if event.kind == EV_KEY:
            self._take_key(event.code, event.value)
        elif event.kind == EV_SW and event.code == SW_HEADPHONE_INSERT:
            self._plug(present=event.value != 0)

    def _take_key(self, code: int, value: int) -> None:
        now_s = self.clock.monotonic_s()
        if code in (self._layout.headset_in, self._layout.headset_out):
            if value == PRESSED:
                self._plug(present=code == self._layout.headset_in)
        elif code in (self._layout.louder, self._layout.softer):
            if value != RELEASED:
                self._turn_volume(louder=code == self._layout.louder)
        elif (key := self._layout.keys.get(code)) is None:
            return
        elif value == PRESSED:
            self._go_down(code, key, now_s)
        elif value == RELEASED and code in self._down_since_s:
            down_since_s = self._down_since_s.pop(code)
            self._up_since_s[code] = now_s
            if key is Key.BACK and code not in self._helped:
                self._back = _BackReleased(code, down_since_s, now_s)
            self._helped.discard(code)

    def _go_down(self, code: int, key: Key, now_s: float) -> None:
        if code in self._down_since_s:
            return
        self._down_since_s[code] = now_s
        if self._back is not None and self._back.code == code:  # it bounced: it was never up
            self._down_since_s[code] = self._back.down_since_s
            self._back = None
            self._counters.count("keypad.bounced")
        elif now_s - self._up_since_s.get(code, float("-inf")) < _BOUNCE_S:
            self._helped.add(code)
            self._counters.count("keypad.bounced")
        elif key is not Key.BACK:
            self._press(key)

    def _press(self, key: Key) -> None:
        self._counters.count("keypad.pressed")
        self.emit(KeyPressed(key))

    def _turn_volume(self, *, louder: bool) -> None:
        step = _VOLUME_STEP_PERCENT if louder else -_VOLUME_STEP_PERCENT
        volume_percent = min(100, max(0, self._volume_percent + step))
        if volume_percent != self._volume_percent:
            self._volume_percent = volume_percent
            self.emit(VolumeChanged(volume_percent))

    def _plug(self, *, present: bool) -> None:
        if present:
            if self._headset is not HeadsetState.PRESENT and self._in_since_s is None:
                self._in_since_s = self.clock.monotonic_s()
            return
        self._in_since_s = None
        before, self._headset = self._headset, HeadsetState.NOT_PRESENT
        if before is HeadsetState.PRESENT:
            self.emit(HeadsetChanged(present=False))

    def _let_time_pass(self) -> None:
        now_s = self.clock.monotonic_s()
        if self._in_since_s is not None and now_s - self._in_since_s >= _PLUG_RESTS_S:
            self._in_since_s = None
            self._headset = HeadsetState.PRESENT
            self.emit(HeadsetChanged(present=True))
        if self._back is not None and now_s - self._back.up_since_s >= _BOUNCE_S:
            self._back = None
            self._press(Key.BACK)
        for code, since_s in self._down_since_s.items():
            is_back = self._layout.keys.get(code) is Key.BACK
            if is_back and code not in self._helped and now_s - since_s >= _HELP_AFTER_S:
                self._helped.add(code)
                self._press(Key.HELP)
        stuck = frozenset(
            self._layout.keys[code]
            for code, since_s in self._down_since_s.items()
            if code in self._layout.keys and now_s - since_s >= _STUCK_AFTER_S
        )
        if stuck - self._stuck:
            self._counters.count("keypad.stuck", len(stuck - self._stuck))
        self._stuck = stuck

    def _publish(self) -> None:
        self.publish(
            replace(
                self.status(),
                state=DeviceState.ONLINE,
                error=Errors.KEYPAD_KEY_STUCK if self._stuck else None,
                headset=self._headset,
                stuck=self._stuck,
            )
        )

    def _what_it_has(self, *, headset_switch: bool) -> Capabilities:
        return Capabilities(
            keys=frozenset(self._layout.keys.values()) | {Key.HELP},
            headset_sensed=headset_switch or self._layout.headset_in is not None,
        )
