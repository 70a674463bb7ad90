"""A running platform, and a terminal that is enrolled with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import EnrolledTerminal, enrolled


@pytest.fixture
def clock() -> ManualClock:
    """Starts at the machine's time, because that is what TLS checks certificates against."""
    now = datetime.now(UTC)
    return ManualClock(now.replace(microsecond=now.microsecond // 1000 * 1000))


@pytest.fixture
def server(tmp_path: Path, clock: ManualClock) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path / "platform", clock=clock) as running:
        yield running


@pytest.fixture
def terminal(server: PlatformServer, tmp_path: Path) -> Iterator[EnrolledTerminal]:
    with enrolled(server, tmp_path) as one:
        yield one
