"""``python -m kiosk_app``: the terminal. What it can do stands in ``composition.command_line``.

Whatever is loaded before the process has its allocator is loaded twice, so next to nothing is.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from kiosk_app.terminal.allocator import ensure_zeroing_allocator


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 ended in good order, 1 a person is needed (the reason is on standard error)."""
    given = sys.argv[1:] if arguments is None else arguments
    if "run" in given:
        ensure_zeroing_allocator()
        gc.disable()  # what is loaded becomes no garbage; the terminal switches it on when it is there
    from kiosk_app.composition.command_line import obey  # noqa: PLC0415  # see the module

    return obey(given)


if __name__ == "__main__":
    sys.exit(main())
