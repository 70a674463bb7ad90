"""A secret that the province releases: a terminal that was stolen, or withdrawn, opens nothing any more.

The share lies with the province and in the memory of the running process, nowhere else.
"""

from __future__ import annotations

from typing import Protocol

from foundation.errors import ErrorCode, Errors, NextStep
from offline_store.errors import KeyHolderError
from offline_store.keys.held import SECRET_BYTES

_KEPT_AS_THEY_ARE = (Errors.TERMINAL_NOT_AUTHORISED, Errors.KEY_UNLOCK_REFUSED, Errors.NOT_ENROLLED)


class KeyShares(Protocol):
    """The way to the province. Each gives what came of it: the share, or the code of why there is none."""

    def make(self, place: int) -> bytes | ErrorCode:
        """A new share in ``place``, instead of the one that was there."""

    def release(self, place: int) -> bytes | ErrorCode:
        """The share in ``place``."""

    def destroy(self, place: int) -> ErrorCode | None:
        """Destroys it; None when it is destroyed or was never there."""


class RemoteUnlock:
    """A :class:`~offline_store.keys.held.KeyHolder` on shares that the province keeps.

    Unreachable (``KEYS-006``: time may mend it), refused (``KEYS-007``: the share was destroyed) and not
    authorised (``PROV-004``: the terminal was withdrawn) are three different things.
    """

    def __init__(self, shares: KeyShares) -> None:
        self._shares = shares

    def hold(self, place: int) -> bytes:
        return _share(self._shares.make(place))

    def release(self, place: int) -> bytes:
        return _share(self._shares.release(place))

    def forget(self, place: int) -> None:
        error = self._shares.destroy(place)
        if error is not None:
            raise _failure(error)


def _share(given: bytes | ErrorCode) -> bytes:
    if isinstance(given, ErrorCode):
        raise _failure(given)
    if len(given) != SECRET_BYTES:
        raise KeyHolderError(Errors.KEY_UNLOCK_REFUSED, "the province's share has another length")
    return given


def _failure(error: ErrorCode) -> KeyHolderError:
    if error in _KEPT_AS_THEY_ARE:
        return KeyHolderError(error)
    if error.next_step is NextStep.RETRY:
        return KeyHolderError(
            Errors.KEY_UNLOCK_UNREACHABLE, f"{Errors.KEY_UNLOCK_UNREACHABLE.meaning} ({error})"
        )
    return KeyHolderError(Errors.KEY_UNLOCK_REFUSED, f"{Errors.KEY_UNLOCK_REFUSED.meaning} ({error})")
