"""The driver of a code scanner: tells it when to look, and hands on what it read only when asked for."""

from __future__ import annotations

import threading
from dataclasses import replace

from drivers.qr_scanner.device import Capabilities, CodeProblem, CodeScanned, CodeUnasked, ScannerStatus
from drivers.qr_scanner.protocol import (
    CONTINUOUS,
    LARGEST_PAYLOAD_BYTES,
    BurstFramer,
    TriggerProfile,
    Unreadable,
)
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.address import Address, is_simulated
from drivers.transports.choice import transport_for
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceState, Wear, wear_counter
from foundation.clock import Clock
from foundation.counters import CounterSink
from foundation.errors import Errors

_LISTEN_S = 0.050
_LISTEN_IN_BURST_S = 0.010
_COMMAND_S = 1.0
_RENEW_TRIGGER_S = 5.0  # a triggered engine stops by itself after some time
_RENEW_AFTER_BURST_S = 0.3  # and after each code
_PROVE_INTERVAL_S = 10.0
_LONGEST_BURST_S = 3.0  # 1,024 bytes take 1.1 s at 9,600 baud


class QrScanner(OwnedDevice[ScannerStatus]):
    """One code scanner at ``address``, from ``start`` to ``stop``.

    Tells the listener ``StatusChanged``, ``CodeScanned``, ``CodeProblem`` and ``CodeUnasked``, in the owner's
    thread. Counts ``qr_scanner.reads``, ``.unreadable``, ``.unasked`` and ``.failures``.
    """

    def __init__(
        self,
        address: Address,
        clock: Clock,
        counters: CounterSink,
        listener: Listener,
        profile: TriggerProfile = CONTINUOUS,
    ) -> None:
        super().__init__(
            transport_for(address, clock),
            clock,
            listener,
            unknown=ScannerStatus(
                device="qr_scanner", state=DeviceState.UNKNOWN, error=None, simulated=is_simulated(address)
            ),
            lost_error=Errors.SCANNER_LOST,
            poll_interval_s=0.0,  # listening is waiting
        )
        self.capabilities = Capabilities(
            triggered=bool(profile.on),
            confirms_commands=profile.confirmation is not None,
            largest_payload_bytes=LARGEST_PAYLOAD_BYTES,
        )
        self._counters = counters
        self._profile = profile
        self._framer = BurstFramer(profile.confirmation)
        self._asking = threading.RLock()
        self._asked = False
        self._triggered = False
        self._renew_s = 0.0
        self._prove_s = 0.0

    def trigger(self, asked: bool) -> None:
        """Asks for a code, or no longer; thread-safe, also while the scanner is not there.

        Once ``trigger(False)`` has returned, neither ``CodeScanned`` nor ``CodeProblem`` is told any more.
        """
        with self._asking:
            self._asked = asked

    def greet(self) -> None:
        self._framer.forget()
        self._triggered = False
        self._prove()
        self.healthy()
        self.publish(
            replace(
                self.status(),
                state=DeviceState.ONLINE,
                error=None,
                proven=self.capabilities.confirms_commands,
            )
        )

    def idle(self) -> None:
        self._set_trigger()
        if not self._triggered and not self._framer.is_open and self.clock.monotonic_s() >= self._prove_s:
            self._prove()
        self._listen(_LISTEN_IN_BURST_S if self._framer.is_open else _LISTEN_S)
        if self._framer.open_for_s(self.clock.monotonic_s()) > _LONGEST_BURST_S:
            raise DeviceLostError("the scanner never stops talking")
        burst = self._framer.finish(self.clock.monotonic_s())
        if burst is not None:
            self._renew_s = self.clock.monotonic_s() + _RENEW_AFTER_BURST_S
            self._tell(burst)

    def lost(self) -> None:
        self._counters.count(wear_counter(self.name, Wear.FAILURES))

    def _set_trigger(self) -> None:
        now_s = self.clock.monotonic_s()
        if self._asked and (not self._triggered or now_s >= self._renew_s):
            self.transport.write_all(self._profile.on, now_s + _COMMAND_S)
            self._triggered = True
            self._renew_s = now_s + _RENEW_TRIGGER_S
        elif self._triggered and not self._asked:
            self.transport.write_all(self._profile.off, now_s + _COMMAND_S)
            self._triggered = False

    def _prove(self) -> None:
        """Has the scanner confirm a command, if it is of a kind that does."""
        now_s = self.clock.monotonic_s()
        self._prove_s = now_s + _PROVE_INTERVAL_S
        if not self.capabilities.confirms_commands:
            return
        deadline_s = now_s + _COMMAND_S
        self.transport.write_all(self._profile.off, deadline_s)
        while not self._listen(deadline_s - self.clock.monotonic_s()):
            if self.clock.monotonic_s() >= deadline_s:
                raise DeviceLostError("the scanner does not confirm a command")

    def _listen(self, patience_s: float) -> int:
        """Takes what arrives; returns the number of confirmations in it."""
        data = self.transport.read_some(self.clock.monotonic_s() + patience_s)
        return self._framer.feed(data, self.clock.monotonic_s()) if data else 0

    def _tell(self, burst: bytes | Unreadable) -> None:
        with self._asking:  # held while telling, so that asking no longer has an effect when it returns
            if not self._asked:
                self._counters.count("qr_scanner.unasked")
                self.emit(CodeUnasked())
            elif isinstance(burst, Unreadable):
                self._counters.count("qr_scanner.unreadable")
                self.emit(CodeProblem(Errors.CODE_NOT_READABLE))
            else:
                self._counters.count(wear_counter(self.name, Wear.READS))
                self.emit(CodeScanned(burst))
