"""The driver of a social-security card reader: sees a card, reads it once when it may, sees it go."""

from __future__ import annotations

import logging
import sys
import threading
from dataclasses import replace
from enum import Enum

from drivers.social_security_card import pcsc
from drivers.social_security_card.address import PcscReader, is_simulated
from drivers.social_security_card.card_files import read_card
from drivers.social_security_card.device import (
    Capabilities,
    SocialCardDetected,
    SocialCardLeftBehind,
    SocialCardProblem,
    SocialCardRead,
    SocialCardReaderStatus,
    SocialCardRemoved,
    SocialSecurityCard,
)
from drivers.social_security_card.link import CardLink, CardTrouble, ProgramHangsError, Slot
from drivers.supervised_child import ChildLine
from drivers.supervision import Listener, OwnedDevice
from drivers.vocabulary import DeviceState, Wear, wear_counter
from foundation.backoff import Backoff
from foundation.clock import Clock, in_china
from foundation.counters import CounterSink
from foundation.errors import ErrorCode, Errors

log = logging.getLogger("dianxiaoer.social_security_card")

_POLL_INTERVAL_S = 0.2
_READING_S = 8.0
"""A whole card, at most; about fifteen commands of less than 100 ms each on a real one."""
_RETRYING_S = 1.0
"""pcscd looks for a card two or three times a second: a card may be gone for so long and still be seen."""


class _Seen(Enum):
    """What is in the slot, as far as it matters."""

    NOTHING = "nothing"
    FRESH = "fresh"
    """A card that may be read as soon as reading is allowed."""
    SETTLED = "settled"
    """A card that was read, refused, or is not this session's: it has to be taken out first."""


