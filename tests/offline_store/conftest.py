"""A store for each test, without waiting for each to be made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from offline_store.outbox import Outbox
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import BOOT, StoreMaker


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store under the first key of :class:`MemoryKeyProvider`."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    OfflineStore.open(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT).close()
    return path


@pytest.fixture
def maker(store_template: Path, tmp_path: Path) -> Iterator[StoreMaker]:
    """Opens this test's store as often as it likes."""
    maker = StoreMaker(store_template, tmp_path)
    yield maker
    maker.close()


@pytest.fixture
def store(maker: StoreMaker) -> OfflineStore:
    """An empty store."""
    return maker.open()


@pytest.fixture
def outbox(store: OfflineStore) -> Outbox:
    """An empty outbox."""
    return store.outbox
