"""The terminal with a watch on its touches: ``python -m benchmarks.watched_touches`` and its arguments.

Two times are taken, both in the GUI thread and both ending when a frame has been handed to the screen: from
a finger that lands to the next frame, which shows where it landed; and from a finger that is lifted to the
first frame of the page that this brings, with everything that the machine does in between. They are lines of
two files in the terminal's root, ``touch_ms`` and ``page_ms``.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from kiosk_app.__main__ import main
from kiosk_app.terminal.allocator import has_zeroing_allocator

TOUCHES = "touch_ms"
PAGES = "page_ms"


def watch(root: Path) -> None:
    """From here on the touches of the screens are watched while it runs."""
    from PySide6.QtCore import QEvent, QObject  # noqa: PLC0415 -- not before the allocator is there

    from screens.application import ScreenApplication  # noqa: PLC0415

    class Watcher(QObject):
        """Sees what reaches the window before the window does."""

        def __init__(self, application: ScreenApplication) -> None:
            super().__init__()
            self._touches = (root / TOUCHES).open("a", encoding="ascii", buffering=1)
            self._pages = (root / PAGES).open("a", encoding="ascii", buffering=1)
            self._landed_s: float | None = None
            self._lifted_s: float | None = None
            self._turned = False
            application.window.installEventFilter(self)
            application.window.frameSwapped.connect(self._frame_is_out)
            application.bridge.shown.connect(self._page_comes)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
            if event.type() is QEvent.Type.MouseButtonPress:
                self._landed_s, self._lifted_s = time.perf_counter(), None
            elif event.type() is QEvent.Type.MouseButtonRelease:
                self._lifted_s, self._turned = time.perf_counter(), False
            return super().eventFilter(watched, event)

        def _page_comes(self) -> None:
            self._turned = True

        def _frame_is_out(self) -> None:
            now_s = time.perf_counter()
            if self._landed_s is not None:
                self._touches.write(f"{(now_s - self._landed_s) * 1000:.3f}\n")
                self._landed_s = None
            if self._lifted_s is not None and self._turned:
                self._pages.write(f"{(now_s - self._lifted_s) * 1000:.3f}\n")
                self._lifted_s = None

    run = ScreenApplication.exec

    def run_watched(application: ScreenApplication) -> int:
        watcher = Watcher(application)
        try:
            return run(application)
        finally:
            watcher.deleteLater()

    setattr(ScreenApplication, "exec", run_watched)  # noqa: B010 -- a method of its own, behind mypy's back


if __name__ == "__main__":
    if has_zeroing_allocator(os.environ):  # not in the life before the allocator
        watch(Path(sys.argv[sys.argv.index("--root") + 1]))
    sys.exit(main())
