"""Remote unlock: the province cannot be reached, has withdrawn the terminal, or has destroyed its share."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.errors import ErrorCode, Errors, NextStep
from offline_store.errors import KeyHolderError
from offline_store.keys.remote_unlock import RemoteUnlock
from tests.fixtures.key_holders import ProvinceInMemory
from tests.fixtures.locked_stores import LockedStore


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Errors.PROVINCE_UNREACHABLE, Errors.KEY_UNLOCK_UNREACHABLE),
        (Errors.PROVINCE_BUSY, Errors.KEY_UNLOCK_UNREACHABLE),
        (Errors.PROVINCE_NOT_UNDERSTOOD, Errors.KEY_UNLOCK_UNREACHABLE),
        (Errors.TERMINAL_NOT_AUTHORISED, Errors.TERMINAL_NOT_AUTHORISED),
        (Errors.KEY_UNLOCK_REFUSED, Errors.KEY_UNLOCK_REFUSED),
    ],
)
def test_three_different_things_are_kept_apart(answer: ErrorCode, told: ErrorCode, tmp_path: Path) -> None:
    province = ProvinceInMemory()
    store = LockedStore(tmp_path, RemoteUnlock(province))
    province.refuses = answer
    assert store.stays_closed() is told
    assert (told.next_step is NextStep.RETRY) is (told is Errors.KEY_UNLOCK_UNREACHABLE)
    province.refuses = None
    assert store.opens()


def test_the_share_stays_in_memory_and_is_asked_for_once(tmp_path: Path) -> None:
    province = ProvinceInMemory()
    keys = LockedStore(tmp_path, RemoteUnlock(province)).keys()
    province.asked = 0
    key = keys.get()
    province.refuses = Errors.PROVINCE_UNREACHABLE
    assert keys.get() == key
    assert province.asked == 1
    (share,) = province.held.values()
    on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert share not in on_disk
    assert share.hex().encode() not in on_disk


def test_a_key_is_destroyed_here_although_the_province_is_away_and_that_is_told(tmp_path: Path) -> None:
    province = ProvinceInMemory()
    store = LockedStore(tmp_path, RemoteUnlock(province))
    province.refuses = Errors.PROVINCE_UNREACHABLE
    with pytest.raises(KeyHolderError) as caught:
        store.keys().destroy()
    assert caught.value.error is Errors.KEY_UNLOCK_UNREACHABLE
    assert not (tmp_path / "store.key").exists()
    assert province.held
