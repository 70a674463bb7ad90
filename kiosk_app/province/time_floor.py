"""The last time that was known to be right, kept on the disk: it can never be earlier than that again."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path

from foundation.atomic_files import write_atomically
from foundation.clock import parse_rfc3339, rfc3339

log = logging.getLogger("dianxiaoer.clock")

WRITE_EVERY = timedelta(minutes=10)
"""How far the time goes on before it is written again: a flash disk is not worn by a clock."""


class TimeFloor:
    """A time on the disk that only ever rises. Thread-safe.

    What cannot be read counts as absent, what cannot be written is tried again with the next time: a clock
    must not stop because a disk is full.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._written = _read(file)

    def lowest(self) -> datetime | None:
        """The time that is certainly past; None on a terminal that never heard the platform."""
        with self._lock:
            return self._written

    def raise_to(self, moment: datetime) -> None:
        """``moment`` is known to be right and now. Writes when it is ten minutes above the floor."""
        with self._lock:
            if self._written is not None and moment < self._written + WRITE_EVERY:
                return
            try:
                write_atomically(self._file, f"{rfc3339(moment)}\n".encode("ascii"))
            except OSError as fault:
                log.warning("the time cannot be kept: %s", type(fault).__name__)
                return
            self._written = moment


def _read(file: Path) -> datetime | None:
    try:
        return parse_rfc3339(file.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        log.warning("the kept time cannot be read: %s", type(problem).__name__)
        return None
