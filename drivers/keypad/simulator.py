"""A simulated input device: a keypad with a headset's plug, or a scanner that types, on a real Unix socket.

As a program, ``python -m drivers.keypad.simulator --socket PATH``, it takes a command a line on its standard
input: ``press KEY``, ``hold KEY``, ``release KEY``, ``headset in``, ``headset out``, ``louder``, ``softer``,
``type TEXT``, ``fault NAME``, ``cure``, ``unplug``, ``plug``; the end of the input ends it.
"""

from __future__ import annotations

import argparse
import random
import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import TextIO

from drivers.keypad.device import Key
from drivers.keypad.protocol import (
    EV_KEY,
    EV_SW,
    EV_SYN,
    EVENT,
    PRESSED,
    RELEASED,
    STANDARD,
    SW_HEADPHONE_INSERT,
    SYN_DROPPED,
    SYN_REPORT,
    InputEvent,
    event_bytes,
)
from drivers.keypad.typed_text import keys_for
from drivers.transports.address import EvdevAddress

GARBAGE_BYTES = 100
_REPORT = InputEvent(EV_SYN, SYN_REPORT, 0)
_CODES = {Key.PREVIOUS: 412, Key.NEXT: 407, Key.CHOOSE: 353, Key.BACK: 158, Key.HELP: 138}


class KeysFault(Enum):
    """What can go wrong with a keypad."""

    NEVER_ANSWERS = "never_answers"
    """It takes the connection and says nothing, not even how it is."""
    BOUNCES = "bounces"
    """Every key makes and breaks its contact three times within a few milliseconds."""
    GARBAGE = "garbage"
    """Before every event come 100 random bytes."""
    HALF_EVENT = "half_event"
    """Before every event comes the first half of another one."""
    OVERRUN = "overrun"
    """It loses every change of a key and says so, as the kernel does when nobody reads for too long."""


