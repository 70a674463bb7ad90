"""The record of a session's end: that it ended, and what the wipe found. Nothing of the person."""

from __future__ import annotations

from contract.session import Session
from contract.sets import Stream, WayOut
from kiosk_app.reporting.events import RECORD_PRIORITY, EventMaker
from kiosk_app.terminal.memory_scan import ScanResult
from offline_store.events import NewEvent


def session_event(
    maker: EventMaker,
    session_id: str,
    started_at: str,
    way_out: WayOut,
    scan: ScanResult,
    *,
    wipe_ms: int,
    cases: int = 0,
    notice_version: str = "",
) -> NewEvent:
    """The wipe record. ``wipe_ms`` is the whole wipe, of which the scan is the last part.

    A scan that did not finish is not clean, however few copies it found.
    """
    record = Session(
        session_id=session_id,
        terminal_id=maker.terminal_id,
        started_at=started_at,
        ended_at=maker.now(),
        way_out=way_out,
        notice_version=notice_version,
        cases=cases,
        wipe_clean=scan.clean,
        wipe_needles=scan.needles,
        wipe_copies_found=scan.copies_found,
        wipe_scanned_mb=scan.scanned_mb,
        wipe_ms=wipe_ms,
    )
    return maker.make(Stream.SESSION, record, priority=RECORD_PRIORITY, event_id=session_id)
