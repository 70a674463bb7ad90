"""The terminal with a deliberate leak: ``python -m tests.journeys.leaky_terminal`` and its own arguments.

While the file ``leak`` lies in its root, everything that a session gives to be searched for is also kept in a
list that nobody clears. The program takes the file away as it starts: the process that replaces it is sound.
While a file ``stuck`` lies there too, it cannot be replaced: its command line is longer than may be.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kiosk_app.__main__ import main
from kiosk_app.terminal.allocator import has_zeroing_allocator
from kiosk_app.terminal.session import CitizenSession

KEPT: list[str] = []
LONGER_THAN_AN_ARGUMENT_MAY_BE = 200_000
"""MAX_ARG_STRLEN is 131072 (execve(2), E2BIG)."""


def plant_leak() -> None:
    """From here on a session's texts stay after it."""
    note = CitizenSession.note

    def note_and_keep(session: CitizenSession, *texts: str) -> None:
        KEPT.extend(texts)
        note(session, *texts)

    setattr(CitizenSession, "note", note_and_keep)  # noqa: B010  # a method of its own, behind mypy's back


if __name__ == "__main__":
    leak = Path(sys.argv[sys.argv.index("--root") + 1]) / "leak"
    if leak.exists() and has_zeroing_allocator(os.environ):  # not in the life before the allocator
        leak.unlink()
        plant_leak()
        if leak.with_name("stuck").exists():
            sys.orig_argv.append("x" * LONGER_THAN_AN_ARGUMENT_MAY_BE)
    sys.exit(main())
