"""Keys wrapped under secrets that something outside of the disk holds: a TPM, a token, a credential, the
province.

A holder has two places for a secret, so that a rotation can make the new one before the old one goes. A key
stands in the record as the number of its place and the key itself under AES Key Wrap (RFC 3394), which also
shows whether the secret is the right one. Nobody has the key with the record or the secret alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from foundation.errors import Errors
from offline_store.errors import KeyHolderError
from offline_store.keys.provider import KEY_BYTES

SECRET_BYTES = 32
_LINE_BYTES = 1 + KEY_BYTES + 8


class KeyHolder(Protocol):
    """Holds secrets of 32 bytes in numbered places. All raise :class:`KeyHolderError`, with a code."""

    def hold(self, place: int) -> bytes:
        """Makes a new secret in ``place``, instead of what was there, and returns it. Durable on return."""

    def release(self, place: int) -> bytes:
        """The secret in ``place``."""

    def forget(self, place: int) -> None:
        """Destroys what is in ``place``, if anything is."""


class HeldCustody:
    """The custody of a record whose keys are wrapped under the secrets of ``holder``.

    ``first_place`` is the first of its two places; each store has its own two.
    """

    def __init__(self, holder: KeyHolder, first_place: int = 0) -> None:
        self._holder = holder
        self._places = (first_place, first_place + 1)

    def close(self, keys: Sequence[bytes], kept: Sequence[bytes]) -> list[bytes]:
        place = next(place for place in self._places if place not in {line[0] for line in kept})
        secret = self._holder.hold(place)
        return [bytes([place]) + aes_key_wrap(secret, key) for key in keys]

    def open(self, line: bytes) -> bytes | None:
        if len(line) != _LINE_BYTES or line[0] not in self._places:
            return None
        secret = self._holder.release(line[0])
        try:
            return aes_key_unwrap(secret, line[1:])
        except InvalidUnwrap:
            raise KeyHolderError(Errors.KEY_GONE, "what holds the key holds another secret") from None

    def forget(self, lines: Sequence[bytes], kept: Sequence[bytes]) -> None:
        needed = {line[0] for line in kept}
        for place in {line[0] for line in lines} - needed:
            if place in self._places:
                self._holder.forget(place)

    def destroy(self) -> None:
        failures = []
        for place in self._places:
            try:
                self._holder.forget(place)
            except KeyHolderError as failure:
                failures.append(failure)
        if failures:
            raise failures[0]
