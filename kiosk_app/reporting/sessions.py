"""The records of sessions: from the moment when one begins until the province can be told how it ended.

A session that is open has a note of its own on the disk: its id, when it began, in which boot of the machine,
and nothing of the person. What its end came to goes into the outbox, and the note goes after that; so the
next start of the program finds whatever was cut off, and tells it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from contract.session import Session, Wiped
from contract.sets import Stream, WayOut
from foundation.atomic_files import write_atomically
from kiosk_app.reporting.events import RECORD_PRIORITY, EventMaker
from kiosk_app.terminal.memory_scan import ScanResult
from kiosk_app.terminal.proof import Face
from offline_store.errors import StoreError
from offline_store.events import NewEvent
from offline_store.outbox import Outbox

log = logging.getLogger("dianxiaoer.sessions")


class OpenSession(msgspec.Struct, frozen=True, kw_only=True):
    """What the disk knows of a session that is not told yet. ``record`` is None until it has ended."""

    session_id: str
    started_at: str
    boot_id: str
    record: Session | None = None


class SessionRecords:
    """Keeps the notes and tells the records. Thread-safe. ``folder`` is among what survives a restart."""

    def __init__(self, folder: Path, outbox: Outbox, maker: EventMaker, boot_id: str) -> None:
        self._folder = folder
        self._outbox = outbox
        self._maker = maker
        self._boot_id = boot_id
        self._writing = ThreadPoolExecutor(1, "session-notes")

    @property
    def boot_id(self) -> str:
        """In which boot of the machine this program runs."""
        return self._boot_id

    def close(self) -> None:
        """Ends the worker; what it is writing is written first."""
        self._writing.shutdown()

    def begun(self, session_id: str, started_at: str) -> None:
        """A session has begun. Returns at once; what is said of it later is written after this."""
        note = OpenSession(session_id=session_id, started_at=started_at, boot_id=self._boot_id)
        self._writing.submit(self._write, note).add_done_callback(_log_bug)

    def keep(self, record: Session) -> None:
        """On the disk when this returns: how a session ended, to be told when it is known what came of it."""
        note = OpenSession(
            session_id=record.session_id,
            started_at=record.started_at,
            boot_id=self._boot_id,
            record=record,
        )
        self._writing.submit(self._write, note).result()

    def tell(self, record: Session) -> None:
        """Commits the record to the outbox, and forgets the note. What cannot be committed is kept."""
        try:
            self._outbox.append([session_event(self._maker, record)])
        except StoreError as fault:
            log.error("the record of a session was not committed: %s", fault.error)
            self.keep(record)
        else:
            self._writing.submit(self._forget, record.session_id).result()

    def left(self) -> list[OpenSession]:
        """What an earlier process left untold, the oldest first. For the start, before a session begins."""
        notes = []
        for file in self._folder.glob("*.json") if self._folder.exists() else ():
            try:
                notes.append(msgspec.json.decode(file.read_bytes(), type=OpenSession))
            except (OSError, msgspec.DecodeError):
                log.error("a note of a session cannot be read, and is dropped")
                file.unlink(missing_ok=True)
        return sorted(notes, key=lambda note: note.started_at)

    def _write(self, note: OpenSession) -> None:
        try:
            write_atomically(self._file(note.session_id), msgspec.json.encode(note), mode=0o600)
        except OSError as fault:
            log.error("a session is not noted on the disk: %s", fault.strerror)

    def _forget(self, session_id: str) -> None:
        try:
            self._file(session_id).unlink(missing_ok=True)
        except OSError as fault:  # it would be told once more, under the same id: the same event
            log.error("the note of a session was not removed: %s", fault.strerror)

    def _file(self, session_id: str) -> Path:
        return self._folder / f"{session_id}.json"


def session_record(
    maker: EventMaker,
    session_id: str,
    started_at: str,
    way_out: WayOut,
    *,
    cases: int = 0,
    notice_version: str = "",
    face: Face | None = None,
    by_staff: bool = False,
) -> Session:
    """The record of a session that ends now, of which nobody knows yet what was cleared.

    Of ``face`` it says what the person answered when she was asked, and to which words.
    """
    face = face or Face()
    return Session(
        session_id=session_id,
        terminal_id=maker.terminal_id,
        started_at=started_at,
        ended_at=maker.now(),
        way_out=way_out,
        notice_version=notice_version,
        face_consent=face.consent,
        face_consent_version=face.consent_version,
        by_staff=by_staff,
        cases=cases,
        wipe_clean=False,
    )


def with_wipe(
    record: Session, scan: ScanResult, wiped: Sequence[Wiped], *, scans: int, wipe_ms: int
) -> Session:
    """The wipe record. ``wipe_ms`` is the whole wipe, of which the scans are the last part.

    A scan that did not finish is not clean, however few copies it found.
    """
    return msgspec.structs.replace(
        record,
        wipe_clean=scan.clean,
        wipe_needles=scan.needles,
        wipe_copies_found=scan.copies_found,
        wipe_scanned_mb=scan.scanned_mb,
        wipe_scans=scans,
        wipe_scan_ms=scan.duration_ms,
        wipe_ms=wipe_ms,
        wiped=list(wiped),
    )


def session_event(maker: EventMaker, record: Session) -> NewEvent:
    """The event of a record: that of the session's own id, so that telling it twice is telling it once."""
    return maker.make(Stream.SESSION, record, priority=RECORD_PRIORITY, event_id=record.session_id)


def _log_bug(future: Future[None]) -> None:
    bug = future.exception()
    if bug is not None:
        log.error("a session was not noted: %s", type(bug).__name__)
