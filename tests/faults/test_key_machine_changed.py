"""The machine was started in another way (secure boot off, another system): its TPM does not give the key."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from offline_store.keys.tpm import TpmHolder
from tests.fixtures.key_holders import a_software_tpm
from tests.fixtures.locked_stores import LockedStore


def test_the_store_opens_again_when_the_machine_is_as_it_was(tmp_path: Path) -> None:
    with a_software_tpm() as tpm:
        store = LockedStore(tmp_path, TpmHolder(tpm.tcti, pcrs="sha256:7"))
        tpm.extend(7, "ab" * 32)
        assert store.stays_closed() is Errors.KEY_MACHINE_CHANGED
        tpm.power_off()
        tpm.power_on()
        assert store.opens()


def test_what_is_not_in_the_policy_may_change(tmp_path: Path) -> None:
    with a_software_tpm() as tpm:
        store = LockedStore(tmp_path, TpmHolder(tpm.tcti, pcrs="sha256:7"))
        tpm.extend(8, "ab" * 32)
        assert store.opens()
