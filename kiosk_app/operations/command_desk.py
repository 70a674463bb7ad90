"""Carries out the province's commands, one at a time, each once, and answers each.

A command comes from the store, where it was put after its signature was checked, and leaves it when its
result stands in the outbox. Between the two it is noted as begun: after a power cut it is known that it may
have been carried out, and what must not be repeated is not.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

import msgspec

from contract.commands import Command, missing_arguments
from contract.items import LocalText
from contract.payloads import CommandResult
from contract.sets import CommandOutcome, CommandVerb, Stream
from foundation.backoff import Backoff
from foundation.clock import Clock, parse_rfc3339
from foundation.errors import ErrorCode, Errors
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.operations.occupancy import Occupancy
from kiosk_app.operations.service_gate import ServiceGate
from kiosk_app.reporting.audit import word_for
from kiosk_app.reporting.audit_observer import Trail
from kiosk_app.reporting.events import RECORD_PRIORITY, EventMaker
from offline_store.commands import CommandBook, KeptCommand
from offline_store.errors import StoreError
from offline_store.outbox import Outbox

log = logging.getLogger("dianxiaoer.commands")

LONGEST_REST_S = 30.0
END_WITHIN_S = 60.0
"""How long the program may take to end when it is to be started again."""


class When(Enum):
    """What a verb waits for."""

    AT_ONCE = "at_once"
    """Harmless: nobody at the terminal notices."""
    FREE = "free"
    """Until nobody is here."""
    CLOSED = "closed"
    """Until nobody is here and nobody can begin: the desk closes the terminal for it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of carrying out a command."""

    outcome: CommandOutcome
    error: ErrorCode | None = None
    explanation: LocalText | None = None
    picture: str = field(default="", repr=False)
    """JPEG in Base64; empty but for a picture of the screen."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb. ``do`` is called in the desk's thread; None says that the next start will answer.

    ``interrupted`` is what is answered when the process ended while it was being carried out; None has it
    carried out again.
    """

    do: Callable[[Command], Finished | None]
    when: When = When.AT_ONCE
    interrupted: Finished | None = None


INTERRUPTED = Finished(CommandOutcome.FAILED, Errors.COMMAND_INTERRUPTED)
"""It is not known whether it was done, so it is not said that it was."""
_NOT_UNDERSTOOD = Finished(CommandOutcome.REFUSED, Errors.COMMAND_NOT_UNDERSTOOD)
_EXPIRED = Finished(CommandOutcome.EXPIRED, Errors.COMMAND_EXPIRED)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Where it is told what came of a command: to the province, and in the audit trail."""

    outbox: Outbox
    maker: EventMaker
    trail: Trail


@dataclass(frozen=True, slots=True)
class _Order:
    command: Command
    verb: Verb
    begun: bool
    left_s: float


class CommandDesk(ResilientService):
    """Takes commands from the book in a thread of its own.

    Those that wait for people keep their order among each other; those that nobody notices pass them. What is
    not begun by its deadline, at the best known time, never is.
    """

    def __init__(
        self,
        book: CommandBook,
        accounts: Accounts,
        clock: Clock,
        occupancy: Occupancy,
        gate: ServiceGate,
        verbs: Mapping[CommandVerb, Verb],
    ) -> None:
        super().__init__("command desk", clock, Backoff(1.0, 30.0))
        self._book = book
        self._outbox = accounts.outbox
        self._maker = accounts.maker
        self._trail = accounts.trail
        self._occupancy = occupancy
        self._gate = gate
        self._verbs = verbs
        self._wake = threading.Event()
        occupancy.on_change = self._wake.set

    def wake(self) -> None:
        """A command was taken. Returns at once."""
        self._wake.set()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread; what is not answered is gone on with at the next start."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire."""

    def run(self) -> None:
        try:
            self._settle_what_was_begun()
            while not self.stopping.is_set():
                self._wake.clear()
                rest_s = self._do_what_can_be_done()
                self.healthy()
                self.clock.wait(self._wake, rest_s)
        except StoreError as fault:
            raise TemporaryFaultError(str(fault)) from fault

    def tear_down(self) -> None:
        """Lets people in again who were kept out for a command that was not begun."""
        self._gate.hold(False)

    def _settle_what_was_begun(self) -> None:
        """Answers for the process before this one, where doing it again would be wrong."""
        for kept in self._book.without_answer():
            order = self._order(kept)
            if isinstance(order, _Order) and order.begun and order.verb.interrupted is not None:
                self._answer(kept.command_id, order.verb.interrupted)

    def _do_what_can_be_done(self) -> float:
        """The seconds until the first deadline of what has to wait."""
        rest_s = LONGEST_REST_S
        first_that_waits: Verb | None = None
        for kept in self._book.without_answer():
            order = self._order(kept)
            if isinstance(order, Finished):
                self._answer(kept.command_id, order)
            elif order.verb.when is When.AT_ONCE or (
                first_that_waits is None and self._may_begin(order.verb.when)
            ):
                self._carry_out(order)
            else:
                first_that_waits = first_that_waits or order.verb
                rest_s = min(rest_s, order.left_s)
            if self.stopping.is_set():
                return 0.0
        if first_that_waits is None or first_that_waits.when is not When.CLOSED:
            self._gate.hold(False)
        return rest_s

    def _order(self, kept: KeptCommand) -> _Order | Finished:
        """What is to be done, or why it is not."""
        try:
            command = msgspec.json.decode(kept.content, type=Command)
            deadline = parse_rfc3339(command.deadline)
        except (msgspec.DecodeError, ValueError):
            return _NOT_UNDERSTOOD
        verb = self._verbs.get(command.verb)
        if verb is None or missing_arguments(command.verb, command.arguments):
            return _NOT_UNDERSTOOD
        left_s = (deadline - parse_rfc3339(self._maker.now())).total_seconds()
        return _Order(command, verb, kept.begun, left_s) if left_s > 0 or kept.begun else _EXPIRED

    def _may_begin(self, when: When) -> bool:
        if when is When.CLOSED:
            self._gate.hold(True)
            return self._occupancy.is_closed()
        return self._occupancy.is_free()

    def _carry_out(self, order: _Order) -> None:
        command = order.command
        log.info("command %s: %s", command.command_id, command.verb.value)
        self._book.begin(command.command_id)
        self._trail.record("order.begun", command.verb.value, _subject(command.command_id))
        try:
            finished = order.verb.do(command)
        except StoreError as fault:
            finished = Finished(CommandOutcome.FAILED, fault.error)
        if finished is None:
            if self.clock.wait(self.stopping, END_WITHIN_S):
                return
            finished = INTERRUPTED
        self._answer(command.command_id, finished)

    def _answer(self, command_id: str, finished: Finished) -> None:
        """The result is the event of the command's own id: twice the same is once."""
        result = CommandResult(
            command_id=command_id,
            terminal_id=self._maker.terminal_id,
            outcome=finished.outcome,
            code=finished.error.code if finished.error is not None else "",
            explanation=finished.explanation,
            picture=finished.picture,
        )
        event = self._maker.make(
            Stream.COMMAND, result, priority=RECORD_PRIORITY, event_id=command_id, word="result"
        )
        self._outbox.append([event])
        self._book.answered(command_id, finished.outcome.value)
        self._trail.record("order.answered", finished.outcome.value, _subject(command_id))
        log.info("command %s: %s %s", command_id, finished.outcome.value, result.code)


def _subject(command_id: str) -> str:
    return word_for(f"command/{command_id}")
