"""TPM, token, its library or the credential is not there. It may come back: nothing is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.errors import Errors
from offline_store.keys.credential import SystemdCredential
from offline_store.keys.tpm import TpmHolder
from tests.fixtures.key_holders import SoftToken, a_software_tpm
from tests.fixtures.locked_stores import LockedStore


def test_a_tpm_that_does_not_answer(tmp_path: Path) -> None:
    with a_software_tpm() as tpm:
        store = LockedStore(tmp_path, TpmHolder(tpm.tcti))
        tpm.power_off()
        assert store.stays_closed() is Errors.KEY_HOLDER_LOST
        tpm.power_on()
        assert store.opens()


def test_a_machine_without_the_tools_of_its_tpm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_software_tpm() as tpm:
        store = LockedStore(tmp_path, TpmHolder(tpm.tcti))
        monkeypatch.setenv("PATH", str(tmp_path))
        assert store.stays_closed() is Errors.KEY_HOLDER_LOST


def test_a_token_that_was_pulled_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = SoftToken(tmp_path, monkeypatch)
    store = LockedStore(tmp_path, token.holder())
    token.pull_out()
    assert store.stays_closed() is Errors.KEY_HOLDER_LOST
    token.plug_in()
    assert store.opens()


def _zlib() -> str:
    """A library that is none of a token."""
    return str(next(Path("/usr/lib").rglob("libz.so.1")))


@pytest.mark.parametrize("what", ["nothing", "text", "another library"])
def test_a_library_of_the_token_that_is_none(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = SoftToken(tmp_path, monkeypatch)
    store = LockedStore(tmp_path, token.holder())
    token.library.unlink()
    if what == "text":
        token.library.write_text("no library")
    elif what == "another library":
        token.library.symlink_to(_zlib())
    assert store.held_by(token.holder()).stays_closed() is Errors.KEY_HOLDER_LOST


def test_a_service_that_systemd_gave_no_credential(tmp_path: Path) -> None:
    credential = tmp_path / "store-key"
    credential.write_bytes(bytes(32))
    store = LockedStore(tmp_path, SystemdCredential("store-key", tmp_path))
    credential.write_bytes(bytes(31))
    assert store.stays_closed() is Errors.KEY_HOLDER_LOST
    credential.unlink()
    assert store.stays_closed() is Errors.KEY_HOLDER_LOST
    credential.write_bytes(bytes(32))
    assert store.opens()
    without = SystemdCredential("store-key", None)
    assert store.held_by(without).stays_closed() is Errors.KEY_HOLDER_LOST
    credential.write_bytes(b"\x01" * 32)
    assert store.stays_closed() is Errors.KEY_GONE
