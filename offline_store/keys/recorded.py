"""The record of a store's keys: a small file, and a custody that decides how a key stands in it.

All providers share this file and its promise: a rotation is one atomic replacement of it. In the key file of
a demonstration the keys stand in clear; everywhere else they stand wrapped (``offline_store.keys.held``).
"""

from __future__ import annotations

import logging
import os
import secrets
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from foundation.atomic_files import sync_folder, write_atomically
from offline_store.errors import KeyHolderError, NoKeyError, StoreKeyError
from offline_store.keys.provider import KEY_BYTES

log = logging.getLogger("dianxiaoer.store")


class Custody(Protocol):
    """How keys stand in the record. A line is what stands there for one key."""

    def close(self, keys: Sequence[bytes], kept: Sequence[bytes]) -> list[bytes]:
        """Lines for ``keys``, made without touching what the lines ``kept`` need. May raise StoreKeyError."""

    def open(self, line: bytes) -> bytes | None:
        """The key of a line, None when it holds none. Raises :class:`StoreKeyError` when it can't be had."""

    def forget(self, lines: Sequence[bytes], kept: Sequence[bytes]) -> None:
        """Makes ``lines`` worthless, as far as ``kept`` does not need the same. May raise StoreKeyError."""

    def destroy(self) -> None:
        """Makes every line worthless that was ever made here. May raise :class:`StoreKeyError`."""


class RecordedKeys:
    """A :class:`~offline_store.keys.provider.KeyProvider` on a record and a custody.

    The record has a line in hexadecimal for the key in force and below it one for the key before, if any. It
    is readable by its owner only, and one that others can read is refused: whoever could read it may have
    copied it. Opened keys are kept in memory, so that a holder elsewhere is asked once.
    """

    def __init__(self, path: Path, custody: Custody) -> None:
        self._path = path
        self._custody = custody
        self._opened: dict[bytes, bytes] = {}

    def get(self) -> bytes:
        lines = self._read()
        if not lines:
            raise NoKeyError(f"the key file {self._path} is not there; restore it from where it is kept")
        return self._open(lines[0])

    def previous(self) -> bytes | None:
        lines = self._read()
        return self._open(lines[1]) if len(lines) > 1 else None

    def rotate(self) -> None:
        lines = self._read()
        if len(lines) > 1:
            raise RuntimeError("a rotation is under way; open the store once before the next one")
        self._write([*self._custody.close([secrets.token_bytes(KEY_BYTES)], lines), *lines])

    def take_over(self, key: bytes) -> None:
        """Makes a new key, with ``key`` of another provider as the one before it. Durable on return.

        What the record held before is replaced in the same moment.
        """
        self._write(self._custody.close([secrets.token_bytes(KEY_BYTES), key], []))

    def adopt(self, key: bytes) -> None:
        """Keeps ``key``, of another provider, as it is: for what cannot be encrypted anew, such as a chain.

        What the record held before is replaced in the same moment. Durable on return.
        """
        self._write(self._custody.close([key], []))

    def abandon(self) -> None:
        """Empties the place where the keys were held; the record belongs to who took over."""
        self._opened.clear()
        self._custody.destroy()

    def forget_previous(self) -> None:
        lines = self._read()
        self._write(lines[:1])
        self._opened = {line: key for line, key in self._opened.items() if line in lines[:1]}
        try:
            self._custody.forget(lines[1:], kept=lines[:1])
        except KeyHolderError as fault:
            # The store needs it no more, and the next rotation replaces what lies there.
            log.warning("the key before could not be forgotten where it is held: %s", fault)

    def destroy(self) -> None:
        """Overwrites and removes the record. On flash its old cells may survive, for ever useless when the
        keys in it stand wrapped and their holder has forgotten its secret."""
        self._opened.clear()
        try:
            self._custody.destroy()
        finally:
            self._remove()

    def _remove(self) -> None:
        if not self._path.exists():
            return
        with self._path.open("r+b") as file:
            file.write(bytes(os.fstat(file.fileno()).st_size))
            file.flush()
            os.fsync(file.fileno())
        self._path.unlink()
        sync_folder(self._path.parent)

    def _open(self, line: bytes) -> bytes:
        key = self._opened.get(line) or self._custody.open(line)
        if key is None or len(key) != KEY_BYTES:
            raise self._unfit()
        self._opened[line] = key
        return key

    def _read(self) -> list[bytes]:
        try:
            with self._path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                content = file.read()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreKeyError(f"the key file {self._path} cannot be read: {error.strerror}") from error
        if mode & 0o077:
            raise StoreKeyError(
                f"the key file {self._path} can be read by others (mode {mode:04o}); "
                f"make it private (chmod 600 {self._path}), then rotate the key"
            )
        try:
            return [bytes.fromhex(line.decode("ascii")) for line in content.split()]
        except ValueError:
            # Without the cause: its text would quote the line, and the line may be the key.
            raise self._unfit() from None

    def _unfit(self) -> StoreKeyError:
        return StoreKeyError(
            f"the key file {self._path} does not hold a key of {KEY_BYTES} bytes that is kept in this way"
        )

    def _write(self, lines: list[bytes]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(self._path, "".join(f"{line.hex()}\n" for line in lines).encode("ascii"), mode=0o600)


class KeyFileProvider(RecordedKeys):
    """The key in clear in a file of its own: for a demonstration, or where the province allows it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _InClear())


class _InClear:
    def close(self, keys: Sequence[bytes], kept: Sequence[bytes]) -> list[bytes]:
        del kept
        return list(keys)

    def open(self, line: bytes) -> bytes | None:
        return line if len(line) == KEY_BYTES else None

    def forget(self, lines: Sequence[bytes], kept: Sequence[bytes]) -> None:
        """The record was replaced already."""

    def destroy(self) -> None:
        """The record is all there is."""