class SocialSecurityCardReader(OwnedDevice[SocialCardReaderStatus]):
    """A reader at ``address``, in a program of its own that can be killed.

    Tells the listener ``StatusChanged``, ``SocialCardDetected``, ``SocialCardRead``, ``SocialCardProblem``,
    ``SocialCardLeftBehind`` and ``SocialCardRemoved``, in the owner's thread. Counts as
    ``social_security_card.*``. A card that is in when the driver starts counts as left behind, and so does
    one that is in when the reader comes back and of which it is not sure that it is the same.

    A card that hangs costs one program, and is not touched again before it was taken out. What a program has
    seen of a person ends with it: after a card that was read it is replaced.
    """

    def __init__(self, address: PcscReader, clock: Clock, counters: CounterSink, listener: Listener) -> None:
        program = (sys.executable, "-I", "-S", pcsc.__file__)
        child = ChildLine((*program, address.name, address.slot, address.service), clock)
        super().__init__(
            child,
            clock,
            listener,
            unknown=SocialCardReaderStatus(
                device="social_security_card",
                state=DeviceState.UNKNOWN,
                error=None,
                simulated=is_simulated(address),
            ),
            lost_error=Errors.SOCIAL_CARD_READER_LOST,
            poll_interval_s=_POLL_INTERVAL_S,
            backoff=Backoff(0.25, 4.0),
        )
        self.capabilities = Capabilities()
        self._child = child
        self._counters = counters
        self._link = CardLink(child, clock, self.stopping)
        self._reading = threading.RLock()
        self._allowed = False
        self._forget = threading.Event()
        self._seen = _Seen.SETTLED
        self._told = False
        self._changes = -1
        self._reopened = False
        self._has_read = False
        self._trouble_since_s: float | None = None

    def allow_reading(self, allowed: bool) -> None:
        """Allows or forbids to read a person's data; forbidden at first. Thread-safe.

        Once ``allow_reading(False)`` has returned, neither ``SocialCardRead`` nor ``SocialCardProblem`` is
        told any more. A card that is in already is read as soon as reading is allowed.
        """
        with self._reading:
            self._allowed = allowed

    def forget_card(self) -> None:
        """Ends a session: a card that is in now is not read before it was taken out. Thread-safe."""
        self._forget.set()

    def set_up(self) -> None:
        degraded = self._child.degraded
        self._unknown = replace(self._unknown, degraded=degraded)
        self._lost_error = Errors.SOCIAL_CARD_READER_UNSTABLE if degraded else Errors.SOCIAL_CARD_READER_LOST
        super().set_up()

    def greet(self) -> None:
        self._link.look()  # only the card service knows whether there is such a reader
        self._reopened = True
        self._has_read = False
        self.healthy()
        self.publish(replace(self._unknown, state=DeviceState.ONLINE))

    def idle(self) -> None:
        self._see(self._link.look())
        if self._forget.is_set():
            self._forget_now()
        if self._seen is _Seen.SETTLED and not self._told:
            self._told = True
            self._count("left_behind")
            self.emit(SocialCardLeftBehind())
        if self._seen is _Seen.FRESH and self._allowed:
            self._read_card()

    def lost(self) -> None:
        self._counters.count(wear_counter(self.name, Wear.FAILURES))

    def _see(self, slot: Slot) -> None:
        """Tells what has changed since the slot was looked at the last time."""
        another = slot.changes != self._changes
        if self._reopened and slot.card and another and self._seen is not _Seen.NOTHING:
            self._told = self._told and self._seen is _Seen.SETTLED
            self._seen = _Seen.SETTLED  # the same card, or another one: nobody knows
            another = False
        self._changes = slot.changes
        self._reopened = False
        if self._seen is not _Seen.NOTHING and (another or not slot.card):
            self._card_has_gone()
        if self._seen is _Seen.NOTHING and slot.card:
            self._seen = _Seen.FRESH
            self._told = True
            self._count("detected")
            self.emit(SocialCardDetected())

    def _card_has_gone(self) -> None:
        if self._trouble_since_s is not None:
            self._trouble_since_s = None
            self._tell_if_allowed(SocialCardProblem(Errors.SOCIAL_CARD_TAKEN_EARLY))
        self._seen = _Seen.NOTHING
        self._forget.clear()
        if self._told:
            self._told = False
            self.emit(SocialCardRemoved())
        self._replace_program()

    def _forget_now(self) -> None:
        self._forget.clear()
        self._trouble_since_s = None
        if self._seen is not _Seen.NOTHING:
            self._seen = _Seen.SETTLED
            self._told = False
        self._replace_program()

    def _replace_program(self) -> None:
        """Ends the program that has had a person's data in its hands, and starts another one."""
        if self._has_read:
            self._has_read = False
            self._child.open()

    def _read_card(self) -> None:
        self._has_read = True
        try:
            outcome = self._converse()
        except ProgramHangsError:
            self._count("hung")
            self._settle(SocialCardProblem(Errors.SOCIAL_CARD_NOT_READABLE))
            self._seen = _Seen.SETTLED  # also when nobody may be told: it would hang again
            raise
        if isinstance(outcome, CardTrouble):
            self._count(outcome.value)
            now_s = self.clock.monotonic_s()
            if self._trouble_since_s is None:
                self._trouble_since_s = now_s
            if now_s - self._trouble_since_s >= _RETRYING_S:
                self._settle(SocialCardProblem(Errors.SOCIAL_CARD_NOT_READABLE))
            return
        if isinstance(outcome, ErrorCode):
            self._settle(SocialCardProblem(outcome))
        else:
            self._settle(SocialCardRead(outcome))

    def _converse(self) -> SocialSecurityCard | ErrorCode | CardTrouble:
        trouble = self._link.connect()
        if trouble is not None:
            return trouble
        deadline_s = self.clock.monotonic_s() + _READING_S
        reading = read_card(in_china(self.clock.utc_now()).date())
        outcome: SocialSecurityCard | ErrorCode | CardTrouble
        try:
            command = next(reading)
            while True:
                answer = self._link.transmit(command)
                if isinstance(answer, CardTrouble):
                    outcome = answer
                    break
                if self.clock.monotonic_s() >= deadline_s:
                    outcome = Errors.SOCIAL_CARD_NOT_READABLE
                    break
                command = reading.send(answer)
        except StopIteration as end:
            outcome = end.value
        self._link.disconnect()
        return outcome

    def _settle(self, event: SocialCardRead | SocialCardProblem) -> None:
        """Ends what is done with this card, unless reading was forbidden meanwhile."""
        if self._tell_if_allowed(event):
            self._trouble_since_s = None
            self._seen = _Seen.SETTLED

    def _tell_if_allowed(self, event: SocialCardRead | SocialCardProblem) -> bool:
        with self._reading:  # held while telling, so that forbidding has an effect when it returns
            if (
                not self._allowed or self._forget.is_set()
            ):  # what was begun for one person is not told another
                return False
            if isinstance(event, SocialCardRead):
                self._counters.count(wear_counter(self.name, Wear.READS))
            else:
                self._count(f"problem.{event.error}")
            self.emit(event)
            return True

    def _count(self, name: str) -> None:
        self._counters.count(f"{self.name}.{name}")
