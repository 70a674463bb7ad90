"""Sessions that an earlier process left untold: it crashed, lost its power, or had to be replaced.

The memory of a process goes with it. So what is left to do is to see that nothing of those sessions comes out
of a printer, and to tell the province how they ended. Where the process replaced itself because a wipe was
not clean, it has handed over what to look for: this one looks again, before it serves anybody.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

import msgspec

from contract.session import Session, Wiped
from contract.sets import Remedy, WayOut, WipedPart, WipeOutcome
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import Errors
from foundation.lifecycle import ResilientService
from kiosk_app.composition.session_end import LastResort
from kiosk_app.composition.spools import Spools
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.sessions import OpenSession, SessionRecords, session_record
from kiosk_app.terminal.answers import ProcessStayed
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.memory_scan import ScanResult
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.wipe import Needles, scan_process_memory

log = logging.getLogger("dianxiaoer.wipe")

_PRINTERS_ANSWER_WITHIN_S = 30.0
_LOOK_EVERY_S = 0.5
_ASKED_AGAIN = 5
_GONE_WITH_THE_PROCESS = (
    WipedPart.MEMORY,
    WipedPart.SCREENS,
    WipedPart.CLIPBOARD,
    WipedPart.WRITING,
    WipedPart.CARD_READERS,
    WipedPart.CAMERA,
    WipedPart.VOICE,
    WipedPart.PREFERENCES,
    WipedPart.DRAFTS,
)


class SessionsLeft(ResilientService):
    """Tells them, in a thread of its own, when the printers have answered. Once; then it only waits to end.

    ``cleared`` is what the start of the program has cleared.
    """

    def __init__(
        self,
        records: SessionRecords,
        last_resort: LastResort,
        spools: Spools,
        maker: EventMaker,
        clock: Clock,
        cleared: list[Wiped],
    ) -> None:
        super().__init__("sessions left", clock, Backoff(1.0, 60.0))
        self._records = records
        self._last_resort = last_resort
        self._spools = spools
        self._maker = maker
        self._cleared = cleared
        self._left: list[OpenSession] = []
        self._scan: ScanResult | None = None

    def look(self, memory: OwnMemory, post: Callable[[Message], None]) -> None:
        """To be called once, before anybody is served: reads the notes, and scans what was handed over."""
        self._left = self._records.left()
        needles = Needles.taken_over(os.environ)
        if needles is None:
            return
        self._scan = scan_process_memory(needles, memory)
        needles.forget()
        log.info("after the replacement %d copies were found", self._scan.copies_found)
        if not self._scan.clean:
            post(ProcessStayed(Errors.WIPE_MACHINE_RESTARTS))

    def set_up(self) -> None:
        """Nothing to acquire."""

    def run(self) -> None:
        self.healthy()
        while self._left and not self.stopping.is_set():
            self._settle(self._left[0])
            del self._left[0]
        self.stopping.wait()

    def tear_down(self) -> None:
        """Nothing to release."""

    def _settle(self, note: OpenSession) -> None:
        record = note.record
        if record is None:
            if self._printers_answered():
                self._records.tell(self._crashed(note))
        elif record.wipe_clean:  # only the outbox had no room for it
            self._records.tell(record)
        elif self._scan is None:
            self._records.tell(msgspec.structs.replace(record, remedy=self._what_ended(note)))
        else:
            copies = self._scan.copies_found
            record = msgspec.structs.replace(
                record, remedy=Remedy.PROCESS_REPLACED, remedy_copies_found=copies
            )
            (self._records.tell if self._scan.clean else self._last_resort.take)(record)

    def _crashed(self, note: OpenSession) -> Session:
        """Nothing was scanned, and nothing can be left in the memory of a process that is gone."""
        cleared = [
            *(Wiped(part=part, outcome=WipeOutcome.DONE) for part in _GONE_WITH_THE_PROCESS),
            *self._cleared,
            *self._emptied(note.session_id),
            Wiped(part=WipedPart.PROVINCE_SESSION, outcome=WipeOutcome.UNKNOWN),
        ]
        record = session_record(self._maker, note.session_id, note.started_at, WayOut.CRASH)
        return msgspec.structs.replace(record, wipe_clean=True, wiped=cleared, remedy=self._what_ended(note))

    def _emptied(self, session_id: str) -> list[Wiped]:
        """What became of the spools. Nobody waits for it here, so a printer that is slow is asked again."""
        settled = self._spools.end_session(session_id).settled()
        for _ in range(_ASKED_AGAIN):
            if all(wiped.outcome is not WipeOutcome.UNKNOWN for wiped in settled):
                break
            if self.clock.wait(self.stopping, _LOOK_EVERY_S):
                break
            settled = self._spools.end_session(session_id).settled()
        return settled

    def _what_ended(self, note: OpenSession) -> Remedy:
        return Remedy.PROCESS_ENDED if note.boot_id == self._records.boot_id else Remedy.MACHINE_RESTARTED

    def _printers_answered(self) -> bool:
        """Waits until they have, or had time enough to; false when this program is to end before."""
        until_s = self.clock.monotonic_s() + _PRINTERS_ANSWER_WITHIN_S
        while not self._spools.are_known() and self.clock.monotonic_s() < until_s:
            if self.clock.wait(self.stopping, _LOOK_EVERY_S):
                return False
        return True
