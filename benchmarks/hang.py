"""Whether a device that hangs is felt at the screen: the longest stall of the GUI thread, and the memory.

A provisioned terminal runs with its platform and its simulated devices, on a screen in memory. Each device in
turn hangs for 30 s: it takes what it is sent and answers nothing. Meanwhile people go on: a card is laid down
and taken away, a code is held before the scanner, somebody touches the screen. A timer in the event loop, due
every 5 ms, shows how long the loop ever stood still. The same 30 s with nothing wrong are measured first and
stand beside: what is more than that is the device's doing. So does the figure that has the turns of other
programs on a busy machine in it; the first one is without them.

Nobody ends a session in these 30 s. The wipe at its end holds the loop by itself, whatever the devices do,
after the last screen of the session has gone; how long is a figure of its own.
"""

from __future__ import annotations

import itertools
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from benchmarks.report import FOLDER, Row, write_report
from benchmarks.watched_terminal import FILE_NAME, StallFile
from demo.hall import WELL_FITTED, Hall, offscreen
from demo.lines import Lines, RefusedError
from demo.parts import Parts
from drivers.testbed.client import TestbedClient
from drivers.testbed.orders import Device

WINDOW_S = 30.0
SETTLE_S = 5.0
SESSIONS_ENDED = 3
STALL_LIMIT_MS = 50.0
GROWTH_LIMIT_MB = 4.0
HANGS = {
    Device.ID_CARD_READER: "never_answers",
    Device.SOCIAL_SECURITY_CARD: "service_hangs",
    Device.QR_SCANNER: "never_answers",
    Device.CAMERA: "hangs",
    Device.RECEIPT_PRINTER: "stall",
    Device.DOCUMENT_PRINTER: "stall",
    Device.KEYPAD: "never_answers",
    Device.SPEECH: "hangs",
    Device.CABINET: "silent",
    Device.GNSS: "never_answers",
}
"""What makes a device hang: the name of the fault in its simulator."""
_BEAT_S = 0.5
_WAYS_OUT = ("结束办理", "End", "我拿好了", "I have it all")
_STEPS_OUT = 60
_TOUCHED = ("Button", "CheckBox", "RadioButton", "ListItem")
_MB = 1024 * 1024


class Bystanders:
    """People who go on using a terminal of which a device hangs: twice a second one of them does something.

    Every second thing is a touch, on any control that is there, so that they walk through all kinds of
    screens; ``screens`` are those that they saw. They do the same in every run, and they do not leave.
    """

    def __init__(self, hall: Hall) -> None:
        self._devices = TestbedClient(hall.devices)
        self._screen = Lines(hall.screen_socket)
        self._whim = random.Random(0)
        self._around = itertools.cycle(
            (
                self._devices.put_card,
                self._touch,
                self._devices.take_card,
                self._touch,
                lambda: self._devices.show_code(b"shown-in-passing"),
                self._touch,
                self._devices.hide_code,
                self._touch,
                lambda: self._devices.act(Device.KEYPAD, "press", "next"),
                self._touch,
                lambda: self._devices.act(Device.SOCIAL_SECURITY_CARD, "insert"),
                self._touch,
                lambda: self._devices.act(Device.SOCIAL_SECURITY_CARD, "take"),
                self._touch,
            )
        )
        self.screens: set[str] = set()

    def do_something(self) -> None:
        """The next thing in a round of fourteen."""
        next(self._around)()

    def leave(self) -> bool:
        """Takes a step on the way out; whether the resting screen stands."""
        seen = self._screen.ask(do="tree")
        for control in seen["controls"]:
            if control["name"] in _WAYS_OUT and control["enabled"]:
                with suppress(RefusedError):  # it has gone meanwhile
                    self._screen.ask(do="tap", name=control["name"])
        return bool(seen["screen"] == "attract")

    def close(self) -> None:
        """They leave."""
        self._screen.close()

    def _touch(self) -> None:
        seen = self._screen.ask(do="tree")
        self.screens.add(seen["screen"])
        controls: list[dict[str, Any]] = seen["controls"]
        names = [each["name"] for each in controls if each["role"] in _TOUCHED and each["enabled"]]
        names = [name for name in names if name not in _WAYS_OUT]
        if names:
            with suppress(RefusedError):  # it has gone meanwhile
                self._screen.ask(do="tap", name=self._whim.choice(names))


