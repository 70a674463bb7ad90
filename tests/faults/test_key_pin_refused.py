"""The PIN of the token is wrong or locked: a terminal that starts again and again never locks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.errors import Errors
from offline_store.keys.skf import LEAST_TRIES_LEFT
from tests.fixtures.key_holders import PIN, SoftToken
from tests.fixtures.locked_stores import LockedStore


def test_the_last_tries_are_left_to_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = SoftToken(tmp_path, monkeypatch)
    store = LockedStore(tmp_path, token.holder())
    token.pin_file.write_text("000000", encoding="utf-8")
    for _ in range(10):
        assert store.stays_closed() is Errors.KEY_PIN_REFUSED
    assert token.tries_left() == LEAST_TRIES_LEFT - 1
    token.pin_file.write_text(PIN, encoding="utf-8")
    assert store.stays_closed() is Errors.KEY_PIN_REFUSED
    token.enter_pin(PIN)
    assert store.opens()


def test_a_pin_that_cannot_be_read_costs_no_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = SoftToken(tmp_path, monkeypatch)
    store = LockedStore(tmp_path, token.holder())
    before = token.tries_left()
    token.pin_file.unlink()
    assert store.stays_closed() is Errors.KEY_PIN_REFUSED
    assert token.tries_left() == before
