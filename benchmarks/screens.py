"""The screens against a browser that shows the same: how soon, how large; and how soon a touch is answered.

The terminal and Chromium in kiosk mode are started in turns on a screen of 1080×1920 in memory (Xvfb), both
drawing in software. Chromium is given equal pages: for the first frame one with the drawings and words of our
opening picture, for the rest a document with every control and text of the terminal's home screen, of the
same sizes in the same places, made from the accessibility tree. It has a warm profile, nothing else to do,
and none of what the terminal has besides (no store, no devices, no line).

* ``start_to_first_frame_ms`` runs from before the kernel makes the process to its first frame: ours, in the
  environment that its unit gives it, has the name and says that the terminal is being made ready. Chromium
  says so from the second animation frame of its page. ``start_to_welcome_ms`` is when our resting screen
  stands, beside Chromium with the home screen.
* ``resident_mb`` is the proportional set size of all its processes, so that what they share counts once.
* ``touch_to_picture_p99_ms`` and ``touch_to_page_p99_ms``: see ``watched_touches``.
"""

from __future__ import annotations

import html
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil

from benchmarks.report import FOLDER, Row, write_report
from benchmarks.startup import Start, installed, unit_environment
from benchmarks.watched_touches import PAGES, TOUCHES
from demo.hall import PORTRAIT, Hall
from demo.lines import Lines, RefusedError
from demo.parts import Parts

