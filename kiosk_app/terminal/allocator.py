"""How the process has to be started so that what is freed is gone, and never written to a dump.

With Python's own small-object allocator and the C library's defaults, text that was freed stays where it was
until something else is written over it. ``PYTHONMALLOC=malloc`` gives every object to the C library, whose
tunable ``glibc.malloc.perturb`` overwrites each block when it is freed; ``glibc.malloc.tcache_count=0`` is
needed with it, for a block that goes into a thread's cache is not overwritten (measured with glibc 2.36). All
are read before the interpreter runs any code, hence the re-execution. Source: Python "Command line and
environment", glibc manual "Memory Allocation Tunables".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

TUNABLES = {"glibc.malloc.perturb": "90", "glibc.malloc.tcache_count": "0"}
_PR_SET_DUMPABLE = 4


def has_zeroing_allocator(environment: Mapping[str, str]) -> bool:
    """Whether a process started with ``environment`` overwrites what it frees."""
    return environment.get("PYTHONMALLOC") == "malloc" and _tunables(environment).items() >= TUNABLES.items()


def zeroing_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """``environment`` with all settings; other tunables of the C library stay."""
    tunables = ":".join(f"{name}={value}" for name, value in (_tunables(environment) | TUNABLES).items())
    return {**environment, "PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": tunables}


def _tunables(environment: Mapping[str, str]) -> dict[str, str]:
    settings = (setting.partition("=") for setting in environment.get("GLIBC_TUNABLES", "").split(":"))
    return {name: value for name, _, value in settings if name}


def ensure_zeroing_allocator(command: Sequence[str] | None = None) -> None:
    """Replaces this process by itself with the zeroing allocator, unless it has it already.

    To be called first thing, before anything was opened or started. ``command`` is what to execute, this
    process's own command line when it is None. Raises ``OSError`` when that cannot be executed.
    """
    if not has_zeroing_allocator(os.environ):
        replace_process(command)


def replace_process(
    command: Sequence[str] | None = None, *, environment: Mapping[str, str] | None = None
) -> None:
    """Replaces this process by a fresh one with the zeroing allocator: all of its memory is gone.

    The new one has the environment of this one, and what is in ``environment`` besides. Does not return.
    Raises ``OSError`` when ``command`` cannot be executed; the process then goes on.
    """
    arguments = list(command or sys.orig_argv)
    program = sys.executable if command is None else arguments[0]
    os.execve(program, arguments, zeroing_environment({**os.environ, **(environment or {})}))  # noqa: S606


def forbid_dumps() -> None:
    """Sees to it that no crash writes this process's memory anywhere.

    A limit of 0 stops core files; not being dumpable also stops handlers that the kernel feeds through a
    pipe, and debuggers of the same user (core(5), prctl(2)). From then on ``/proc/self/mem`` opens for root
    only: open :class:`kiosk_app.terminal.own_memory.OwnMemory` before.
    """
    # Loaded here: the life before the allocator, which is as short as can be, needs neither.
    import ctypes  # noqa: PLC0415
    import resource  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_DUMPABLE)")
