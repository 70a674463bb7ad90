"""Somebody reset the TPM from the firmware's menu: the key is gone, and nobody makes a new one unasked."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from offline_store.keys.tpm import TpmHolder
from tests.fixtures.key_holders import a_software_tpm
from tests.fixtures.locked_stores import LockedStore


def test_the_store_stays_closed_and_as_it_was(tmp_path: Path) -> None:
    with a_software_tpm() as tpm:
        store = LockedStore(tmp_path, TpmHolder(tpm.tcti))
        assert store.opens()
        tpm.clear()
        assert store.stays_closed() is Errors.KEY_GONE
