"""What can be wrong with the store's surroundings, as exceptions that carry a code of the catalogue.

An environment fault (disk full, key gone, file damaged) has a code and a reaction. Everything else that the
database reports (a constraint, a mistake in SQL) is a bug and passes through as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3

from foundation.errors import ErrorCode, Errors


class StoreError(Exception):
    """A fault of the store's surroundings. The text never holds a value of a row or a key."""

    error: ErrorCode

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(f"{self.error.code}: {sentence or self.error.meaning}")


class StoreBusyError(StoreError):
    """Another writer held the store for longer than the limit; nothing was written."""

    error = Errors.STORE_BUSY


class StoreFullError(StoreError):
    """The disk has no room; nothing was written."""

    error = Errors.STORE_FULL


class StoreKeyError(StoreError):
    """The key is missing, unfit for use, or not the one that the file was made with."""

    error = Errors.STORE_KEY_MISSING


class NoKeyError(StoreKeyError):
    """No key was ever made here, or it was destroyed."""


class KeyHolderError(StoreKeyError):
    """What holds the key is not there, refuses, or cannot be asked now; ``error`` says which of them."""

    def __init__(self, error: ErrorCode, sentence: str | None = None) -> None:
        self.error = error
        super().__init__(sentence)


class StoreDamagedError(StoreError):
    """The file's content contradicts itself."""

    error = Errors.STORE_DAMAGED


class StoreUnwritableError(StoreError):
    """The disk is read-only or reports input/output errors.

    Whether the last transaction is on the disk is not known; the same ids may be appended again.
    """

    error = Errors.STORE_UNWRITABLE


# Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that name a fault of the surroundings.
_FAULTS: dict[int, type[StoreError]] = {
    sqlcipher3.SQLITE_BUSY: StoreBusyError,
    sqlcipher3.SQLITE_LOCKED: StoreBusyError,
    sqlcipher3.SQLITE_FULL: StoreFullError,
    sqlcipher3.SQLITE_CORRUPT: StoreDamagedError,
    sqlcipher3.SQLITE_NOTADB: StoreDamagedError,
    sqlcipher3.SQLITE_READONLY: StoreUnwritableError,
    sqlcipher3.SQLITE_IOERR: StoreUnwritableError,
    sqlcipher3.SQLITE_CANTOPEN: StoreUnwritableError,
    sqlcipher3.SQLITE_PERM: StoreUnwritableError,
}


@contextmanager
def environment_faults() -> Iterator[None]:
    """Turns the driver's errors that are faults of the surroundings into their :class:`StoreError`."""
    try:
        yield
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error


def fault_of(error: Exception) -> type[StoreError] | None:
    """The fault of the surroundings that an error of the driver reports; None when it is none."""
    # SQLAlchemy, which is loaded for migrations only, keeps the driver's error as ``orig``.
    return _FAULTS.get(getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) & 0xFF)
