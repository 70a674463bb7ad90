"""The driver of a receiver of satellite positioning: it only listens."""

from __future__ import annotations

from dataclasses import replace

from drivers.gnss.device import FixState, GnssStatus, PositionFixed
from drivers.gnss.protocol import Framer, Heard, read_line
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.address import Address, is_simulated
from drivers.transports.choice import transport_for
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceState, Wear, wear_counter
from foundation.clock import Clock
from foundation.counters import CounterSink
from foundation.errors import Errors

SILENT_AFTER_S = 5.0
"""Receivers say something once a second, with or without a fix."""
TELL_EVERY_S = 10.0
_LISTEN_S = 0.5


class GnssReceiver(OwnedDevice[GnssStatus]):
    """One receiver at ``address``, from ``start`` to ``stop``.

    Tells the listener ``StatusChanged`` and, every ten seconds at most, ``PositionFixed``, in the owner's
    thread. Counts ``gnss.bad_checksum`` and ``gnss.failures``. A line on which nothing but nonsense comes for
    five seconds is lost.
    """

    def __init__(
        self,
        address: Address,
        clock: Clock,
        counters: CounterSink,
        listener: Listener,
        *,
        tell_every_s: float = TELL_EVERY_S,
    ) -> None:
        super().__init__(
            transport_for(address, clock),
            clock,
            listener,
            unknown=GnssStatus(
                device="gnss", state=DeviceState.UNKNOWN, error=None, simulated=is_simulated(address)
            ),
            lost_error=Errors.GNSS_LOST,
            poll_interval_s=0.0,  # listening is waiting
        )
        self._counters = counters
        self._tell_every_s = tell_every_s
        self._framer = Framer()
        self._heard_s = 0.0
        self._told_s: float | None = None

    def greet(self) -> None:
        self._framer.forget()
        self._heard_s = self.clock.monotonic_s()
        self._told_s = None
        while not (sentences := self._listen()):
            if self.stopping.is_set():
                return
            self._require_speech()
        self.healthy()
        self._take(sentences)

    def idle(self) -> None:
        self._take(self._listen())
        self._require_speech()

    def lost(self) -> None:
        self._counters.count(wear_counter(self.name, Wear.FAILURES))

    def _require_speech(self) -> None:
        if self.clock.monotonic_s() - self._heard_s > SILENT_AFTER_S:
            raise DeviceLostError("nothing that a receiver would say")

    def _listen(self) -> list[Heard]:
        data = self.transport.read_some(self.clock.monotonic_s() + _LISTEN_S)
        sentences = []
        for line in self._framer.feed(data):
            heard = read_line(line)
            if heard is not None:
                sentences.append(heard)
            elif line.startswith(b"$"):
                self._counters.count("gnss.bad_checksum")
        if sentences:
            self._heard_s = self.clock.monotonic_s()
        return sentences

    def _take(self, sentences: list[Heard]) -> None:
        fix = self.status().fix
        for heard in sentences:
            if heard.has_fix is not None:
                fix = FixState.FOUND if heard.has_fix else FixState.NONE
        self.publish(replace(self.status(), state=DeviceState.ONLINE, error=None, fix=fix))
        positions = [heard.position for heard in sentences if heard.position is not None]
        now_s = self.clock.monotonic_s()
        if positions and (self._told_s is None or now_s - self._told_s >= self._tell_every_s):
            self._told_s = now_s
            # The first is GGA's, which knows its dilution, on every receiver that sends both.
            self.emit(PositionFixed(*positions[0]))
