"""What each verb of the province's commands does here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass

from contract.commands import Command
from contract.items import LocalText
from contract.sets import CommandOutcome, CommandVerb
from drivers.receipt_printer.device import (
    Heading,
    Pair,
    PrintOutcome,
    PrintResult,
    ReceiptPrinterDevice,
    Slip,
)
from foundation.clock import Clock, in_china, parse_rfc3339
from foundation.errors import ErrorCode, Errors
from kiosk_app.operations.command_desk import INTERRUPTED, Finished, Verb, When
from kiosk_app.operations.service_gate import ServiceGate
from kiosk_app.province.items import ItemKeeper
from kiosk_app.province.renewal import CertificateKeeper
from kiosk_app.reporting.status import StatusReporter
from offline_store.outbox import Outbox
from words import Words

PRINTED_WITHIN_S = 30.0


class BothLanguages:
    """Sentences of the section ``command`` as the wire has them."""

    def __init__(self, words: Mapping[str, Words]) -> None:
        self._zh, self._en = words["zh"], words["en"]

    def say(self, name: str, **values: object) -> LocalText:
        """The sentence ``command.<name>`` in both languages. Raises ``KeyError`` when there is none."""
        return LocalText(self._zh.say(f"command.{name}", **values), self._en.say(f"command.{name}", **values))


@dataclass(frozen=True, slots=True)
class Reach:
    """What the verbs work with. ``restart`` has the whole program end and begin again; it returns at once."""

    clock: Clock
    outbox: Outbox
    reporter: StatusReporter
    keeper: ItemKeeper
    gate: ServiceGate
    certificate: CertificateKeeper
    printer: ReceiptPrinterDevice | None
    restart: Callable[[], None]


def make_verbs(reach: Reach, sentences: BothLanguages, terminal_name: str) -> Mapping[CommandVerb, Verb]:
    """Every verb that this release can carry out."""
    hands = _Hands(reach, sentences, terminal_name)
    restarted = _done(sentences.say("restarted"))
    return {
        CommandVerb.REPORT_STATUS: Verb(hands.report_status),
        CommandVerb.REFRESH_ITEMS: Verb(hands.refresh_items),
        CommandVerb.RESEND_SET_ASIDE: Verb(hands.resend_set_aside),
        CommandVerb.RENEW_CERTIFICATE: Verb(hands.renew_certificate),
        CommandVerb.STOP_SERVICE: Verb(hands.stop_service, When.FREE),
        CommandVerb.RESUME_SERVICE: Verb(hands.resume_service, When.FREE),
        CommandVerb.DISABLE_ITEM: Verb(hands.disable_item, When.FREE),
        CommandVerb.ENABLE_ITEM: Verb(hands.enable_item, When.FREE),
        CommandVerb.TEST_PRINT: Verb(hands.test_print, When.CLOSED, INTERRUPTED),
        CommandVerb.RESTART: Verb(hands.restart, When.CLOSED, restarted),
    }


class _Hands:
    """One method for each verb; each returns when it is known what came of it."""

    def __init__(self, reach: Reach, sentences: BothLanguages, terminal_name: str) -> None:
        self._reach = reach
        self._say = sentences.say
        self._terminal_name = terminal_name

    def report_status(self, _command: Command) -> Finished:
        self._reach.reporter.report()
        return _done(self._say("status_reported"))

    def refresh_items(self, _command: Command) -> Finished:
        problem = self._reach.keeper.look_and_wait()
        batch = self._reach.keeper.current_batch()
        if problem is not None:
            return _failed(problem)
        return _done(self._say("items_refreshed", batch=batch.batch_id if batch is not None else "-"))

    def resend_set_aside(self, command: Command) -> Finished:
        only = command.arguments.event_id
        causes = [row.id for row in self._reach.outbox.board().set_aside if row.because_of is None]
        released = [
            event_id
            for cause in causes
            if only in ("", cause)
            for event_id in self._reach.outbox.release(cause)
        ]
        return _done(self._say("resent", count=len(released)))

    def renew_certificate(self, _command: Command) -> Finished:
        problem = self._reach.certificate.renew_and_wait()
        if problem is not None:
            return _failed(problem)
        until = in_china(self._reach.certificate.good_until()).strftime("%Y-%m-%d")
        return _done(self._say("certificate_renewed", until=until))

    def stop_service(self, command: Command) -> Finished:
        reason = command.arguments.reason
        if reason is None:
            return _NOT_UNDERSTOOD
        self._reach.gate.stop_service(reason)
        return _done(self._say("stopped"))

    def resume_service(self, _command: Command) -> Finished:
        self._reach.gate.resume_service()
        return _done(self._say("resumed"))

    def disable_item(self, command: Command) -> Finished:
        reason, code = command.arguments.reason, command.arguments.item_code
        if reason is None:
            return _NOT_UNDERSTOOD
        batch = self._reach.keeper.current_batch()
        if batch is None or batch.find(code) is None:
            return Finished(
                CommandOutcome.REFUSED, Errors.COMMAND_NOT_UNDERSTOOD, self._say("no_such_item", code=code)
            )
        self._reach.gate.suspend_item(code, reason)
        return _done(self._say("item_suspended", code=code))

    def enable_item(self, command: Command) -> Finished:
        self._reach.gate.resume_item(command.arguments.item_code)
        return _done(self._say("item_resumed", code=command.arguments.item_code))

    def test_print(self, command: Command) -> Finished:
        printer = self._reach.printer
        if printer is None:
            return _failed(Errors.PRINTER_LOST)
        given_at = in_china(parse_rfc3339(command.issued_at)).strftime("%Y-%m-%d %H:%M")
        blocks = (
            Heading(self._say("test_slip").zh),
            Pair(self._say("test_slip_terminal").zh, self._terminal_name),
            Pair(self._say("test_slip_given").zh, given_at),
        )
        printing = printer.print_slip(Slip(job_id=command.command_id, blocks=blocks))
        ended = threading.Event()
        printing.add_done_callback(lambda _: ended.set())
        if not self._reach.clock.wait(ended, PRINTED_WITHIN_S):
            return _failed(Errors.PRINT_OUTCOME_UNKNOWN)
        return self._printed(printing)

    def _printed(self, printing: Future[PrintResult]) -> Finished:
        """A bug of the driver is no knowledge of what the printer did."""
        if printing.cancelled() or printing.exception() is not None:
            return _failed(Errors.PRINT_OUTCOME_UNKNOWN)
        result = printing.result()
        if result.outcome is PrintOutcome.DONE:
            return _done(self._say("test_printed"))
        return _failed(result.error or Errors.PRINT_OUTCOME_UNKNOWN)

    def restart(self, _command: Command) -> None:
        self._reach.restart()


_NOT_UNDERSTOOD = Finished(CommandOutcome.REFUSED, Errors.COMMAND_NOT_UNDERSTOOD)


def _done(explanation: LocalText) -> Finished:
    return Finished(CommandOutcome.DONE, None, explanation)


def _failed(error: ErrorCode) -> Finished:
    return Finished(CommandOutcome.FAILED, error)
