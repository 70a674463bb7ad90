"""One reference platform for all of these tests, and a fresh machine for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from province_platform.server import PlatformServer
from tests.provisioning.terminals import Machine


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path_factory.mktemp("platform")) as server:
        yield server


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    return Machine(tmp_path / "terminal", capsys)
