"""The driver of the cabinet: keeps the guide lights as they were asked for, tells what the sensors say."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import replace
from enum import Enum
from types import MappingProxyType

from drivers.cabinet.conversation import Conversation
from drivers.cabinet.device import (
    ASKABLE,
    AmbientLight,
    CabinetStatus,
    Capabilities,
    Clearing,
    Door,
    DoorClosed,
    DoorOpened,
    Light,
    LightChanged,
    LightSet,
    Position,
    Power,
    PowerChanged,
    Presence,
    PresenceChanged,
    Tamper,
    TamperCleared,
    TamperRaised,
)
from drivers.cabinet.protocol import (
    Identity,
    Kind,
    Outcome,
    State,
    decode_identity,
    decode_outcome,
    decode_state,
    encode_light,
)
from drivers.cabinet.settling import Settling
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.address import Address, is_simulated
from drivers.transports.choice import transport_for
from drivers.vocabulary import DeviceLost, DeviceState, Wear, wear_counter
from foundation.clock import Clock
from foundation.counters import CounterSink
from foundation.errors import ErrorCode, Errors

_LISTEN_S = 0.050
_LOOK_INTERVAL_S = 1.0  # a third of the board's watchdog
_OPERATION_S = 5.0
_CLOSED_AFTER_S = 2.0
_GONE_AFTER_S = 3.0
_LIGHT_AFTER_S = 3.0


class Cabinet(OwnedDevice[CabinetStatus]):
    """The cabinet at ``address``, from ``start`` to ``stop``.

    Tells the listener, in the owner's thread and only on change: ``StatusChanged``, ``DoorOpened``,
    ``DoorClosed``, ``TamperRaised``, ``TamperCleared``, ``PresenceChanged``, ``LightChanged``,
    ``PowerChanged``. What it finds at the start is told when it is not as in a closed cabinet on mains,
    alone; what it said before it was lost is not told again. It is *online* while it answers, also with an
    open door: ``error`` then says the worst that is wrong. Counts ``cabinet.failures``, ``.restarts`` and
    what its conversation counts.
    """

    def __init__(self, address: Address, clock: Clock, counters: CounterSink, listener: Listener) -> None:
        super().__init__(
            transport_for(address, clock),
            clock,
            listener,
            unknown=CabinetStatus(
                device="cabinet", state=DeviceState.UNKNOWN, error=None, simulated=is_simulated(address)
            ),
            lost_error=Errors.CABINET_LOST,
            poll_interval_s=0.0,  # listening is waiting
        )
        self._counters = counters
        self._conversation = Conversation(self.transport, clock, counters)
        self._facts = _Facts()
        self._state: State | None = None
        self._look_s = 0.0
        self._wishing = threading.Lock()
        self._wishes: dict[Position, Light] = {}
        self._capabilities: Capabilities | None = None

    def capabilities(self) -> Capabilities | None:
        """What the board said that it has; None before it was there for the first time. Thread-safe."""
        with self._wishing:
            return self._capabilities

    def set_light(self, position: Position, light: Light) -> Future[LightSet | DeviceLost]:
        """Has a guide light do that from now on; thread-safe, returns at once.

        The wish stands until the next one, over every loss and restart of the board: ``DeviceLost`` means
        that whether the light does it is not known, and that it will when the board is back. Raises
        ``ValueError`` for a light that is not in ``ASKABLE``.
        """
        if light not in ASKABLE:
            raise ValueError(f"a light cannot be told to be {light.value}")
        with self._wishing:
            self._wishes[position] = light
        return self.submit(lambda: self._set_light(position), self.clock.monotonic_s() + _OPERATION_S)

    def clear_tamper(self) -> Future[Clearing | DeviceLost]:
        """Has the board forget that somebody worked at the housing: for a technician who has seen to it."""
        return self.submit(self._clear_tamper, self.clock.monotonic_s() + _OPERATION_S)

    def greet(self) -> None:
        self._conversation.begin()
        self._facts.forget()
        self._meet()

    def idle(self) -> None:
        for state in self._conversation.listen(_LISTEN_S):
            self._take(state)
        if self.clock.monotonic_s() >= self._look_s:
            self._look()
        elif self._state is not None:
            self._settle(self._state)

    def lost(self) -> None:
        self._counters.count(wear_counter(self.name, Wear.FAILURES))

    def _meet(self) -> None:
        identity = self._conversation.ask(Kind.HELLO, b"", decode_identity)
        state = self._ask_state()
        with self._wishing:
            self._capabilities = _capabilities(identity, state)
        self._state = state
        self.healthy()
        self._settle(state)
        self._fulfil_wishes()

    def _look(self) -> None:
        self._take(self._ask_state())
        self._fulfil_wishes()

    def _ask_state(self) -> State:
        state = self._conversation.ask(Kind.ASK_STATE, b"", decode_state)
        self._look_s = self.clock.monotonic_s() + _LOOK_INTERVAL_S
        return state

    def _take(self, state: State) -> None:
        if self._state is not None and state.boots != self._state.boots:
            self._counters.count("cabinet.restarts")
            self._meet()
        else:
            self._state = state
            self._settle(state)

    def _settle(self, state: State) -> None:
        status = self._facts.after(self.status(), state, self.clock.monotonic_s())
        self.publish(replace(status, state=DeviceState.ONLINE, error=_worst(status)))
        for event in self._facts.news(status):
            self.emit(event)

    def _fulfil_wishes(self) -> None:
        """A board that was restarted, or was without its host for too long, has every light off."""
        if self._state is None:
            return
        with self._wishing:
            wishes = dict(self._wishes)
        unfulfilled = [
            position
            for position, light in wishes.items()
            if self._state.lights[position] in ASKABLE and self._state.lights[position] is not light
        ]
        for position in unfulfilled:
            self._command_light(position)
        if unfulfilled:
            self._take(self._ask_state())

    def _set_light(self, position: Position) -> LightSet:
        outcome = self._command_light(position)
        self._take(self._ask_state())
        match outcome:
            case Outcome.DONE:
                return LightSet(None)
            case Outcome.NOT_FITTED:
                return LightSet(None, fitted=False)
            case _:
                return LightSet(Errors.CABINET_PART_BROKEN)

    def _command_light(self, position: Position) -> Outcome:
        with self._wishing:
            light = self._wishes[position]
        return self._conversation.ask(Kind.SET_LIGHT, encode_light(position, light), decode_outcome)

    def _clear_tamper(self) -> Clearing:
        outcome = self._conversation.ask(Kind.CLEAR_TAMPER, b"", decode_outcome)
        self._take(self._ask_state())
        match outcome:
            case Outcome.DONE:
                return Clearing.CLEARED
            case Outcome.STILL_OPEN:
                return Clearing.STILL_OPEN
            case _:
                return Clearing.NOT_SUPPORTED


class _Facts:
    """The sensors, what is held to be true of each, and what was told of it."""

    def __init__(self) -> None:
        self._door = Settling(
            Door.UNKNOWN, at_once=frozenset({Door.OPEN, Door.INOPERABLE}), after_s=_CLOSED_AFTER_S
        )
        self._presence = Settling(
            Presence.UNKNOWN,
            at_once=frozenset({Presence.PRESENT, Presence.INOPERABLE}),
            after_s=_GONE_AFTER_S,
        )
        self._light = Settling(AmbientLight.UNKNOWN, at_once=frozenset(), after_s=_LIGHT_AFTER_S)
        self._power = Settling(
            Power.UNKNOWN,
            at_once=frozenset({Power.BATTERY, Power.BATTERY_LOW, Power.INOPERABLE}),
            after_s=_CLOSED_AFTER_S,
        )
        self._told_door = Door.CLOSED
        self._told_tamper = Tamper.OFF
        self._told_presence = Presence.NOT_PRESENT
        self._told_light = AmbientLight.UNKNOWN
        self._told_power = Power.MAINS

    def forget(self) -> None:
        """Nothing is known any more; what was told stays told."""
        for sensor in (self._door, self._presence, self._light, self._power):
            sensor.forget()

    def after(self, status: CabinetStatus, state: State, now_s: float) -> CabinetStatus:
        """The status when the board has said ``state``. On one battery the minutes only ever go down."""
        power = self._power.hear(state.power, now_s)
        minutes = state.minutes_left if power in _ON_BATTERY else None
        if minutes is not None and status.power in _ON_BATTERY and status.minutes_left is not None:
            minutes = min(minutes, status.minutes_left)
        return replace(
            status,
            door=self._door.hear(state.door, now_s),
            tamper=state.tamper,  # the board remembers it, so that it cannot bounce
            presence=self._presence.hear(state.presence, now_s),
            ambient_light=self._light.hear(state.ambient_light, now_s),
            power=power,
            minutes_left=minutes,
            lights=MappingProxyType(dict(state.lights)),
        )

    def news(self, status: CabinetStatus) -> list[object]:
        """What has not been told yet."""
        news: list[object] = []
        if status.door in (Door.OPEN, Door.CLOSED) and status.door is not self._told_door:
            self._told_door = status.door
            news.append(DoorOpened() if status.door is Door.OPEN else DoorClosed())
        if status.tamper in (Tamper.ON, Tamper.OFF) and status.tamper is not self._told_tamper:
            self._told_tamper = status.tamper
            news.append(TamperRaised() if status.tamper is Tamper.ON else TamperCleared())
        known = (Presence.PRESENT, Presence.NOT_PRESENT)
        if status.presence in known and status.presence is not self._told_presence:
            self._told_presence = status.presence
            news.append(PresenceChanged(status.presence is Presence.PRESENT))
        if status.ambient_light not in _NO_LEVEL and status.ambient_light is not self._told_light:
            self._told_light = status.ambient_light
            news.append(LightChanged(status.ambient_light))
        if status.power in (Power.MAINS, *_ON_BATTERY) and status.power is not self._told_power:
            self._told_power = status.power
            news.append(PowerChanged(status.power, status.minutes_left))
        return news


_ON_BATTERY = frozenset({Power.BATTERY, Power.BATTERY_LOW})
_NO_LEVEL = frozenset({AmbientLight.UNKNOWN, AmbientLight.NOT_SUPPORTED, AmbientLight.INOPERABLE})
_INOPERABLE = "inoperable"


def _worst(status: CabinetStatus) -> ErrorCode | None:
    """What most needs somebody, of all that is wrong."""
    if status.tamper is Tamper.ON:
        return Errors.CABINET_TAMPERED
    if status.door is Door.OPEN:
        return Errors.CABINET_DOOR_OPEN
    if status.power in _ON_BATTERY:
        return Errors.CABINET_ON_BATTERY
    parts: tuple[Enum, ...] = (
        status.door,
        status.tamper,
        status.presence,
        status.ambient_light,
        status.power,
        *status.lights.values(),
    )
    return Errors.CABINET_PART_BROKEN if any(part.value == _INOPERABLE for part in parts) else None


def _capabilities(identity: Identity, state: State) -> Capabilities:
    return Capabilities(
        door=state.door is not Door.NOT_SUPPORTED,
        tamper=state.tamper is not Tamper.NOT_SUPPORTED,
        presence=state.presence is not Presence.NOT_SUPPORTED,
        ambient_light=state.ambient_light is not AmbientLight.NOT_SUPPORTED,
        emergency_power=state.power is not Power.NOT_SUPPORTED,
        lights=frozenset(p for p, light in state.lights.items() if light is not Light.NOT_SUPPORTED),
        serial_number=identity.serial_number,
        firmware=identity.firmware,
        watchdog_s=identity.watchdog_s,
    )
