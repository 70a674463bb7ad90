"""Where the key of the store is kept, as one address in the settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

KEY_EXAMPLE = "tpm2:device:/dev/tpmrm0?pcrs=sha256:7"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """``file:``: in clear, in the folder of the keys beside the data."""


@dataclass(frozen=True, slots=True)
class TpmKey:
    """``tpm2:TCTI?pcrs=sha256:7&index=0x01500d20``: in the machine's TPM, when the machine starts as now."""

    tcti: str
    pcrs: str
    index: int


@dataclass(frozen=True, slots=True)
class TokenKey:
    """``skf:/path/library.so?application=NAME&pin_file=/path``: in a token with an SKF interface."""

    module: Path
    application: str
    pin_file: Path


@dataclass(frozen=True, slots=True)
class CredentialKey:
    """``credential:NAME``: under a credential that systemd hands to the service."""

    name: str


@dataclass(frozen=True, slots=True)
class ProvinceKey:
    """``province:``: under a share that the province releases at every start."""


KeyAddress = KeyFile | TpmKey | TokenKey | CredentialKey | ProvinceKey
BESIDE_THE_DATA = KeyFile()

_KINDS = {
    KeyFile: "file",
    TpmKey: "tpm2",
    TokenKey: "skf",
    CredentialKey: "credential",
    ProvinceKey: "province",
}
_TCTI = "device:/dev/tpmrm0"
_PCRS = "sha256:7"
_INDEX = "0x01500d20"
_INDEX_FORM = re.compile(r"0x015[0-9a-f]{5}", re.IGNORECASE | re.ASCII)
_PCRS_FORM = re.compile(r"(sha1|sha256|sha384|sm3_256):\d{1,2}(,\d{1,2})*", re.ASCII)
_NAME_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


def kind_of(address: KeyAddress) -> str:
    """The scheme of an address: ``file``, ``tpm2``, ``skf``, ``credential`` or ``province``."""
    return _KINDS[type(address)]


def parse_key_address(text: str) -> KeyAddress:
    """Reads an address. Raises ``ValueError``, which says what is wrong with it."""
    scheme, _, rest = text.partition(":")
    place, _, query = rest.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    address: KeyAddress
    if scheme == "file" and not place:
        address = KeyFile()
    elif scheme == "province" and not place:
        address = ProvinceKey()
    elif scheme == "credential" and _NAME_FORM.fullmatch(place):
        address = CredentialKey(place)
    elif scheme == "tpm2":
        address = _tpm_key(place, options)
    elif scheme == "skf":
        address = _token_key(place, options)
    else:
        raise ValueError(f"{scheme!r} is no place for a key, or its name is wrong")
    if options:
        raise ValueError(f"unknown option {min(options)!r}")
    return address


def _tpm_key(place: str, options: dict[str, str]) -> TpmKey:
    pcrs, index = options.pop("pcrs", _PCRS), options.pop("index", _INDEX)
    if not _PCRS_FORM.fullmatch(pcrs):
        raise ValueError(f"{pcrs!r} are no PCRs; write for example {_PCRS}")
    if not _INDEX_FORM.fullmatch(index):
        raise ValueError(f"{index!r} is no NV index of an owner; write for example {_INDEX}")
    return TpmKey(place or _TCTI, pcrs, int(index, 16))


def _token_key(place: str, options: dict[str, str]) -> TokenKey:
    application, pin_file = options.pop("application", "dianxiaoer"), options.pop("pin_file", "")
    if not place.startswith("/") or not pin_file.startswith("/") or not application:
        raise ValueError("the token's library and its pin_file need whole paths")
    return TokenKey(Path(place), application, Path(pin_file))
