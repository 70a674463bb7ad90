"""A simulated cabinet: the board's side of the protocol on a real pseudo-terminal.

How such boards fail, and what is simulated of it: answers with a wrong CRC, cut in half, in noise, late,
of somebody else, or none; a board that restarts in the middle of an answer; a plug that is pulled, also in
the middle of an answer; sensors and lamps that are broken; a contact that bounces.

As a program, ``python -m drivers.cabinet.simulator --link PATH``, it takes a command a line on its standard
input: ``set SENSOR VALUE``, ``fault NAME``, ``cure``, ``restart``,
``unplug``, ``plug``; the end of the input ends it.
"""

from __future__ import annotations

import argparse
import math
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from drivers.cabinet.device import (
    AmbientLight,
    Door,
    Light,
    Position,
    Power,
    Presence,
    Tamper,
    all_lights,
)
from drivers.cabinet.protocol import (
    UNASKED,
    Frame,
    FrameDecoder,
    Identity,
    Kind,
    Outcome,
    State,
    decode_light,
    encode,
    encode_identity,
    encode_state,
)
from drivers.simulator_program import serve
from drivers.transports.simulated_serial import SimulatedSerialDevice

LATE_S = 0.5
WATCHDOG_S = 3.0
_BABBLE_FRAMES = 100
_OFF = all_lights(Light.OFF)


class CabinetFault(Enum):
    """What can go wrong with the board's answers."""

    BAD_CRC = "bad_crc"
    HALF_FRAME = "half_frame"
    NOISE = "noise"
    """Noise before and behind every answer, with false preambles in it."""
    SILENT = "silent"
    ANSWERS_LATE = "answers_late"
    """The whole answer, but half a second after its time: when the host asks something else."""
    RESTARTS = "restarts"
    """Once, in the middle of the answer to the next command for a light: every light is off."""
    UNPLUGGED_MID_FRAME = "unplugged_mid_frame"
    """The plug is pulled in the middle of the next answer."""
    OTHER_VERSION = "other_version"
    """A board that speaks version 2 only."""
    BOUNCES = "bounces"
    """Every contact makes and breaks three times within a few milliseconds, and the board tells each."""
    BABBLES = "babbles"
    """Behind every answer it says a hundred times, unasked, how it is."""
    NONSENSE = "nonsense"
    """Frames with a right CRC and nothing in them that belongs there."""


