from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_app.config.key_address import (
    CredentialKey,
    KeyAddress,
    KeyFile,
    ProvinceKey,
    TokenKey,
    TpmKey,
    kind_of,
    parse_key_address,
)

TOKEN = TokenKey(Path("/usr/lib/libskf.so"), "dianxiaoer", Path("/run/credentials/pin"))


@pytest.mark.parametrize(
    ("text", "address", "kind"),
    [
        ("file:", KeyFile(), "file"),
        ("province:", ProvinceKey(), "province"),
        ("credential:store-key", CredentialKey("store-key"), "credential"),
        ("tpm2:", TpmKey("device:/dev/tpmrm0", "sha256:7", 0x01500D20), "tpm2"),
        (
            "tpm2:swtpm:path=/run/tpm?pcrs=sha256:0,7&index=0x01500001",
            TpmKey("swtpm:path=/run/tpm", "sha256:0,7", 0x01500001),
            "tpm2",
        ),
        ("skf:/usr/lib/libskf.so?pin_file=/run/credentials/pin", TOKEN, "skf"),
    ],
)
def test_where_a_key_may_be(text: str, address: KeyAddress, kind: str) -> None:
    assert parse_key_address(text) == address
    assert kind_of(address) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/var/lib/key",
        "file:/somewhere",
        "file:?pcrs=1",
        "province:https://else.where",
        "credential:",
        "credential:../../etc/shadow",
        "tpm2:?pcrs=7",
        "tpm2:?pcrs=sha256:7;rm",
        "tpm2:?index=0x81000001",
        "tpm2:?pcr=sha256:7",
        "skf:libskf.so?pin_file=/pin",
        "skf:/usr/lib/libskf.so",
        "pkcs11:token",
    ],
)
def test_what_is_no_place_for_a_key(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_key_address(text)
