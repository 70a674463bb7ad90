"""Takes the platform's commands the moment they are given: a long poll over a connection of its own.

A command that is not signed by the platform's key for commands, or that is for another terminal, is no
command: it is logged and counted and never answered, for an answer under its id would speak for the real one.
What is trusted is put into the store before the next question; whoever carries it out takes it from there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import msgspec

from contract import operations
from contract.commands import LONGEST_WAIT_S, CommandIdentity, CommandList, SignedCommand
from contract.signing import Verifier
from foundation.backoff import Backoff
from foundation.clock import Clock, rfc3339
from foundation.counters import CounterSink
from foundation.errors import Errors
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.connection import ConnectionState
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.outcomes import Answered, Outcome, Unreachable
from kiosk_app.terminal.views import Connection
from offline_store.commands import CommandBook
from offline_store.errors import StoreError

log = logging.getLogger("dianxiaoer.commands")

UNTRUSTED = "commands.untrusted"
"""The counter of what claimed to be a command and was none."""
_LEAST_BETWEEN_S = 1.0
"""Between two questions of which the first was answered at once and with nothing."""


class CommandReceiver(ResilientService):
    """Asks for commands in a thread of its own; ``on_taken`` is called in it for each new one.

    ``calls`` is its own, so that its waiting holds nobody up. ``ask_time`` is called once before the first
    question: deadlines are held against the platform's time. An enrolment that names no key for commands
    asks for none and takes none.
    """

    def __init__(
        self,
        calls: PlatformCalls,
        ask_time: Callable[[], object],
        credentials: Credentials,
        book: CommandBook,
        counters: CounterSink,
        clock: Clock,
        on_taken: Callable[[], None],
    ) -> None:
        super().__init__("command receiver", clock, Backoff(1.0, 30.0))
        self._calls = calls
        self._ask_time = ask_time
        self._verifier = credentials.command_verifier
        self._terminal_id = credentials.enrolment.terminal_id
        self._book = book
        self._counters = counters
        self._on_taken = on_taken
        self._asking_backoff = Backoff(1.0, 30.0, jitter=1.0)
        self._hurry = threading.Event()
        self._position = 0

    def connection_changed(self, state: ConnectionState) -> None:
        """A listener for the connection monitor: a platform that is back is asked at once."""
        if state.connection is Connection.CONNECTED:
            self._hurry.set()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread; ``calls`` is closed first by whoever does not want to wait for an answer."""
        self.stopping.set()
        self._hurry.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire: ``calls`` opens its own connection."""

    def run(self) -> None:
        if self._verifier is None:
            log.info("this enrolment names no key for commands: none are taken")
            self.stopping.wait()
            return
        self._ask_time()
        while not self.stopping.is_set():
            self._hurry.clear()
            self._ask(self._verifier)

    def tear_down(self) -> None:
        """Nothing to release."""

    def _ask(self, verifier: Verifier) -> None:
        asked_s = self.clock.monotonic_s()
        outcome: Outcome[CommandList] = self._calls.call(
            operations.COMMANDS, query={"wait_s": LONGEST_WAIT_S, "after": self._position}
        )
        if not isinstance(outcome, Answered):
            delay_s = self._asking_backoff.failed()
            if isinstance(outcome, Unreachable) and outcome.retry_after_s is not None:
                self.clock.wait(self.stopping, max(delay_s, outcome.retry_after_s))
            else:
                self.clock.wait(self._hurry, delay_s)
            return
        self._asking_backoff.succeeded()
        self.healthy()
        for signed in outcome.value.commands:
            self._take(signed, verifier)
        self._position = outcome.value.position
        if not outcome.value.commands and self.clock.monotonic_s() - asked_s < _LEAST_BETWEEN_S:
            self.clock.wait(self.stopping, _LEAST_BETWEEN_S)

    def _take(self, signed: SignedCommand, verifier: Verifier) -> None:
        content = signed.content.encode("utf-8")
        if not verifier.verifies(content, signed.signature):
            self._distrust("its signature is not the platform's")
            return
        try:
            identity = msgspec.json.decode(content, type=CommandIdentity)
        except (msgspec.DecodeError, RecursionError):
            self._distrust("it has no id")
            return
        if identity.terminal_id != self._terminal_id:
            self._distrust("it is for another terminal")
            return
        try:
            is_new = self._book.take(identity.command_id, content, rfc3339(self.clock.utc_now()))
        except StoreError as fault:
            raise TemporaryFaultError(str(fault)) from fault
        if is_new:
            self._on_taken()

    def _distrust(self, reason: str) -> None:
        log.error("%s a command was not taken: %s", Errors.COMMAND_NOT_TRUSTED, reason)
        self._counters.count(UNTRUSTED)
