from __future__ import annotations

import stat
from pathlib import Path

import pytest

from offline_store.errors import StoreDamagedError, StoreKeyError
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.offline_store.making import BOOT, StoreMaker, new_event


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "store.key"


def test_a_new_key_is_the_owners_alone(path: Path) -> None:
    keys = KeyFileProvider(path)
    with pytest.raises(StoreKeyError, match="is not there"):
        keys.get()
    keys.rotate()
    assert len(keys.get()) == 32
    assert KeyFileProvider(path).get() == keys.get()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_key_file_that_others_can_read_is_refused_with_the_remedy(path: Path) -> None:
    keys = KeyFileProvider(path)
    keys.rotate()
    path.chmod(0o640)
    with pytest.raises(
        StoreKeyError, match=r"can be read by others \(mode 0640\); make it private"
    ) as caught:
        keys.get()
    assert str(caught.value).startswith("STOR-003")
    with pytest.raises(StoreKeyError):
        keys.rotate()


@pytest.mark.parametrize("content", ["abc\n", "zz" * 32, "é" * 32, "00" * 31])
def test_a_file_that_holds_no_key_is_refused_without_showing_it(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.touch(mode=0o600)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreKeyError, match="does not hold a key of 32 bytes") as caught:
        KeyFileProvider(path).get()
    assert content.strip() not in str(caught.value)


def test_a_destroyed_key_is_gone(path: Path) -> None:
    keys = KeyFileProvider(path)
    keys.rotate()
    held_open = path.open("rb")
    keys.destroy()
    keys.destroy()
    with held_open:
        assert set(held_open.read()) == {0}
    with pytest.raises(StoreKeyError):
        keys.get()


def test_a_second_rotation_waits_for_the_first(path: Path) -> None:
    keys = KeyFileProvider(path)
    keys.rotate()
    first = keys.get()
    keys.rotate()
    assert keys.previous() == first
    assert keys.get() != first
    with pytest.raises(RuntimeError, match="under way"):
        keys.rotate()
    keys.forget_previous()
    assert keys.previous() is None


def test_after_a_rotation_the_old_key_opens_nothing(maker: StoreMaker) -> None:
    (event,) = maker.open().outbox.append([new_event()])
    maker.close()
    old = type(maker.keys)()
    maker.keys.rotate()
    store = maker.open()
    assert maker.keys.previous() is None
    assert store.outbox.peek(1) == [event]
    maker.close()
    with pytest.raises(StoreKeyError):
        OfflineStore.open(maker.path, old, clock=ManualClock(), boot_id=BOOT)
    assert maker.open().outbox.peek(1) == [event]


def test_a_rotation_that_was_cut_short_is_finished_at_the_next_opening(maker: StoreMaker) -> None:
    """The plug was pulled after the file had been encrypted anew and before the old key was forgotten."""
    (event,) = maker.open().outbox.append([new_event()])
    maker.close()
    before = maker.path.read_bytes()
    maker.keys.rotate()
    maker.open()
    maker.close()
    pulled = type(maker.keys)()
    pulled.rotate()
    assert pulled.previous() is not None
    store = OfflineStore.open(maker.path, pulled, clock=maker.clock, boot_id=BOOT)
    assert store.outbox.peek(1) == [event]
    store.close()
    assert pulled.previous() is None
    assert maker.path.read_bytes()[:16] != before[:16]


def test_a_damaged_store_does_not_lose_its_old_key_to_a_rotation(maker: StoreMaker) -> None:
    maker.open()
    maker.close()
    content = bytearray(maker.path.read_bytes())
    content[100] ^= 1
    maker.path.write_bytes(content)
    maker.keys.rotate()
    with pytest.raises(StoreDamagedError):
        maker.open()
    assert maker.keys.previous() is not None
