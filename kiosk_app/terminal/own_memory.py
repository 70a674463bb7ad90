"""This process's memory, for the scan at the end of a session. By itself, for it is opened first of all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class OwnMemory:
    """This process's memory as a descriptor.

    Opened before the process is closed to dumps (``PR_SET_DUMPABLE``), for afterwards the kernel gives it to
    root only; a descriptor that is open stays good, in a child too. Source: proc(5), ptrace(2).
    """

    descriptor: int

    @classmethod
    def open(cls) -> OwnMemory:
        """Raises ``OSError`` when the kernel does not give it."""
        return cls(os.open("/proc/self/mem", os.O_RDONLY | os.O_CLOEXEC))

    def close(self) -> None:
        """Closes the descriptor."""
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
