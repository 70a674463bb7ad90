"""The end of a session: everything lets go, memory is scanned, and the record of it is committed.

The order matters: the screens let go first, for they hold what was shown; then the devices; then garbage is
collected, and what was freed is overwritten (see ``terminal.allocator``); only then is memory scanned, by a
child process. Where the scan is not clean the process is replaced, and the next one looks once more
(``sessions_left``); where it cannot be replaced, the machine is restarted; and only where that cannot be
asked for, or does not come, the terminal serves nobody any more.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from contract.session import Session, Wiped
from contract.sets import Remedy, WayOut, WipedPart, WipeOutcome
from foundation.clock import Clock
from foundation.errors import Errors
from kiosk_app.composition.devices import FittedDevices
from kiosk_app.composition.spools import Spools
from kiosk_app.composition.temporary_files import TemporaryFiles
from kiosk_app.operations.machine_restart import MachineRestart
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.sessions import SessionRecords, session_record, with_wipe
from kiosk_app.terminal.allocator import replace_process
from kiosk_app.terminal.answers import ProcessStayed, WipeFinished
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.memory_scan import ScanResult
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.wipe import Needles, scan_process_memory

log = logging.getLogger("dianxiaoer.wipe")

_SCANS = 4
_BEFORE_A_SCAN_S = 0.3
"""A page that slides away, or a buffer that a thread is about to give back, holds a copy for a moment."""
RESTARTS_WITHIN_S = 180.0
"""A machine that agreed to restart and is still there by then did not."""


@dataclass(frozen=True, slots=True)
class Holders:
    """What may hold something of a person besides the objects of the conversation.

    ``forget_screens`` says whether the screens have let go.
    """

    devices: FittedDevices
    spools: Spools
    forget_screens: Callable[[], bool]
    temporary: TemporaryFiles
    memory: OwnMemory

    def clear_temporary(self) -> Wiped:
        """Empties the folder of temporary files."""
        count = self.temporary.clear()
        outcome = WipeOutcome.FAILED if count is None else WipeOutcome.DONE
        return Wiped(part=WipedPart.TEMPORARY_FILES, outcome=outcome, count=count)


@dataclass(slots=True)
class LastResort:
    """What is done where no new process can be trusted with the next person."""

    restart: MachineRestart
    records: SessionRecords
    clock: Clock
    post: Callable[[Message], None]
    stopping: threading.Event = field(default_factory=threading.Event)

    def take(self, record: Session) -> None:
        """Restarts the machine, or takes the terminal out of service. Blocks until one of them is settled."""
        if self.restart.ask(Errors.WIPE_NOT_CLEAN):
            self.post(ProcessStayed(Errors.WIPE_MACHINE_RESTARTS))
            if self.clock.wait(self.stopping, RESTARTS_WITHIN_S):
                return
            log.error("the machine did not restart within %.0f s", RESTARTS_WITHIN_S)
        self.records.tell(msgspec.structs.replace(record, remedy=Remedy.OUT_OF_SERVICE))
        self.post(ProcessStayed(Errors.WIPE_REPLACEMENT_FAILED))


class SessionCloser:
    """Ends sessions, and does what is left to do when one did not end cleanly."""

    def __init__(
        self,
        holders: Holders,
        records: SessionRecords,
        last_resort: LastResort,
        maker: EventMaker,
        clock: Clock,
        post: Callable[[Message], None],
    ) -> None:
        self._holders = holders
        self._records = records
        self._last_resort = last_resort
        self._maker = maker
        self._clock = clock
        self._post = post
        self._never = threading.Event()
        self._last: Session | None = None
        self._needles = Needles()
        self._mending: threading.Thread | None = None

    def close(self) -> None:
        """Nothing is waited for any more."""
        self._last_resort.stopping.set()
        if self._mending is not None:
            self._mending.join()

    def end(self, session: CitizenSession, way_out: WayOut, wiped: Sequence[Wiped]) -> None:
        """Wipes, scans, commits the record, answers. ``wiped`` is what others have cleared already.

        An unclean scan is recorded as such, and not told before it is known what came of it.
        """
        started_s = self._clock.monotonic_s()
        needles = session.needles
        if not isinstance(needles, Needles):
            raise TypeError("a session of this terminal has scannable needles")
        self._needles = needles
        record = self._last = session_record(
            self._maker,
            session.session_id,
            session.started_at,
            way_out,
            cases=session.cases,
            notice_version=session.notice_version,
            face=session.face,
            by_staff=session.by_staff,
        )
        cleared = [*wiped, *self._holders.devices.end_session(), self._holders.clear_temporary()]
        spools = self._holders.spools.end_session(session.session_id)
        scans = 1
        let_go, scan = self._scan(needles)
        while not scan.clean and scans < _SCANS:
            scans += 1
            let_go, scan = self._scan(needles)
        cleared += [*_in_this_process(scan, let_go=let_go), *spools.settled()]
        wipe_ms = round((self._clock.monotonic_s() - started_s) * 1000)
        record = self._last = with_wipe(record, scan, cleared, scans=scans, wipe_ms=wipe_ms)
        if scan.clean:
            self._records.tell(record)
            needles.forget()
        else:
            self._records.keep(record)
            log.error("the wipe left %d copies after %d scans", scan.copies_found, scans)
        self._post(WipeFinished(session.session_id, scan.clean))

    def _scan(self, needles: Needles) -> tuple[bool, ScanResult]:
        """Whether the screens had let go before it, and what it found."""
        self._clock.wait(self._never, _BEFORE_A_SCAN_S)
        let_go = self._holders.forget_screens()
        gc.collect()
        return let_go, scan_process_memory(needles, self._holders.memory)

    def replace_process(self) -> None:
        """A new program in this process: all of the old memory is gone. Returns at once.

        Answered, where that failed, by ProcessStayed: once when the machine is being restarted, and once when
        nothing helped.
        """
        self._mending = threading.Thread(target=self._mend, name="mending", daemon=True)
        self._mending.start()

    def _mend(self) -> None:
        record = self._last
        if record is None:
            raise RuntimeError("no session has ended")
        self._records.keep(record)  # a wipe that hangs has kept none
        log.error("the process is replaced, because a wipe was not clean")
        handed_over = self._needles.handed_over()
        try:
            replace_process(environment=handed_over)
        except OSError as fault:
            log.error("the process could not be replaced: %s", fault.strerror)
        Needles.taken_over(handed_over)  # nobody else will
        self._last_resort.take(record)


def _in_this_process(scan: ScanResult, *, let_go: bool) -> list[Wiped]:
    memory = WipeOutcome.DONE if scan.clean else WipeOutcome.FAILED if scan.complete else WipeOutcome.UNKNOWN
    shown = WipeOutcome.DONE if let_go else WipeOutcome.UNKNOWN
    outcomes = {
        WipedPart.MEMORY: memory,
        WipedPart.SCREENS: shown,
        WipedPart.CLIPBOARD: shown,
        WipedPart.WRITING: shown,
        WipedPart.PREFERENCES: WipeOutcome.DONE,
    }
    return [Wiped(part=part, outcome=outcome) for part, outcome in outcomes.items()]