class SimulatedKeys:
    """An input device on a Unix socket, with one thread of its own that lets its one client in.

    ``headset_sensed`` says whether it has a plug. The methods are for other threads; they return when what
    they say has been sent.
    """

    def __init__(self, path: Path, *, headset_sensed: bool = True, seed: int = 0) -> None:
        self._path = path
        self._headset_sensed = headset_sensed
        self._random = random.Random(seed)  # noqa: S311 -- garbage that is the same in every run
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None
        self._down: set[int] = set()
        self._headset_in = False
        self._fault: KeysFault | None = None
        self._stopping = threading.Event()
        self._wake_read, self._wake_write = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="SimulatedKeys", daemon=True)

    @property
    def address(self) -> EvdevAddress:
        """Where a driver finds it; it stays over being unplugged."""
        return EvdevAddress(str(self._path))

    def start(self) -> None:
        """Plugs it in and starts its thread."""
        self.plug_in()
        self._thread.start()

    def stop(self) -> None:
        """Unplugs it and ends its thread; it is not used again."""
        self._stopping.set()
        self.unplug()
        self._thread.join()
        self._wake_read.close()
        self._wake_write.close()

    def plug_in(self) -> None:
        """Puts the plug in; all keys are up. Nothing happens when it is in."""
        with self._lock:
            if self._listener is None:
                self._path.unlink(missing_ok=True)
                self._down.clear()
                self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                self._listener.bind(str(self._path))
                self._listener.listen()
        self._wake_write.send(b"!")

    def unplug(self) -> None:
        """Pulls the plug: whoever has it open loses it, and its name is gone."""
        with self._lock:
            self._path.unlink(missing_ok=True)
            for line in (self._client, self._listener):
                if line is not None:
                    line.close()
            self._client = self._listener = None
        self._wake_write.send(b"!")

    def move_key(self, key: Key, *, down: bool) -> None:
        """Presses a key down, or lets it come up."""
        code = _CODES[key]
        with self._lock:
            self._down = self._down | {code} if down else self._down - {code}
            edges = (down, not down, down, not down, down) if self._fault is KeysFault.BOUNCES else (down,)
            self._send(*(InputEvent(EV_KEY, code, PRESSED if edge else RELEASED) for edge in edges))

    def press(self, key: Key) -> None:
        """Presses a key and lets it go."""
        self.move_key(key, down=True)
        self.move_key(key, down=False)

    def turn_volume(self, *, louder: bool) -> None:
        """Presses one of the volume keys."""
        code = STANDARD.louder if louder else STANDARD.softer
        with self._lock:
            self._send(InputEvent(EV_KEY, code, PRESSED), InputEvent(EV_KEY, code, RELEASED))

    def set_headset(self, *, present: bool) -> None:
        """Plugs a headset in, or pulls it out."""
        with self._lock:
            self._headset_in = present
            self._send(InputEvent(EV_SW, SW_HEADPHONE_INSERT, int(present)))

    def type_text(self, text: str) -> None:
        """Types, as a scanner does that passes for a keyboard. ``\\\\r`` is the Enter key."""
        with self._lock:
            self._send(*keys_for(text))

    def send_raw(self, data: bytes) -> None:
        """Sends bytes that need be no events."""
        with self._lock:
            self._write(data)

    def set_fault(self, fault: KeysFault | None) -> None:
        """Makes it fail in that way, or, with None, no longer."""
        with self._lock:
            self._fault = fault

    def _send(self, *events: InputEvent) -> None:
        for event in events:
            match self._fault:
                case KeysFault.NEVER_ANSWERS:
                    return
                case KeysFault.GARBAGE:
                    self._write(self._random.randbytes(GARBAGE_BYTES))
                case KeysFault.HALF_EVENT:
                    self._write(event_bytes(event, time.monotonic())[: EVENT.size // 2])
                case KeysFault.OVERRUN if event.kind == EV_KEY:
                    event = InputEvent(EV_SYN, SYN_DROPPED, 0)  # noqa: PLW2901 -- sent in its place
            now_s = time.monotonic()
            self._write(event_bytes(event, now_s) + event_bytes(_REPORT, now_s))

    def _write(self, data: bytes) -> None:
        if self._client is None:
            return
        try:
            self._client.sendall(data)
        except OSError:
            self._client.close()
            self._client = None

    def _serve(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                lines = [line for line in (self._listener, self._client) if line is not None]
            try:
                ready, _, _ = select.select([self._wake_read, *lines], [], [])
            except (OSError, ValueError):  # one of them was closed just now
                continue
            if self._wake_read in ready:
                self._wake_read.recv(4096)
            with self._lock:
                if self._client is not None and self._client in ready:
                    self._client.close()  # a driver never sends: it has gone
                    self._client = None
                if self._listener is not None and self._listener in ready:
                    self._let_in(self._listener.accept()[0])

    def _let_in(self, client: socket.socket) -> None:
        if self._client is not None:
            client.close()  # it is held by one alone, as the kernel's devices are by EVIOCGRAB
            return
        self._client = client
        if self._fault is KeysFault.NEVER_ANSWERS:
            return
        told = [InputEvent(EV_KEY, code, PRESSED) for code in sorted(self._down)]
        if self._headset_sensed:
            told.append(InputEvent(EV_SW, SW_HEADPHONE_INSERT, int(self._headset_in)))
        self._write(b"".join(event_bytes(event) for event in (*told, _REPORT)))


def _orders(simulator: SimulatedKeys) -> dict[str, Callable[[str], None]]:
    return {
        "press": lambda key: simulator.press(Key(key)),
        "hold": lambda key: simulator.move_key(Key(key), down=True),
        "release": lambda key: simulator.move_key(Key(key), down=False),
        "headset": lambda where: simulator.set_headset(present={"in": True, "out": False}[where]),
        "louder": lambda _: simulator.turn_volume(louder=True),
        "softer": lambda _: simulator.turn_volume(louder=False),
        "type": lambda text: simulator.type_text(text + "\r"),
        "fault": lambda name: simulator.set_fault(KeysFault(name)),
        "cure": lambda _: simulator.set_fault(None),
        "unplug": lambda _: simulator.unplug(),
        "plug": lambda _: simulator.plug_in(),
    }


def main(arguments: Sequence[str], commands: Iterable[str], answers: TextIO) -> None:
    """The program: one answer, ``ok`` or ``no`` and why, for each line."""
    parser = argparse.ArgumentParser(description="a simulated keypad with a headset's plug")
    parser.add_argument("--socket", type=Path, required=True, help="the socket to make")
    parser.add_argument("--no-headset", action="store_true", help="it has no plug, or does not sense it")
    options = parser.parse_args(arguments)
    simulator = SimulatedKeys(options.socket, headset_sensed=not options.no_headset)
    orders = _orders(simulator)
    simulator.start()
    try:
        print(simulator.address, file=answers, flush=True)
        for line in commands:
            verb, _, rest = line.rstrip("\n").partition(" ")
            try:
                orders[verb](rest)
                answer = "ok"
            except KeyError:
                answer = f"no: say one of {', '.join(orders)}, and for headset in or out"
            except ValueError as mistake:
                answer = f"no: {mistake}"
            print(answer, file=answers, flush=True)
    finally:
        simulator.stop()


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin, sys.stdout)
