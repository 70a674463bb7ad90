"""The end of a session: everything lets go, memory is scanned, and the record of it is committed.

The order matters: the screens let go first, for they hold what was shown; then the devices; then garbage is
collected, and what was freed is overwritten (see ``terminal.allocator``); only then is memory scanned, by a
child process.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable

from contract.sets import WayOut
from foundation.clock import Clock
from kiosk_app.composition.devices import FittedDevices
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.sessions import session_event
from kiosk_app.terminal.allocator import replace_process
from kiosk_app.terminal.answers import WipeFinished
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.memory_scan import ScanResult
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.wipe import Needles, scan_process_memory
from offline_store.errors import StoreError
from offline_store.outbox import Outbox

log = logging.getLogger("dianxiaoer.wipe")

_SCANS = 4
_BEFORE_A_SCAN_S = 0.3
"""A page that slides away, or a buffer that a thread is about to give back, holds a copy for a moment."""


class SessionCloser:
    """Ends sessions. ``forget_screens`` returns when the screens have let go."""

    def __init__(
        self,
        devices: FittedDevices,
        outbox: Outbox,
        maker: EventMaker,
        clock: Clock,
        forget_screens: Callable[[], None],
        memory: OwnMemory,
        post: Callable[[Message], None],
    ) -> None:
        self._devices = devices
        self._outbox = outbox
        self._maker = maker
        self._clock = clock
        self._forget_screens = forget_screens
        self._memory = memory
        self._post = post
        self._never = threading.Event()

    def end(self, session: CitizenSession, way_out: WayOut) -> None:
        """Wipes, scans, commits the record, answers; an unclean scan is recorded as such."""
        started_s = self._clock.monotonic_s()
        self._devices.end_session(session.session_id)
        needles = session.needles
        if not isinstance(needles, Needles):
            raise TypeError("a session of this terminal has scannable needles")
        scan = self._scan(needles)
        wipe_ms = round((self._clock.monotonic_s() - started_s) * 1000)
        try:
            self._outbox.append(
                [
                    session_event(
                        self._maker,
                        session.session_id,
                        session.started_at,
                        way_out,
                        scan,
                        wipe_ms=wipe_ms,
                        cases=session.cases,
                        notice_version=session.notice_version,
                    )
                ]
            )
        except StoreError as fault:
            log.error("the record of a wipe was not committed: %s", fault.error)
        needles.forget()
        if not scan.clean:
            log.error("the wipe left %d copies after %d scans", scan.copies_found, _SCANS)
        self._post(WipeFinished(session.session_id, scan.clean))

    def _scan(self, needles: Needles) -> ScanResult:
        scan = self._scan_once(needles)
        for _ in range(_SCANS - 1):
            if scan.clean:
                break
            scan = self._scan_once(needles)
        return scan

    def _scan_once(self, needles: Needles) -> ScanResult:
        self._clock.wait(self._never, _BEFORE_A_SCAN_S)
        self._forget_screens()
        gc.collect()
        return scan_process_memory(needles, self._memory)

    def replace_process(self) -> None:
        """A new program in this process: all of the old memory is gone. Returns only when that failed."""
        log.error("the process is replaced, because a wipe was not clean")
        try:
            replace_process()
        except OSError as fault:
            log.error("the process could not be replaced: %s", fault.strerror)
