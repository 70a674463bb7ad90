"""Every provider of keys, as a terminal would have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from offline_store.keys.credential import SystemdCredential
from offline_store.keys.held import HeldCustody, KeyHolder
from offline_store.keys.recorded import KeyFileProvider, RecordedKeys
from offline_store.keys.remote_unlock import RemoteUnlock
from offline_store.keys.tpm import TpmHolder
from tests.fixtures.key_holders import ProvinceInMemory, SoftToken, SoftwareTpm, a_software_tpm

Providers = Callable[[Path], RecordedKeys]
"""Makes the provider whose record is at a path; two of one record are the same terminal started twice."""


@pytest.fixture(params=["file", "credential", "tpm2", "skf", "province"])
def providers(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Providers:
    if request.param == "file":
        return KeyFileProvider
    holder = _holder(request, tmp_path, monkeypatch)
    return lambda path: RecordedKeys(path, HeldCustody(holder))


def _holder(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> KeyHolder:
    if request.param == "tpm2":
        tpm: SoftwareTpm = request.getfixturevalue("tpm")
        return TpmHolder(tpm.tcti)
    if request.param == "skf":
        return SoftToken(folder, monkeypatch).holder()
    if request.param == "province":
        return RemoteUnlock(ProvinceInMemory())
    (folder / "credentials").mkdir()
    (folder / "credentials" / "store").write_bytes(bytes(range(64)))
    return SystemdCredential("store", folder / "credentials")


@pytest.fixture
def tpm() -> Iterator[SoftwareTpm]:
    with a_software_tpm() as tpm:
        yield tpm
