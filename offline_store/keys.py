"""Where the store's key comes from. The store asks; it does not know what stands behind.

A key file serves the demo and the bench. A TPM, a token or a remote unlock is another class with these same
five methods; nothing else changes.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Protocol

from foundation.atomic_files import sync_folder, write_atomically
from offline_store.errors import StoreKeyError

KEY_BYTES = 32


class KeyProvider(Protocol):
    """Keeps the key of one store.

    Rotation survives a power cut at any point: ``rotate`` makes the new key and keeps the one before; the
    store re-encrypts itself at its next opening and then calls ``forget_previous``.
    """

    def get(self) -> bytes:
        """The key in force, 32 bytes. Raises :class:`StoreKeyError` when there is none or it is unfit."""

    def previous(self) -> bytes | None:
        """The key before, while a rotation is under way."""

    def rotate(self) -> None:
        """Makes a new key; the first one when there is none. Durable on return.

        Raises ``RuntimeError`` while an earlier rotation is under way: a third key would lose the first.
        """

    def forget_previous(self) -> None:
        """Called by the store when nothing is under the key before any more."""

    def destroy(self) -> None:
        """Forgets every key. What was stored under them can't be read by anyone from then on."""


class KeyFileProvider:
    """The key in a file of its own, in hexadecimal: the one in force, and below it the one before, if any.

    The file is readable by its owner only, and one that others can read is refused: whoever could read it may
    have copied it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self) -> bytes:
        keys = self._read()
        if not keys:
            raise StoreKeyError(f"the key file {self._path} is not there; restore it from where it is kept")
        return keys[0]

    def previous(self) -> bytes | None:
        keys = self._read()
        return keys[1] if len(keys) > 1 else None

    def rotate(self) -> None:
        keys = self._read()
        if len(keys) > 1:
            raise RuntimeError("a rotation is under way; open the store once before the next one")
        self._write([secrets.token_bytes(KEY_BYTES), *keys])

    def forget_previous(self) -> None:
        self._write(self._read()[:1])

    def destroy(self) -> None:
        """Overwrites and removes the file. On flash the old cells may survive: see the other providers."""
        if not self._path.exists():
            return
        with self._path.open("r+b") as file:
            file.write(bytes(os.fstat(file.fileno()).st_size))
            file.flush()
            os.fsync(file.fileno())
        self._path.unlink()
        sync_folder(self._path.parent)

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
        return [self._parse(line) for line in content.split()]

    def _parse(self, line: bytes) -> bytes:
        try:
            key = bytes.fromhex(line.decode("ascii"))
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            # Without the cause: its text would quote the line, and the line is the key.
            raise StoreKeyError(
                f"the key file {self._path} does not hold a key of {KEY_BYTES} bytes"
            ) from None
        return key

    def _write(self, keys: list[bytes]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(self._path, "".join(f"{key.hex()}\n" for key in keys).encode("ascii"), mode=0o600)
