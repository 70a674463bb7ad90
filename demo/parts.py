"""Starting the parts of the demo as processes of their own, and ending them, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

_LOOK_EVERY_S = 0.02
_ENDS_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
"""util-linux has the kernel end it (PR_SET_PDEATHSIG, prctl(2)); it stays so over the terminal's own exec."""


class PartFailedError(Exception):
    """A part ended, or did not become ready; the message says where its log is."""


class Part:
    """One process in a process group of its own, with its output in a log file.

    It ends with whoever started it, however that ends: killed, it could not end its parts any more.
    """

    def __init__(self, name: str, command: list[str], log: Path, environment: Mapping[str, str]) -> None:
        self.name = name
        self.log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [*_ENDS_WITH_US, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment},
                start_new_session=True,
            )

    @property
    def process_id(self) -> int:
        """By which the kernel knows it."""
        return self._process.pid

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], timeout_s: float) -> None:
        """Waits until ``ready``; raises ``PartFailedError`` when it ends or takes longer."""
        deadline_s = time.monotonic() + timeout_s
        pause = threading.Event()
        while not ready():
            if not self.is_running():
                raise PartFailedError(f"{self.name} ended; see {self.log}")
            if time.monotonic() > deadline_s:
                raise PartFailedError(f"{self.name} was not ready within {timeout_s:.0f} s; see {self.log}")
            pause.wait(_LOOK_EVERY_S)

    def wait(self) -> int:
        """Waits until it ends by itself; returns its exit code."""
        return self._process.wait()

    def end(self, timeout_s: float = 10.0) -> None:
        """Asks it to end, and makes it end when it does not."""
        if self.is_running():
            self._process.terminate()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Parts:
    """All parts; ended in the opposite order when the block is left."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._environment = environment
        self._running: list[Part] = []

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for part in reversed(self._running):
            part.end()

    def command(self, name: str, module: str, *arguments: str) -> list[str]:  # noqa: ARG002 -- for others
        """How the part ``name`` is run: ``python -m module``."""
        return [sys.executable, "-m", module, *arguments]

    def start(self, name: str, module: str, *arguments: str) -> Part:
        """Starts ``python -m module`` in the background."""
        part = Part(
            name, self.command(name, module, *arguments), self._logs / f"{name}.log", self._environment
        )
        self._running.append(part)
        return part

    def run(self, module: str, *arguments: str, timeout_s: float = 60.0) -> str:
        """Runs ``python -m module`` to its end and returns what it printed."""
        done = subprocess.run(
            self.command(module, module, *arguments),
            env={**os.environ, **self._environment},
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        if done.returncode != 0:
            raise PartFailedError(
                f"{module} {arguments[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout
