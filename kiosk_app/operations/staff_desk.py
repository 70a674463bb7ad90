"""Recognises technicians and keepers by two factors, and works for them, in a thread of its own."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from contract.commands import Command, CommandArguments
from contract.grants import Grant, MalformedGrantError, parse_grant
from contract.items import LocalText
from contract.sets import CommandOutcome, CommandVerb
from contract.signing import Verifier
from foundation.clock import Clock, rfc3339
from foundation.errors import ErrorCode, Errors
from kiosk_app.operations.command_desk import Verb
from kiosk_app.operations.staff_lockout import StaffLockout
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.staff_visit import (
    BoardRead,
    Errand,
    ErrandDone,
    GrantChecked,
    MaintenanceBoard,
    StaffAnswer,
    StaffRecognised,
)
from offline_store.errors import StoreError

log = logging.getLogger("dianxiaoer.staff")

_VERBS = {
    Errand.TEST_SLIP: CommandVerb.TEST_PRINT,
    Errand.REPORT: CommandVerb.REPORT_STATUS,
    Errand.RESEND: CommandVerb.RESEND_SET_ASIDE,
    Errand.STOP_SERVICE: CommandVerb.STOP_SERVICE,
    Errand.RESUME_SERVICE: CommandVerb.RESUME_SERVICE,
}


@dataclass(frozen=True, slots=True)
class ThisTerminal:
    """Where grants have to be for, and by whom they are signed."""

    terminal_id: str
    site_id: str
    province: Verifier
    is_blocked: Callable[[str], bool] = lambda _staff_number: False
    """Whether the province has blocked a staff number."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the desk works with. ``stop_reason`` is what people read while somebody mends the terminal.

    ``locked`` is told, at once returning, whether the way for staff is locked.
    """

    verbs: Mapping[CommandVerb, Verb]
    board: Callable[[], MaintenanceBoard]
    restart: Callable[[], None]
    stop_reason: LocalText
    locked: Callable[[bool], None]


class StaffDesk:
    """A :class:`kiosk_app.terminal.staff_visit.StaffDesk`.

    An errand does what the province's command of that kind does. It is carried out at once: who is at the
    terminal is the one who asked for it.
    """

    def __init__(
        self,
        terminal: ThisTerminal,
        lockout: StaffLockout,
        workshop: Workshop,
        clock: Clock,
        post: Callable[[Message], None],
    ) -> None:
        self._terminal = terminal
        self._lockout = lockout
        self._workshop = workshop
        self._clock = clock
        self._post = post
        self._grant: Grant | None = None
        self._working = ThreadPoolExecutor(1, "desk-staff")

    def close(self) -> None:
        """Ends the worker; what it is doing is finished first."""
        self._working.shutdown()

    def end_session(self) -> None:
        """Returns when nothing of the visit is under way any more; its grant has to be scanned anew."""
        self._working.submit(self._forget).result()

    def _forget(self) -> None:
        self._grant = None

    def check_grant(self, session_id: str, payload: bytes) -> None:
        def check() -> GrantChecked:
            self._grant, error = self._believed(payload)
            return GrantChecked(session_id, error)

        self._answer(check, GrantChecked(session_id, Errors.STAFF_GRANT_REFUSED))

    def check_code(self, session_id: str, visit_code: str) -> None:
        self._answer(
            lambda: self._recognised(session_id, visit_code),
            StaffRecognised(session_id, error=Errors.STAFF_GRANT_REFUSED),
        )

    def look(self, session_id: str) -> None:
        self._answer(lambda: BoardRead(session_id, self._workshop.board()), None)

    def do(self, session_id: str, errand: Errand) -> None:
        instead = ErrandDone(session_id, errand, error=Errors.COMMAND_INTERRUPTED)
        self._answer(lambda: self._done(session_id, errand), instead)

    def restart(self) -> None:
        self._workshop.restart()

    def _answer(self, work: Callable[[], StaffAnswer], instead: StaffAnswer | None) -> None:
        """Posts one answer: that of ``work``, or ``instead`` when it meets a bug."""

        def answer() -> None:
            message: StaffAnswer | None
            try:
                message = work()
            except Exception as bug:  # noqa: BLE001  # whoever asked is waiting for an answer
                log.error("the desk for staff met a bug: %s", type(bug).__name__)
                message = instead
            if message is not None:
                self._post(message)

        self._working.submit(answer)

    def _believed(self, payload: bytes) -> tuple[Grant | None, ErrorCode | None]:
        """The grant, or what is wrong with it; what is not the province's says nothing about why."""
        if self._lockout.locked:
            return None, Errors.STAFF_LOCKED
        try:
            grant = parse_grant(payload.decode("ascii"))
        except (MalformedGrantError, UnicodeDecodeError):
            return None, Errors.STAFF_GRANT_REFUSED
        here = self._terminal
        if not grant.is_signed_by(here.province) or not grant.is_for(here.terminal_id, here.site_id):
            return None, Errors.STAFF_GRANT_REFUSED
        if here.is_blocked(grant.staff_number):
            return None, Errors.STAFF_BLOCKED
        if not grant.is_good_at(self._clock.utc_now()):
            return None, Errors.STAFF_GRANT_EXPIRED
        return grant, None

    def _recognised(self, session_id: str, visit_code: str) -> StaffRecognised:
        """Counts the try before it looks at it: whoever cuts the power meanwhile has not gained one."""
        grant = self._grant
        if grant is None:
            return StaffRecognised(session_id, error=Errors.STAFF_GRANT_REFUSED)
        if self._lockout.locked:
            return StaffRecognised(session_id, error=Errors.STAFF_LOCKED)
        try:
            locked = self._lockout.wrong()
            if grant.is_opened_by(visit_code):
                self._lockout.right()
                self._grant = None
                self._workshop.locked(False)
                return StaffRecognised(session_id, grant.role, grant.staff_number)
        except OSError as fault:
            log.error("a try could not be written down: %s", fault.strerror)
            return StaffRecognised(session_id, error=Errors.STORE_UNWRITABLE)
        if locked:
            self._workshop.locked(True)
        return StaffRecognised(session_id, error=Errors.STAFF_LOCKED if locked else Errors.STAFF_CODE_WRONG)

    def _done(self, session_id: str, errand: Errand) -> ErrandDone:
        now = rfc3339(self._clock.utc_now())
        verb = _VERBS[errand]
        order = Command(
            command_id=str(uuid.uuid4()),
            terminal_id=self._terminal.terminal_id,
            verb=verb,
            arguments=CommandArguments(reason=self._workshop.stop_reason),
            issued_at=now,
            deadline=now,
        )
        try:
            finished = self._workshop.verbs[verb].do(order)
        except StoreError as fault:
            return ErrandDone(session_id, errand, error=fault.error)
        if finished is None or finished.outcome is not CommandOutcome.DONE:
            error = finished.error if finished is not None else None
            return ErrandDone(session_id, errand, error=error or Errors.COMMAND_INTERRUPTED)
        return ErrandDone(session_id, errand, said=finished.explanation)
