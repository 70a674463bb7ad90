"""The way for staff: what recognises them, and what they see and can do."""

from __future__ import annotations

from collections.abc import Callable

from drivers.vocabulary import DeviceStatus
from foundation.clock import Clock, in_china
from foundation.errors import Errors
from foundation.version import VERSION
from kiosk_app.composition.commands import Commanded, Hands
from kiosk_app.config import TerminalPaths
from kiosk_app.operations.staff_desk import StaffDesk, ThisTerminal, Workshop
from kiosk_app.operations.staff_lockout import StaffLockout
from kiosk_app.operations.verbs import BothLanguages
from kiosk_app.reporting.alarms import AlarmKeeper
from kiosk_app.reporting.assessment import device_report
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.staff_visit import DeviceStanding, MaintenanceBoard
from offline_store.store import OfflineStore


def make_staff_desk(
    paths: TerminalPaths,
    commanded: Commanded,
    hands: Hands,
    store: OfflineStore,
    alarms: AlarmKeeper,
    sentences: BothLanguages,
    clock: Clock,
    post: Callable[[Message], None],
) -> StaffDesk:
    """Recognises staff by grants of the province for this terminal or its site."""
    enrolment = commanded.credentials.enrolment

    def board() -> MaintenanceBoard:
        queue, batch = store.outbox.board(), commanded.line.items.current_batch()
        return MaintenanceBoard(
            devices=tuple(_standing(status) for status in commanded.devices.statuses()),
            waiting=queue.depth,
            oldest_age_s=queue.oldest_age_s,
            set_aside=len(queue.set_aside),
            version=VERSION,
            batch=batch.batch_id if batch is not None else "",
            certificate_until=in_china(commanded.certificate.good_until()).date().isoformat(),
            stopped=hands.gate.is_stopped,
        )

    return StaffDesk(
        ThisTerminal(
            enrolment.terminal_id,
            enrolment.site.site_id,
            commanded.credentials.item_verifier,
            commanded.book.blocks_staff,
        ),
        StaffLockout(paths.state / "staff-lockout.json", clock),
        Workshop(
            hands.verbs,
            board,
            commanded.restart,
            sentences.say("maintenance"),
            lambda locked: alarms.report(Errors.STAFF_LOCKED, "terminal", present=locked),
        ),
        clock,
        post,
    )


def _standing(status: DeviceStatus) -> DeviceStanding:
    report = device_report(status)
    return DeviceStanding(report.device, report.health, report.error)
