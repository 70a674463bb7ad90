"""The library of the token's maker hangs or crashes: the terminal does neither, and says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.errors import Errors
from tests.fixtures.key_holders import SoftToken
from tests.fixtures.locked_stores import LockedStore


@pytest.mark.parametrize("how", ["hangs", "crashes"])
def test_the_program_around_it_is_ended_and_the_next_start_goes_well(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = SoftToken(tmp_path, monkeypatch)
    store = LockedStore(tmp_path, token.holder())
    with token.failing(how):
        assert store.held_by(token.holder(limit_s=1.0)).stays_closed() is Errors.KEY_HOLDER_LOST
    assert store.opens()
