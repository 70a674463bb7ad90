"""The testbed as a program of its own, for the length of a test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drivers.testbed.client import TestbedClient
from tests.drivers.listening import PATIENCE_S


@contextmanager
def running_testbed(folder: Path, *options: str) -> Iterator[TestbedClient]:
    """The program, told to end when the test is over, which it does properly."""
    command = [sys.executable, "-m", "drivers.testbed", "--folder", str(folder), *options]
    surroundings = os.environ | {"PYTHONFAULTHANDLER": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as process:
        assert process.stdout is not None
        try:
            assert "addresses.json" in process.stdout.readline()
            yield TestbedClient(folder)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                assert process.wait(PATIENCE_S) == 0
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGABRT)  # it shows where each of its threads is
                raise
    assert not (folder / "addresses.json").exists()
    assert not (folder / "control.sock").exists()
    assert not (folder / "panel.json").exists()
