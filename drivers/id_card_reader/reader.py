"""The driver of an identity card reader: watches for a card, reads it once when that is allowed, sees it go.

Presence is polled, as the protocol has no events: *find* sees a card that is not selected; a card that is
selected is invisible to *find* and is asked for an item that most cards do not have. The answer to that is
never looked at.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from enum import Enum

from drivers.id_card_reader.card_text import decode_card, decode_new_addresses
from drivers.id_card_reader.device import (
    SIGN_IN,
    Capabilities,
    CardDetected,
    CardEvidence,
    CardLeftBehind,
    CardProblem,
    CardRead,
    CardReaderStatus,
    CardRemoved,
    PermanentResidenceCard,
    ReadingScope,
)
from drivers.id_card_reader.link import ModuleLink
from drivers.id_card_reader.protocol import (
    Command,
    Reply,
    Status,
    module_number_text,
    split_base_data,
    split_full_data,
)
from drivers.id_card_reader.usb_pipes import ModulePipes
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.address import DEFAULT_BAUD, Address, SerialAddress, UsbAddress, is_simulated
from drivers.transports.choice import transport_for
from drivers.vocabulary import DeviceState, ModuleState, Wear, wear_counter
from foundation.clock import Clock, in_china
from foundation.counters import CounterSink
from foundation.errors import ErrorCode, Errors

log = logging.getLogger("dianxiaoer.id_card_reader")

_POLL_INTERVAL_S = 0.2
_BROKEN_RECHECK_INTERVAL_S = 5.0
_PROBE_INTERVAL_S = 30.0  # finding proves the line; only this proves the module's health
_MISSES_UNTIL_REMOVED = 2  # one miss may be a card that was nudged
_READ_ATTEMPTS = 8


class _Seen(Enum):
    """What lies on the reader, as far as it matters."""

    NOTHING = "nothing"
    FRESH = "fresh"
    """A card that may be read as soon as reading is allowed."""
    SETTLED = "settled"
    """A card that was read, was refused, or was left behind: nothing more until it was taken away."""


class IdCardReader(OwnedDevice[CardReaderStatus]):
    """One identity card reader at ``address``, from ``start`` to ``stop``.

    Tells the listener ``StatusChanged``, ``CardDetected``, ``CardRead``, ``CardProblem``, ``CardLeftBehind``
    and ``CardRemoved``, in the owner's thread. Counts as ``id_card_reader.*``. A card that lies there when
    the driver starts counts as left behind: a process that was replaced in mid-session must not sign anybody
    in. ``scope`` says which documents are read, and what of them.
    """

    def __init__(
        self,
        address: Address,
        clock: Clock,
        counters: CounterSink,
        listener: Listener,
        scope: ReadingScope = SIGN_IN,
    ) -> None:
        transport = (
            ModulePipes(address, clock) if isinstance(address, UsbAddress) else transport_for(address, clock)
        )
        super().__init__(
            transport,
            clock,
            listener,
            unknown=CardReaderStatus(
                device="id_card_reader",
                state=DeviceState.UNKNOWN,
                error=None,
                simulated=is_simulated(address),
            ),
            lost_error=Errors.CARD_READER_LOST,
            poll_interval_s=_POLL_INTERVAL_S,
        )
        self.capabilities = Capabilities(
            documents=scope.documents, new_address=scope.new_address, fingerprint=scope.fingerprint
        )
        self._scope = scope
        self._reads_fingerprint = scope.fingerprint
        self._counters = counters
        baud = address.baud if isinstance(address, SerialAddress) else DEFAULT_BAUD
        self._link = ModuleLink(transport, clock, counters, baud)
        self._sam_number = ""
        self._broken_recheck_s: float | None = None
        self._probe_s = 0.0
        self._reading = threading.RLock()
        self._allowed = False
        self._forget = threading.Event()
        self._seen = _Seen.SETTLED
        self._told = False
        self._perhaps_selected = True
        self._misses = 0
        self._failed_reads = 0

    def allow_reading(self, allowed: bool) -> None:
        """Allows or forbids to read a person's data; forbidden at first. Thread-safe.

        Once ``allow_reading(False)`` has returned, neither ``CardRead`` nor ``CardProblem`` is told any more.
        A card that lies there already is read as soon as reading is allowed.
        """
        with self._reading:
            self._allowed = allowed

    def forget_card(self) -> None:
        """Ends a session: a card that lies there now is not read before it was taken away. Thread-safe."""
        self._forget.set()

    def greet(self) -> None:
        self._perhaps_selected = True
        self._broken_recheck_s = None
        number = self._link.connect()
        if number.status is Status.MODULE_BROKEN:
            self._report_broken(number)
            return
        self._sam_number = module_number_text(number.data) or ""
        self._check_module()

    def idle(self) -> None:
        if self._broken_recheck_s is not None:
            if self.clock.monotonic_s() >= self._broken_recheck_s:
                self._check_module()
            return
        if self._look():
            self._card_is_there()
            return
        self._nothing_is_there()
        if self._seen is _Seen.NOTHING and self.clock.monotonic_s() >= self._probe_s:
            self._check_module()

    def lost(self) -> None:
        self._counters.count(wear_counter(self.name, Wear.FAILURES))

    def _check_module(self) -> None:
        answer = self._link.ask(Command.MODULE_STATUS)
        if answer.status is not Status.SUCCESS:
            self._report_broken(answer)
            return
        self._broken_recheck_s = None
        self._probe_s = self.clock.monotonic_s() + _PROBE_INTERVAL_S
        self.healthy()
        online = replace(self.status(), state=DeviceState.ONLINE, error=None, security_module=ModuleState.OK)
        self.publish(online)

    def _report_broken(self, answer: Reply) -> None:
        """Takes the reader out of service; the module is asked again now and then, for after a repair."""
        if self.status().error is not Errors.CARD_READER_BROKEN:
            log.error("%s: security module answers %02X", Errors.CARD_READER_BROKEN, answer.status_byte)
            self._counters.count("id_card_reader.module_broken")
            self._counters.count(wear_counter(self.name, Wear.FAILURES))
        self._broken_recheck_s = self.clock.monotonic_s() + _BROKEN_RECHECK_INTERVAL_S
        self.publish(
            replace(
                self.status(),
                state=DeviceState.HARDWARE_ERROR,
                error=Errors.CARD_READER_BROKEN,
                security_module=ModuleState.INOPERABLE,
            )
        )

    def _look(self) -> bool:
        """Whether a card lies there, without reading anything of it."""
        found = self._link.ask(Command.FIND)
        if found.status is Status.MODULE_BROKEN:
            self._report_broken(found)
            return False
        if found.status is Status.SUCCESS:
            self._perhaps_selected = False
            return True
        if self._perhaps_selected:
            probe = self._link.ask(Command.READ_NEW_ADDRESS)
            self._perhaps_selected = probe.status in (Status.SUCCESS, Status.NO_SUCH_ITEM)
        elif self._seen is not _Seen.NOTHING:  # a module may find a card that lies still only once
            self._perhaps_selected = self._link.ask(Command.SELECT).status is Status.SUCCESS
        return self._perhaps_selected

    def _card_is_there(self) -> None:
        self._misses = 0
        if self._seen is _Seen.NOTHING:
            self._seen = _Seen.FRESH
            self._told = True
            self._counters.count("id_card_reader.detected")
            self.emit(CardDetected())
        if self._forget.is_set():
            self._forget.clear()
            self._seen = _Seen.SETTLED
            self._told = False
        if self._seen is _Seen.SETTLED and not self._told:
            self._told = True
            self._counters.count("id_card_reader.left_behind")
            self.emit(CardLeftBehind())
        if self._seen is _Seen.FRESH and self._allowed:
            self._read_card()

    def _nothing_is_there(self) -> None:
        self._misses += 1
        if self._misses < _MISSES_UNTIL_REMOVED:
            return
        self._forget.clear()
        self._seen = _Seen.NOTHING
        self._failed_reads = 0
        if self._told:
            self._told = False
            self.emit(CardRemoved())

    def _read_card(self) -> None:
        if not self._perhaps_selected:
            selected = self._link.ask(Command.SELECT)
            if selected.status is not Status.SUCCESS:
                self._read_failed(selected)
                return
            self._perhaps_selected = True
        answer = self._ask_for_card()
        parts = _parts_of(answer)
        if parts is None:
            self._read_failed(answer)
            return
        text, photo, fingerprints = parts
        now = self.clock.utc_now()
        card = decode_card(text, photo, in_china(now).date(), self._scope.documents)
        if isinstance(card, ErrorCode):
            self._settle(CardProblem(card))
            return
        if self._scope.new_address and not isinstance(card, PermanentResidenceCard):
            added = self._link.ask(Command.READ_NEW_ADDRESS)
            if added.status not in (Status.SUCCESS, Status.NO_SUCH_ITEM):
                self._read_failed(added)  # an address that may be out of date is not handed on
                return
            card = replace(card, new_addresses=decode_new_addresses(added.data))
        self._settle(CardRead(card, CardEvidence(self._sam_number, now), fingerprints))

    def _ask_for_card(self) -> Reply:
        if self._reads_fingerprint:
            answer = self._link.ask(Command.READ_WITH_FINGERPRINT, refusable=True)
            if answer.status is not Status.LINK_ERROR:
                return answer
            self._reads_fingerprint = False  # a module that does not know the command: cards are read without
            self._counters.count("id_card_reader.fingerprint_refused")
        return self._link.ask(Command.READ_BASE)

    def _read_failed(self, answer: Reply) -> None:
        match answer.status:
            case Status.MODULE_BROKEN:
                self._report_broken(answer)
            case Status.NOT_RECOGNISED | Status.NO_SUCH_ITEM:
                self._settle(CardProblem(Errors.CARD_NOT_RECOGNISED))
            case _:  # moved, taken away, or a status byte that no table has: the next look tells
                self._failed_reads += 1
                if self._failed_reads == 1:
                    self._tell_if_allowed(CardProblem(Errors.CARD_HOLD_STILL))
                elif self._failed_reads >= _READ_ATTEMPTS:
                    self._settle(CardProblem(Errors.CARD_NOT_RECOGNISED))

    def _settle(self, event: CardRead | CardProblem) -> None:
        """Ends what is done with this card, unless reading was forbidden meanwhile."""
        if self._tell_if_allowed(event):
            self._seen = _Seen.SETTLED

    def _tell_if_allowed(self, event: CardRead | CardProblem) -> bool:
        with self._reading:  # held while telling, so that forbidding has an effect when it returns
            if not self._allowed or self._forget.is_set():  # begun for one person, it is not told to the next
                return False
            if isinstance(event, CardRead):
                self._counters.count(wear_counter(self.name, Wear.READS))
            else:
                self._counters.count(f"id_card_reader.problem.{event.error}")
            self.emit(event)
            return True


def _parts_of(answer: Reply) -> tuple[bytes, bytes, bytes] | None:
    """Text, photo and fingerprints of a card, of whichever question; None when the card was not read."""
    if answer.status is not Status.SUCCESS:
        return None
    base = split_base_data(answer.data)
    return split_full_data(answer.data) if base is None else (*base, b"")
