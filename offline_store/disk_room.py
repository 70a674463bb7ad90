"""Room on the disk: enough before a session begins, and a reserve for what was promised already.

A full disk refuses a confirmation too: SQLite writes before it erases. So some room is held by a file without
content, the ballast; when the disk is full it is given up, and the write that failed is done again. A session
begins only while the ballast is held and there is room for what it may bring: who has begun can finish.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from offline_store.errors import StoreFullError
from offline_store.files import StoreFiles

BALLAST_BYTES = 16 * 1024 * 1024
LEAST_FREE_BYTES = 64 * 1024 * 1024
"""Beside the ballast. A case takes some kilobytes and the log 4 MB; the rest of the system needs some too."""
SHORT_FROM_BYTES = 2 * LEAST_FREE_BYTES
"""From here on nobody is promised any more that all of it fits."""

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class DiskRoom:
    """``free_bytes`` is what is left on the disk; ``takes_sessions`` says whether a new one may begin."""

    free_bytes: int
    takes_sessions: bool

    @property
    def is_short(self) -> bool:
        """Whether it will soon take no more sessions, or does already."""
        return not self.takes_sessions or self.free_bytes < SHORT_FROM_BYTES


def measure_room(files: StoreFiles) -> DiskRoom:
    """The room at this moment. A terminal that never held ballast is measured by the free bytes alone."""
    free_bytes = shutil.disk_usage(files.path.parent).free
    was_given = files.ballast_given.exists()
    return DiskRoom(free_bytes, takes_sessions=free_bytes >= LEAST_FREE_BYTES and not was_given)


def hold_ballast(files: StoreFiles) -> bool:
    """Takes the ballast when the disk has room for it and for sessions; whether it is held."""
    if files.ballast.exists() and files.ballast.stat().st_size == BALLAST_BYTES:
        return True
    if shutil.disk_usage(files.path.parent).free < BALLAST_BYTES + LEAST_FREE_BYTES:
        return False
    descriptor = os.open(files.ballast, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(descriptor, 0, BALLAST_BYTES)
    except OSError:
        files.ballast.unlink()
        return False
    finally:
        os.close(descriptor)
    files.ballast_given.unlink(missing_ok=True)
    return True


def with_ballast(files: StoreFiles, write: Callable[[], _Result]) -> _Result:
    """What ``write`` returns. On a full disk the ballast is given up, and it is done once more.

    Raises :class:`StoreFullError` when there was no ballast left, or it was not enough.
    """
    try:
        return write()
    except StoreFullError:
        if not files.ballast.exists():
            raise
        files.ballast.rename(files.ballast_given)  # a rename needs no room, and leaves the word behind
        os.truncate(files.ballast_given, 0)
        return write()
