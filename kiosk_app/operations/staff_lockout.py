"""Wrong visit codes lock the way for staff, longer each time. It stands on the disk, over restarts too."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import msgspec

from foundation.atomic_files import write_atomically
from foundation.clock import Clock, parse_rfc3339, rfc3339

TRIES = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    wrong: int = 0
    locks: int = 0
    locked_until: str = ""


class StaffLockout:
    """Counts wrong codes at this terminal, whoever's they were. Thread-safe.

    A record that cannot be read counts as none: the grant and its code are still needed, and a terminal whose
    disk was damaged must not keep out who comes to mend it.
    """

    def __init__(self, file: Path, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        self._lock = threading.Lock()
        self._record = _read(file)

    @property
    def locked(self) -> bool:
        """Whether nobody can try now."""
        with self._lock:
            return self._is_locked()

    def wrong(self) -> bool:
        """One more wrong code; whether that has locked the way. Durable before it is answered.

        Raises ``OSError`` when it cannot be written down; then the code was not tried.
        """
        with self._lock:
            if self._is_locked():
                return True
            wrong = self._record.wrong + 1
            if wrong < TRIES:
                self._keep(msgspec.structs.replace(self._record, wrong=wrong))
                return False
            lasts = min(LONGEST_LOCK, FIRST_LOCK * 2 ** min(self._record.locks, 16))
            until = rfc3339(self._clock.utc_now() + lasts)
            self._keep(_Record(locks=self._record.locks + 1, locked_until=until))
            return True

    def right(self) -> None:
        """The code was right: it begins anew. Raises ``OSError``."""
        with self._lock:
            self._keep(_Record())

    def _is_locked(self) -> bool:
        until = self._record.locked_until
        return bool(until) and self._clock.utc_now() < parse_rfc3339(until)

    def _keep(self, record: _Record) -> None:
        if record != self._record:
            write_atomically(self._file, msgspec.json.encode(record))
            self._record = record


def _read(file: Path) -> _Record:
    try:
        record = msgspec.json.decode(file.read_bytes(), type=_Record)
        if record.locked_until:
            parse_rfc3339(record.locked_until)
    except (OSError, ValueError):
        return _Record()
    return record
