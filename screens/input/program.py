"""The writer's process as the screens see it: asked without waiting, ended with all that was written."""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from screens.input.rime import SCHEMAS

_log = logging.getLogger(__name__)

PLACE = Path(__file__).parents[2]
_DIES_WITHIN_MS = 3000
_MADE_AT_THE_START = frozenset({"build", "installation.yaml", "user.yaml"})
"""By librime; the last has the time of the indexes."""


def _is_ours(name: str) -> bool:
    """Whether a file was there before anybody had written anything."""
    return name in _MADE_AT_THE_START or name.startswith("spoken-") or (SCHEMAS / name).exists()


class WriterProgram(QObject):
    """Runs ``python -m screens.input`` from the first request on. In the GUI thread, which never waits."""

    answered = Signal(object)
    """A line of the writer: which ways there are, or the answer to a request (``screens.input.scribe``)."""
    lost = Signal()
    """It has ended by itself; the next request starts another."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._process: QProcess | None = None

    def is_running(self) -> bool:
        """Return whether there is one."""
        return self._process is not None

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request; returns at once."""
        if self._process is None:
            self._process = self._started()
        self._process.write(json.dumps(request).encode("ascii") + b"\n")

    def end(self, then: Callable[[], None] = lambda: None) -> None:
        """End it, and call ``then`` when it is gone with its memory and whatever it wrote of what was typed.

        At once when there is none. ``then`` is not called when something of that cannot be removed.
        """

        def gone() -> None:
            if self._has_forgotten():
                then()

        process = self._let_go()
        if process is None:
            gone()
            return
        process.finished.connect(lambda *_: gone())
        process.kill()

    def _has_forgotten(self) -> bool:
        """Removes all but indexes and schemas from its folder; with our schemas there is nothing else."""
        try:
            for entry in self._folder.iterdir() if self._folder.exists() else ():
                if not _is_ours(entry.name):
                    _log.error("the writer has kept a file, which is removed")
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        except OSError as fault:
            _log.error("what the writer kept cannot be removed: %s", fault.strerror)
            return False
        return True

    def close(self) -> None:
        """End it and see it gone; when the screens are taken down."""
        process = self._let_go()
        if process is not None:
            process.kill()
            process.waitForFinished(_DIES_WITHIN_MS)

    def _let_go(self) -> QProcess | None:
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._read)
            process.finished.disconnect(self._ended)
            process.finished.connect(process.deleteLater)
        return process

    def _started(self) -> QProcess:
        process = QProcess(self)
        process.setWorkingDirectory(str(PLACE))
        process.setStandardErrorFile(QProcess.nullDevice())  # no library may say there what was written
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.start(sys.executable, ["-m", "screens.input", str(self._folder)])
        return process

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            self.answered.emit(json.loads(bytes(self._process.readLine().data())))

    def _ended(self, code: int) -> None:
        _log.warning("the writer has ended by itself, with exit code %d", code)
        process = self._let_go()
        if process is not None:
            process.deleteLater()
        self.lost.emit()
