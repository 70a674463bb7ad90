"""A key provider that keeps its keys in memory."""

from __future__ import annotations

from offline_store.errors import NoKeyError


class MemoryKeyProvider:
    """An ``offline_store.keys.KeyProvider`` whose keys a test can foresee: the n-th one is n, 32 times."""

    def __init__(self, *, with_key: bool = True) -> None:
        self._made = 0
        self._keys: list[bytes] = []
        if with_key:
            self.rotate()

    def get(self) -> bytes:
        if not self._keys:
            raise NoKeyError
        return self._keys[0]

    def previous(self) -> bytes | None:
        return self._keys[1] if len(self._keys) > 1 else None

    def rotate(self) -> None:
        if len(self._keys) > 1:
            raise RuntimeError("a rotation is under way")
        self._made += 1
        self._keys.insert(0, bytes([self._made]) * 32)

    def forget_previous(self) -> None:
        del self._keys[1:]

    def destroy(self) -> None:
        self._keys.clear()