RUNS = 7
WARM_UP = 1
TAPS = 300
TOUCH_LIMIT_MS = 100.0
SHARE_LIMIT = 0.5
BROWSER = "chromium"
DRAWINGS = Path(__file__).resolve().parent.parent / "screens" / "drawings"
_OPENING, _HOME = "/opening", "/home"
_WITHIN_S = 60.0
_SETTLE_S = 2.0
_BEAT_S = 0.3
_MB = 1000 * 1000
_WAYS_OUT = ("结束办理", "End", "我拿好了", "I have it all")
_SAYS_WHEN_PAINTED = (
    "<script>requestAnimationFrame(()=>requestAnimationFrame(()=>fetch('/painted')))</script>"
)
_TOUCHED = ("Button", "CheckBox", "RadioButton", "ListItem")
_BROWSER_OPTIONS = (
    *("--kiosk", "--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--window-size={},{}".format(*PORTRAIT),
)


@contextmanager
def screen_in_memory(folder: Path) -> Iterator[dict[str, str]]:
    """An X server without a screen; gives the environment for its clients."""
    read, write = os.pipe()
    size = "{}x{}x24".format(*PORTRAIT)
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    with (folder / "xvfb.log").open("wb") as log:
        server = subprocess.Popen(command, pass_fds=[write], stderr=log)
    os.close(write)
    try:
        with os.fdopen(read) as number:
            display = f":{number.readline().strip()}"
        yield {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
    finally:
        server.terminate()
        server.wait()


def resident_mb(process_id: int) -> float:
    """The proportional set size of a process and all that it has started."""
    first = psutil.Process(process_id)
    family = [first, *first.children(recursive=True)]
    sizes = []
    for process in family:
        with suppress(psutil.NoSuchProcess):
            sizes.append(process.memory_full_info().pss)
    return sum(sizes) / _MB


def equal_page(controls: Sequence[Mapping[str, Any]]) -> bytes:
    """A document with the controls and texts of a screen: same words, same sizes, same places."""
    boxes = []
    for control in controls:
        x, y, width, height = control["rect"]
        kind = "button" if control["role"] in _TOUCHED else "div"
        boxes.append(
            f'<{kind} style="left:{x}px;top:{y}px;width:{width}px;height:{height}px;'
            f'font-size:{min(height * 0.6, 36):.0f}px">{html.escape(control["name"])}</{kind}>'
        )
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><style>body{background:#FAF7F1;color:#16232C;'
        "font-family:'Noto Sans CJK SC'}body>*{position:absolute;border:1px solid #0A5466;"
        "background:#fff;text-align:left;overflow:hidden}</style><body>" + "".join(boxes) + _SAYS_WHEN_PAINTED
    ).encode()


def opening_page() -> bytes:
    """A document with the drawings and words of the opening picture (screens/Opening.qml), upright."""
    sign, scene = (b64encode((DRAWINGS / name).read_bytes()).decode() for name in ("sign.svg", "scene.svg"))
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><style>body{background:#FAF7F1;color:#16232C;'
        "font-family:'Noto Sans CJK SC'}body>*{position:absolute;left:97px}</style><body>"
        '<div style="left:0;top:1229px;width:1080px;height:691px;background:#DCECEF"></div>'
        f'<img style="top:0;width:60px" src="data:image/svg+xml;base64,{sign}">'
        f'<img style="top:934px;width:886px" src="data:image/svg+xml;base64,{scene}">'
        '<b style="left:110px;top:12px;width:34px;font-size:34px;line-height:44px;color:#fff">店小二</b>'
        '<b style="top:640px;font-size:65px">正在准备</b>'
        '<div style="top:750px;font-size:31px;color:#4A5A64">Getting ready</div>' + _SAYS_WHEN_PAINTED
    ).encode()


class Browser:
    """Chromium, with a server on loopback for ``pages``, by the paths of their addresses."""

    def __init__(self, pages: Mapping[str, bytes], environment: Mapping[str, str], profile: Path) -> None:
        self._painted = threading.Event()
        painted = self._painted

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/painted":
                    painted.set()
                body = pages.get(self.path, b"")
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing: every request is ours."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="page")
        self._thread.start()
        self._address = f"http://127.0.0.1:{self._server.server_port}"
        self._command = [BROWSER, *_BROWSER_OPTIONS, f"--user-data-dir={profile}"]
        self._environment = {**os.environ, **environment}

    def run(self, path: str) -> tuple[float, float]:
        """Starts it once with a page: milliseconds until that was painted, and how large it then is."""
        self._painted.clear()
        started_s = time.perf_counter()
        process = subprocess.Popen(
            [*self._command, self._address + path],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            if not self._painted.wait(_WITHIN_S):
                raise RuntimeError("the browser painted nothing")
            painted_ms = (time.perf_counter() - started_s) * 1000
            threading.Event().wait(_SETTLE_S)
            return painted_ms, resident_mb(process.pid)
        finally:
            process.terminate()
            process.wait()

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Terminal:
    """The provisioned terminal of a hall, started by hand so that its start can be timed."""

    def __init__(self, hall: Hall, environment: Mapping[str, str]) -> None:
        self._hall = hall
        self._environment = {**unit_environment(), **installed(environment)}

    def run(self) -> tuple[float, float, float, list[dict[str, Any]]]:
        """Starts it once: milliseconds until the first frame and until the resting screen, how large it is on
        its home screen, and what is on that."""
        start = Start(self._command("kiosk_app"), self._environment)
        try:
            first_frame_ms = start.first_frame_ms()
            start.wait_for(self._hall.screen_socket)
            with self._screen() as screen:
                screen.ask(do="wait", screen="attract", timeout_s=_WITHIN_S)
                welcome_ms = start.elapsed_ms()
                screen.ask(do="tap", name="触摸屏幕开始")
                screen.ask(do="wait", screen="home", timeout_s=_WITHIN_S)
                controls = screen.ask(do="tree")["controls"]
            threading.Event().wait(_SETTLE_S)
            return first_frame_ms, welcome_ms, resident_mb(start.process_id), controls
        finally:
            start.end()

    def touched(self, taps: int) -> tuple[list[float], list[float]]:
        """Lets somebody walk about in it by so many taps: the times of ``watched_touches``."""
        start = Start(self._command("benchmarks.watched_touches"), self._environment)
        try:
            start.first_frame_ms()
            start.wait_for(self._hall.screen_socket)
            with self._screen() as screen:
                screen.ask(do="wait", screen="attract", timeout_s=_WITHIN_S)
                walk_about(screen, taps)
        finally:
            start.end()
        touches, pages = (
            [float(line) for line in (self._hall.terminal_root / name).read_text("ascii").split()]
            for name in (TOUCHES, PAGES)
        )
        return touches, pages

    def _command(self, module: str) -> list[str]:
        root, socket = str(self._hall.terminal_root), str(self._hall.screen_socket)
        return [sys.executable, "-m", module, "--root", root, "run", "--remote-socket", socket]

    @contextmanager
    def _screen(self) -> Iterator[Lines]:
        screen = Lines(self._hall.screen_socket, timeout_s=_WITHIN_S)
        try:
            yield screen
        finally:
            screen.close()


def walk_about(screen: Lines, taps: int) -> None:
    """Taps this and that, three times a second, the same in every run; never what ends a session."""
    whim, pause = random.Random(0), threading.Event()
    for _ in range(taps):
        controls = screen.ask(do="tree")["controls"]
        names = [each["name"] for each in controls if each["role"] in _TOUCHED and each["enabled"]]
        names = [name for name in names if name not in _WAYS_OUT]
        if names:
            with suppress(RefusedError):  # it has gone meanwhile
                screen.ask(do="tap", name=whim.choice(names))
        pause.wait(_BEAT_S)


def measure(folder: Path, *, runs: int, warm_up: int, taps: int) -> list[Row]:
    """Sets up a hall in ``folder`` and runs the contest; the first ``warm_up`` runs are not counted."""
    with screen_in_memory(folder) as environment, Parts(folder / "logs", environment) as parts:
        hall = Hall(parts, folder)
        hall.start_platform()
        hall.start_devices()
        hall.provision()
        terminal = Terminal(hall, environment)
        controls = terminal.run()[3]
        documents = {_OPENING: opening_page(), _HOME: equal_page(controls)}
        browser = Browser(documents, environment, folder / "profile")
        try:
            ours, theirs = [], []
            for _ in range(warm_up + runs):
                ours.append(terminal.run()[:3])
                theirs.append((browser.run(_OPENING)[0], *browser.run(_HOME)))
        finally:
            browser.close()
        touches, pages = terminal.touched(taps)
        hall.console.close()
    first_frame_ms, welcome_ms, ours_mb = (median(each) for each in zip(*ours[warm_up:], strict=True))
    opened_ms, painted_ms, theirs_mb = (median(each) for each in zip(*theirs[warm_up:], strict=True))
    return [
        _touched("touch_to_picture_p99_ms", touches),
        _touched("touch_to_page_p99_ms", pages),
        _against("start_to_first_frame_ms", "ms", first_frame_ms, opened_ms),
        _against("start_to_welcome_ms", "ms", welcome_ms, painted_ms),
        _against("resident_mb", "MB", ours_mb, theirs_mb),
    ]


def _touched(figure: str, times_ms: Sequence[float]) -> Row:
    p99_ms = quantiles(times_ms, n=100)[98]
    others = {"limit": TOUCH_LIMIT_MS, "median": round(median(times_ms), 1)}
    return Row(figure, "ms", "lower", round(p99_ms, 1), others)


def _against(figure: str, unit: str, ours: float, theirs: float) -> Row:
    others = {f"{BROWSER} --kiosk": round(theirs, 1), "limit": round(SHARE_LIMIT * theirs, 1)}
    return Row(figure, unit, "lower", round(ours, 1), others)


def main() -> None:
    """Measures in a folder that is removed afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="screens-", dir=FOLDER))
    try:
        write_report("screens", measure(folder, runs=RUNS, warm_up=WARM_UP, taps=TAPS))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
