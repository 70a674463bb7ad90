"""A scanner that passes for a keyboard, as a line of bytes: the scanner's driver reads it like any other.

Its keys are held alone, so that what is in a code is never typed into a field of the screen.
"""

from __future__ import annotations

from drivers.keypad.key_source import KeySource
from drivers.keypad.protocol import EventDecoder
from drivers.keypad.typed_text import Typist
from drivers.transports.address import EvdevAddress
from drivers.transports.transport import drain
from foundation.clock import Clock

_STATE_S = 1.0


class Wedge:
    """A :class:`drivers.transports.transport.Transport` that brings what a keyboard wedge types."""

    def __init__(self, address: EvdevAddress, clock: Clock) -> None:
        self._source = KeySource(address, clock)
        self._clock = clock
        self._decoder = EventDecoder()
        self._typist = Typist()

    def open(self) -> None:
        self._decoder.forget()
        self._typist.forget()
        self._source.open()
        self._source.state(self._clock.monotonic_s() + _STATE_S)

    def close(self) -> None:
        self._source.close()

    def read_some(self, deadline_s: float) -> bytes:
        while True:
            typed = self._typist.feed(self._decoder.feed(self._source.read_some(deadline_s)))
            if typed or self._clock.monotonic_s() >= deadline_s:
                return typed

    def write_all(self, data: bytes, deadline_s: float) -> None:
        self._source.write_all(data, deadline_s)

    def drain_input(self) -> int:
        return drain(self.read_some)