class Watch:
    """One terminal under watch."""

    def __init__(self, hall: Hall, process: psutil.Process) -> None:
        self._stalls = StallFile(hall.terminal_root / FILE_NAME)
        self._people = Bystanders(hall)
        self._process = process
        self._pause = threading.Event()

    def run(self, window_s: float) -> tuple[float, float, float]:
        """Lets people go on for a while: the longest stall in milliseconds, without and with the delays of a
        busy machine, and the growth of memory in MB.

        Growth is by how much the least that was resident in the last third is more than in the first: what is
        only garbage between two collections is none.
        """
        resident_mb = []
        self._stalls.write_ms(0.0, 0.0)
        ends_s = time.monotonic() + window_s
        while time.monotonic() < ends_s:
            self._people.do_something()
            self._pause.wait(_BEAT_S)
            resident_mb.append(self._process.memory_info().rss / _MB)
        third = max(1, len(resident_mb) // 3)
        return (*self._stalls.read_ms(), min(resident_mb[-third:]) - min(resident_mb[:third]))

    def leave(self) -> float:
        """Ends the session that somebody may have; the longest stall in it, in milliseconds."""
        self._stalls.write_ms(0.0, 0.0)
        for _ in range(_STEPS_OUT):
            if self._people.leave():
                break
            self._pause.wait(_BEAT_S)
        return self._stalls.read_ms()[0]

    def close(self) -> None:
        self._people.close()
        self._stalls.close()


@contextmanager
def watched_hall(folder: Path) -> Iterator[tuple[Hall, Watch]]:
    """A hall whose terminal is under watch."""
    with Parts(folder / "logs", offscreen(folder)) as parts:
        hall = Hall(parts, folder, (*WELL_FITTED, Device.SOCIAL_SECURITY_CARD.value))
        hall.start_platform()
        hall.start_devices("--profile", "newland", "--card-service")
        hall.provision({"devices": {"qr_scanner_profile": "newland"}, "reporting": {"heartbeat_s": 1}})
        terminal = hall.start_terminal(module="benchmarks.watched_terminal")
        watch = Watch(hall, psutil.Process(terminal.process_id))
        try:
            yield hall, watch
        finally:
            watch.close()
            hall.console.close()


def make_hang(devices: TestbedClient, device: Device) -> None:
    """Makes a device hang where it is felt."""
    devices.fault(device, HANGS[device])
    if device is Device.KEYPAD:  # nobody waits for it but who has just found it
        devices.unplug(device)
        devices.plug_in(device)
    if device is Device.CAMERA:  # it is opened where no scanner works
        devices.unplug(Device.QR_SCANNER)


def mend(devices: TestbedClient, device: Device) -> None:
    """Ends :func:`make_hang`."""
    devices.cure(device)
    if device is Device.CAMERA:
        devices.plug_in(Device.QR_SCANNER)


def measure(folder: Path, *, window_s: float, settle_s: float) -> list[Row]:
    """Lets each device hang for ``window_s``, after as long with nothing wrong."""
    rows = []
    with watched_hall(folder) as (hall, watch):
        devices = TestbedClient(hall.devices)
        ends_ms = []
        for _ in range(SESSIONS_ENDED):  # and what is loaded at its first use is loaded
            watch.run(settle_s)
            ends_ms.append(watch.leave())
        watch.run(window_s)
        well_stall_ms, _, well_growth_mb = watch.run(window_s)
        for device in HANGS:
            make_hang(devices, device)
            stall_ms, whole_ms, growth_mb = watch.run(window_s)
            mend(devices, device)
            rows += [
                Row(
                    f"longest_stall_ms_{device.value}",
                    "ms",
                    "lower",
                    round(stall_ms, 2),
                    {
                        "limit": STALL_LIMIT_MS,
                        "with nothing wrong": round(well_stall_ms, 2),
                        "with other programs' turns": round(whole_ms, 2),
                    },
                ),
                Row(
                    f"memory_growth_mb_{device.value}",
                    "MB",
                    "lower",
                    round(growth_mb, 2),
                    {"limit": GROWTH_LIMIT_MB, "with nothing wrong": round(well_growth_mb, 2)},
                ),
            ]
            watch.run(settle_s)  # it comes back by itself
        rows.append(
            Row(
                "session_end_ms",
                "ms",
                "lower",
                round(median(ends_ms), 2),
                {"slowest": round(max(ends_ms), 2)},
            )
        )
    return rows


def main() -> None:
    """Measures in a folder that is removed afterwards; takes about seven minutes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="hang-", dir=FOLDER))
    try:
        write_report("hang", measure(folder, window_s=WINDOW_S, settle_s=SETTLE_S))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
