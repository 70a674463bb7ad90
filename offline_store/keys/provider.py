"""What the store asks of whoever keeps its key. It does not know what stands behind."""

from __future__ import annotations

from typing import Protocol

KEY_BYTES = 32


class KeyProvider(Protocol):
    """Keeps the key of one store.

    Rotation survives a power cut at any point: ``rotate`` makes the new key and keeps the one before; the
    store re-encrypts itself at its next opening and then calls ``forget_previous``.
    """

    def get(self) -> bytes:
        """The key in force, 32 bytes.

        Raises :class:`~offline_store.errors.NoKeyError` when there is none, and another
        :class:`~offline_store.errors.StoreKeyError` when it is unfit or cannot be had now.
        """

    def previous(self) -> bytes | None:
        """The key before, while a rotation is under way."""

    def rotate(self) -> None:
        """Makes a new key; the first one when there is none. Durable on return.

        Raises ``RuntimeError`` while an earlier rotation is under way: a third key would lose the first.
        """

    def forget_previous(self) -> None:
        """Called by the store when nothing is under the key before any more."""

    def destroy(self) -> None:
        """Forgets every key. What was stored under them can't be read by anyone from then on.

        Raises :class:`~offline_store.errors.StoreKeyError` when a part that lies elsewhere could not be
        destroyed; the part that lies here is destroyed in any case.
        """