class CabinetSimulator(SimulatedSerialDevice):
    """A cabinet on a pseudo-terminal. Its methods are for other threads; they return when it is done.

    ``watchdog_s`` is how long it stays without its host before it turns the lights off.
    """

    def __init__(
        self, *, link: Path | None = None, paced_baud: int | None = None, watchdog_s: float = WATCHDOG_S
    ) -> None:
        super().__init__(link=link, paced_baud=paced_baud)
        self._watchdog_s = watchdog_s
        self._dark_at_s = math.inf
        self._decoder = FrameDecoder()
        self._fault: CabinetFault | None = None
        self._tamper_switch_open = False
        self._state = State(
            boots=0,
            door=Door.CLOSED,
            tamper=Tamper.OFF,
            presence=Presence.NOT_PRESENT,
            ambient_light=AmbientLight.MEDIUM,
            power=Power.MAINS,
            minutes_left=None,
            lights=_OFF,
        )
        self._changed = threading.Condition()

    def sense(self, *facts: Enum) -> None:
        """Has the sensors see ``facts`` (of ``Door``, ``Presence``, ``AmbientLight``, ``Power``, ``Tamper``).

        ``Tamper.OFF`` closes the switch only: the board remembers, until it is told to forget.
        """
        for fact in facts:
            self._do(partial(self._sense, fact))

    def set_minutes_left(self, minutes: int | None) -> None:
        """What the board says about its battery."""
        self._do(lambda: self._become(replace(self._state, minutes_left=minutes)))

    def break_light(self, position: Position, how: Light = Light.INOPERABLE) -> None:
        """Breaks a lamp, takes it out (``NOT_SUPPORTED``), or puts a new one in (``OFF``)."""
        self._do(lambda: self._shine(position, how))

    def state(self) -> State:
        """What the board would say of itself now."""
        with self._changed:
            return self._state

    def wait_for_light(self, position: Position, light: Light, timeout_s: float) -> bool:
        """Waits until a light does that; false when it did not come to it."""
        with self._changed:
            return self._changed.wait_for(lambda: self._state.lights[position] is light, timeout_s)

    def set_fault(self, fault: CabinetFault) -> None:
        """Makes the board fail in that way until :meth:`cure`."""
        self._do(lambda: setattr(self, "_fault", fault))

    def cure(self) -> None:
        """Ends the fault."""
        self._do(lambda: setattr(self, "_fault", None))

    def restart(self) -> None:
        """The board restarts, as after a dip of its power."""
        self._do(self._restart)

    def powered_on(self) -> None:
        self._restart()

    def due_in_s(self) -> float | None:
        return None if self._dark_at_s == math.inf else max(0.0, self._dark_at_s - time.monotonic())

    def due(self) -> None:
        """The host has been silent for too long."""
        self._dark_at_s = math.inf
        self._darken()

    def received(self, data: bytes) -> None:
        for frame in self._decoder.feed(data):
            self._dark_at_s = time.monotonic() + self._watchdog_s
            if self._fault is CabinetFault.RESTARTS and frame.kind == Kind.SET_LIGHT:
                whole = encode(self._answer(frame))
                self.send(whole[: len(whole) // 2])
                self._fault = None
                self._restart()
                continue
            self._send_answer(self._answer(frame))

    def _answer(self, frame: Frame) -> Frame:
        match frame.kind:
            case Kind.HELLO:
                identity = Identity(0x0103, self._watchdog_s, "SIM-CABINET-1")
                return Frame(Kind.IDENTITY, frame.sequence, encode_identity(identity))
            case Kind.ASK_STATE:
                return Frame(Kind.STATE, frame.sequence, encode_state(self._state))
            case Kind.SET_LIGHT:
                return Frame(Kind.LIGHT_SET, frame.sequence, frame.payload + bytes([self._command(frame)]))
            case Kind.CLEAR_TAMPER:
                return Frame(Kind.TAMPER_CLEARED, frame.sequence, bytes([self._clear_tamper()]))
            case _:
                return Frame(Kind.REFUSED, frame.sequence, bytes([frame.kind, Outcome.NOT_UNDERSTOOD]))

    def _command(self, frame: Frame) -> Outcome:
        command = decode_light(frame.payload)
        if command is None:
            return Outcome.NOT_UNDERSTOOD
        position, light = command
        match self._state.lights[position]:
            case Light.NOT_SUPPORTED:
                return Outcome.NOT_FITTED
            case Light.INOPERABLE:
                return Outcome.INOPERABLE
            case _:
                self._shine(position, light)
                return Outcome.DONE

    def _clear_tamper(self) -> Outcome:
        if self._state.tamper is Tamper.NOT_SUPPORTED:
            return Outcome.NOT_FITTED
        if self._tamper_switch_open:
            return Outcome.STILL_OPEN
        self._become(replace(self._state, tamper=Tamper.OFF))
        return Outcome.DONE

    def _send_answer(self, answer: Frame) -> None:
        sent = encode(answer)
        match self._fault:
            case CabinetFault.SILENT:
                return
            case CabinetFault.ANSWERS_LATE:
                self.wait(LATE_S)
            case CabinetFault.BAD_CRC:
                sent = sent[:-1] + bytes([sent[-1] ^ 0x5A])
            case CabinetFault.HALF_FRAME:
                sent = sent[: len(sent) // 2]
            case CabinetFault.NOISE:
                sent = bytes.fromhex("00FF55AA0155") + sent + bytes.fromhex("55AA55")
            case CabinetFault.UNPLUGGED_MID_FRAME:
                self._fault = None
                self.send(sent[: len(sent) // 2])
                self.unplug_now()
                return
            case CabinetFault.OTHER_VERSION if answer.kind == Kind.IDENTITY:
                sent = encode(Frame(answer.kind, answer.sequence, b"\2\2" + answer.payload[2:]))
            case CabinetFault.BABBLES:
                sent += encode(Frame(Kind.CHANGED, UNASKED, encode_state(self._state))) * _BABBLE_FRAMES
            case CabinetFault.NONSENSE:
                sent = encode(Frame(answer.kind, answer.sequence))
            case _:
                pass
        self.send(sent)

    def _sense(self, fact: Enum) -> None:
        match fact:
            case Door():
                self._become(replace(self._state, door=fact))
            case Presence():
                self._become(replace(self._state, presence=fact))
            case AmbientLight():
                self._become(replace(self._state, ambient_light=fact))
            case Power():
                self._become(replace(self._state, power=fact))
            case Tamper.ON:
                self._tamper_switch_open = True
                self._become(replace(self._state, tamper=fact))
            case Tamper.OFF:
                self._tamper_switch_open = False
            case Tamper():
                self._become(replace(self._state, tamper=fact))
            case _:
                raise TypeError(f"no sensor sees {fact}")

    def _shine(self, position: Position, light: Light) -> None:
        lights = MappingProxyType({**self._state.lights, position: light})
        self._replace(replace(self._state, lights=lights))

    def _become(self, state: State) -> None:
        """Changes the state and says so."""
        before = self._state
        if state == before:
            return
        bounces = self._fault is CabinetFault.BOUNCES
        for passing in (state, before, state, before, state) if bounces else (state,):
            self._replace(passing)
            self._send_answer(Frame(Kind.CHANGED, UNASKED, encode_state(passing)))

    def _replace(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def _restart(self) -> None:
        self._decoder = FrameDecoder()
        self._darken()
        self._replace(replace(self._state, boots=(self._state.boots + 1) % 0x10000))

    def _darken(self) -> None:
        lit = (Light.STEADY, Light.SLOW_FLASH)
        lights = {place: Light.OFF if light in lit else light for place, light in self._state.lights.items()}
        self._replace(replace(self._state, lights=MappingProxyType(lights)))


SENSORS: dict[str, type[Door | Presence | AmbientLight | Power | Tamper]] = {
    "door": Door,
    "tamper": Tamper,
    "presence": Presence,
    "ambient_light": AmbientLight,
    "power": Power,
}
"""The sensors by their names."""


def fact_from(sensor: str, value: str) -> Enum:
    """A fact by its name; raises ``ValueError`` with what there is."""
    if sensor not in SENSORS:
        raise ValueError(f"no sensor is called {sensor!r}; there are {', '.join(SENSORS)}")
    facts = [fact for fact in SENSORS[sensor] if fact.value != "unknown"]
    for fact in facts:
        if fact.value == value:
            return fact
    names = ", ".join(fact.value for fact in facts)
    raise ValueError(f"{sensor} cannot be {value!r}; it can be {names}")


def obey(simulator: CabinetSimulator, line: str) -> None:
    """Does what one line of the command language says; raises ``ValueError`` for an unknown one."""
    verb, _, rest = line.strip().partition(" ")
    match verb:
        case "set":
            sensor, _, value = rest.partition(" ")
            simulator.sense(fact_from(sensor, value))
        case "fault":
            simulator.set_fault(CabinetFault(rest))
        case "cure":
            simulator.cure()
        case "restart":
            simulator.restart()
        case "unplug":
            simulator.unplug()
        case "plug":
            simulator.plug_in()
        case _:
            raise ValueError("say set, fault, cure, restart, unplug or plug")


def main(arguments: list[str], commands: Iterable[str], answers: TextIO) -> None:
    """The program: one answer, ``ok`` or ``no`` and why, for each line."""
    parser = argparse.ArgumentParser(description="a simulated cabinet")
    parser.add_argument("--link", type=Path, required=True, help="the name of the serial port to make")
    parser.add_argument("--baud", type=int, help="send no faster than this")
    options = parser.parse_args(arguments)
    simulator = CabinetSimulator(link=options.link, paced_baud=options.baud)
    serve(simulator, obey, commands, answers)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin, sys.stdout)
