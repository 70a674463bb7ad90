"""What every provider promises, asked of each of them with the real thing behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from offline_store.errors import NoKeyError, StoreKeyError
from offline_store.keys.provider import KEY_BYTES
from offline_store.keys.recorded import KeyFileProvider
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.offline_store.keys.conftest import Providers
from tests.offline_store.making import BOOT, new_event


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "store.key"


def test_a_key_is_made_once_and_found_again(providers: Providers, path: Path) -> None:
    with pytest.raises(NoKeyError):
        providers(path).get()
    keys = providers(path)
    keys.rotate()
    first = keys.get()
    assert len(first) == KEY_BYTES
    assert providers(path).get() == first
    assert providers(path).previous() is None


def test_the_record_alone_is_the_key_only_in_the_key_file(providers: Providers, path: Path) -> None:
    keys = providers(path)
    keys.rotate()
    content = path.read_bytes()
    is_beside_the_disk = isinstance(keys, KeyFileProvider)
    assert (keys.get().hex().encode() in content) is is_beside_the_disk
    if not is_beside_the_disk:
        with pytest.raises(StoreKeyError):
            KeyFileProvider(path).get()


def test_a_rotation_keeps_the_key_before_until_the_store_needs_it_no_more(
    providers: Providers, path: Path
) -> None:
    keys = providers(path)
    keys.rotate()
    first = keys.get()
    keys.rotate()
    after_a_power_cut = providers(path)
    assert after_a_power_cut.previous() == first
    assert after_a_power_cut.get() == keys.get() != first
    with pytest.raises(RuntimeError, match="under way"):
        after_a_power_cut.rotate()
    after_a_power_cut.forget_previous()
    assert providers(path).previous() is None
    assert providers(path).get() == keys.get()
    second = keys.get()
    providers(path).rotate()
    assert providers(path).previous() == second


def test_a_power_cut_in_the_midst_of_a_rotation_leaves_the_key_as_it_was(
    providers: Providers, path: Path
) -> None:
    """The new secret lies with its holder already; the record still knows nothing of it."""
    providers(path).rotate()
    first, record = providers(path).get(), path.read_bytes()
    providers(path).rotate()
    path.write_bytes(record)
    assert providers(path).get() == first
    keys = providers(path)
    keys.rotate()
    assert keys.previous() == first


def test_a_store_goes_over_to_another_key_and_from_one_provider_to_another(
    providers: Providers, path: Path, tmp_path: Path
) -> None:
    database, clock = tmp_path / "store.db", ManualClock()
    store = OfflineStore.open(database, KeyFileProvider(path), clock=clock, boot_id=BOOT)
    (event,) = store.outbox.append([new_event()])
    store.close()
    before = KeyFileProvider(path).get()
    keys = providers(path)
    keys.take_over(before)
    assert providers(path).previous() == before
    store = OfflineStore.open(database, providers(path), clock=clock, boot_id=BOOT)
    assert store.outbox.peek(1) == [event]
    store.close()
    assert providers(path).previous() is None
    providers(path).rotate()
    store = OfflineStore.open(database, providers(path), clock=clock, boot_id=BOOT)
    assert store.outbox.peek(1) == [event]
    store.close()


def test_when_the_key_is_destroyed_nothing_can_be_read_by_anybody(
    providers: Providers, path: Path, tmp_path: Path
) -> None:
    database, clock = tmp_path / "store.db", ManualClock()
    store = OfflineStore.open(database, providers(path), clock=clock, boot_id=BOOT)
    store.outbox.append([new_event()])
    store.close()
    record = path.read_bytes()
    providers(path).destroy()
    providers(path).destroy()
    assert not path.exists()
    with pytest.raises(NoKeyError):
        OfflineStore.open(database, providers(path), clock=clock, boot_id=BOOT)
    with pytest.raises(StoreKeyError):
        OfflineStore.open_read_only(database, providers(path), clock=clock, boot_id=BOOT)
    held_elsewhere = not isinstance(providers(path), KeyFileProvider) and "credentials" not in {
        entry.name for entry in tmp_path.iterdir()
    }
    if held_elsewhere:  # even who kept a copy of the record, or reads it out of old cells, has nothing
        path.touch(mode=0o600)
        path.write_bytes(record)
        with pytest.raises(StoreKeyError):
            OfflineStore.open(database, providers(path), clock=clock, boot_id=BOOT)
