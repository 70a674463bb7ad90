"""How long a citizen looks at a black screen: from the start of the process to its first frame.

Two contestants are started in turns, each in a process of its own, warm (after one start each that is not
counted), on a screen of 1080×1920 in memory:

* ``ours``: ``python -m kiosk_app run`` of a provisioned terminal, in the environment that its unit gives it
  (deploy/dianxiaoer.service: the allocator is there at once), with its platform and its devices running;
  the clock stops at the log line of its first frame, which has its name and says that it is being made ready;
* ``a bare QML window``: the least that PySide6 can show: a window with one rectangle, on the same Python and
  the same Qt, with the allocator that Python has by default.

The second figure is when a citizen can begin: the resting screen stands, with all that can be done here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.report import FOLDER, Row, write_report
from demo.hall import Hall, offscreen
from demo.lines import Lines
from demo.parts import Parts

UNIT = Path(__file__).resolve().parent.parent / "deploy" / "dianxiaoer.service"
RUNS = 10
WARM_UP = 1
_WITHIN_S = 60.0
_LOOK_EVERY_S = 0.005
_SAID = "Environment="
_FIRST_FRAME = b"first frame"

BARE_WINDOW = f"""
import sys
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

application = QGuiApplication(sys.argv)
engine = QQmlApplicationEngine()
engine.loadData(b'''
import QtQuick
Window {{ visible: true; visibility: Window.FullScreen
         Rectangle {{ anchors.fill: parent; color: "white" }} }}
''')
window = engine.rootObjects()[0]
window.frameSwapped.connect(lambda: print("{_FIRST_FRAME.decode()}", file=sys.stderr, flush=True))
application.exec()
"""


def unit_environment() -> dict[str, str]:
    """What the unit of systemd says of the terminal's environment."""
    lines = (
        line.partition("=")[2] for line in UNIT.read_text("utf-8").splitlines() if line.startswith(_SAID)
    )
    return dict(line.split("=", 1) for line in lines)


def installed(environment: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with ``environment``, for a program as it runs where it was installed.

    There its byte code is kept, for pip makes it; here the first start does, whatever a shell has set.
    """
    surroundings = {**os.environ, **environment}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    return surroundings


class Start:
    """One start of a program, timed from before the kernel makes its process."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._started_s = time.perf_counter()
        self._process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=dict(environment)
        )

    @property
    def process_id(self) -> int:
        """By which the kernel knows it."""
        return self._process.pid

    def first_frame_ms(self) -> float:
        """Waits for the line that says so. Raises ``RuntimeError`` when the program ends without it."""
        output = self._process.stderr
        if output is None:
            raise RuntimeError("no output")
        for line in output:
            if _FIRST_FRAME in line:
                return self.elapsed_ms()
        raise RuntimeError("the program ended before its first frame")

    def wait_for(self, socket: Path) -> None:
        """Waits until the screens can be used. Raises ``RuntimeError`` when the program ends before."""
        pause = threading.Event()
        while not socket.exists():
            if self._process.poll() is not None:
                raise RuntimeError("the program ended before its screens could be used")
            pause.wait(_LOOK_EVERY_S)

    def elapsed_ms(self) -> float:
        """Since the start."""
        return (time.perf_counter() - self._started_s) * 1000

    def end(self) -> None:
        """Asks it to end, and waits."""
        self._process.terminate()
        self._process.communicate(timeout=_WITHIN_S)


class Contest:
    """A provisioned terminal in ``folder`` and the bare window beside it."""

    def __init__(self, hall: Hall, environment: Mapping[str, str]) -> None:
        self._screen = hall.screen_socket
        self._environment = environment
        self._unit = unit_environment()
        self._ours = [
            *(sys.executable, "-m", "kiosk_app", "--root", str(hall.terminal_root)),
            *("run", "--remote-socket", str(hall.screen_socket)),
        ]
        self._bare = [sys.executable, "-c", BARE_WINDOW]

    def ours_ms(self) -> tuple[float, float]:
        """Until the first frame, and until the resting screen stands."""
        start = Start(self._ours, {**self._unit, **self._environment})
        try:
            first_frame_ms = start.first_frame_ms()
            start.wait_for(self._screen)
            screen = Lines(self._screen)
            try:
                screen.ask(do="wait", screen="attract", timeout_s=_WITHIN_S)
            finally:
                screen.close()
            return first_frame_ms, start.elapsed_ms()
        finally:
            start.end()

    def bare_ms(self) -> float:
        """Until the first frame of the bare window."""
        start = Start(self._bare, self._environment)
        try:
            return start.first_frame_ms()
        finally:
            start.end()


def measure(folder: Path, *, runs: int, warm_up: int) -> list[Row]:
    """Sets up a hall in ``folder`` and runs the contest; the first ``warm_up`` runs are not counted."""
    environment = offscreen(folder)
    with Parts(folder / "logs", environment) as parts:
        hall = Hall(parts, folder)
        hall.start_platform()
        hall.start_devices()
        hall.provision()
        contest = Contest(hall, installed(environment))
        ours, bare = [], []
        for _ in range(warm_up + runs):
            ours.append(contest.ours_ms())
            bare.append(contest.bare_ms())
    ours, bare = ours[warm_up:], bare[warm_up:]
    others = {"a bare QML window": round(median(bare), 1)}
    return [
        Row("start_to_first_frame_ms", "ms", "lower", round(median(each[0] for each in ours), 1), others),
        Row("start_to_welcome_ms", "ms", "lower", round(median(each[1] for each in ours), 1), others),
    ]


def main() -> None:
    """Measures in a folder that is removed afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="startup-", dir=FOLDER))
    try:
        write_report("startup", measure(folder, runs=RUNS, warm_up=WARM_UP))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
