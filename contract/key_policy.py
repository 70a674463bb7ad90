"""The province's leave to keep a terminal's key beside its data, signed and for a while only.

It travels as a file: the exact JSON that was signed, and a detached JWS over it by the key that signs items
(:mod:`contract.signing`). What it is stands in the signed content, so that no other signed text can pass.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated, Literal

import msgspec

from contract.fields import moment, named, text
from contract.signing import Signer, Verifier
from foundation.clock import parse_rfc3339


class KeyPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What is allowed, to whom, why, and until when."""

    allows: Annotated[Literal["key_beside_the_disk"], named("许可内容")] = "key_beside_the_disk"
    terminal_id: Annotated[str, text("终端编号", 32)]
    reason: Annotated[str, text("理由", 200)]
    not_before: Annotated[str, moment("生效时间")]
    expires_at: Annotated[str, moment("失效时间")]


class SignedKeyPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """The file: ``content`` is the JSON of a :class:`KeyPolicy`, byte for byte as it was signed."""

    content: Annotated[str, text("许可原文", 2_000)]
    signature: Annotated[str, text("签名", 1_000, "detached JWS")]


class PolicyFault(Enum):
    """Why a policy allows nothing."""

    MALFORMED = "malformed"
    NOT_SIGNED = "not_signed"
    OTHER_TERMINAL = "other_terminal"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


def sign_key_policy(policy: KeyPolicy, signer: Signer) -> bytes:
    """The file that says so."""
    content = msgspec.json.encode(policy)
    signed = SignedKeyPolicy(content=content.decode("utf-8"), signature=signer.sign(content))
    return msgspec.json.format(msgspec.json.encode(signed), indent=2) + b"\n"


def read_key_policy(
    file: bytes, verifier: Verifier, terminal_id: str, now: datetime
) -> KeyPolicy | PolicyFault:
    """The policy when it is the province's, for this terminal, and in force at ``now``."""
    try:
        signed = msgspec.json.decode(file, type=SignedKeyPolicy)
        content = signed.content.encode("utf-8")
    except (msgspec.DecodeError, UnicodeError):
        return PolicyFault.MALFORMED
    if not verifier.verifies(content, signed.signature):
        return PolicyFault.NOT_SIGNED
    try:
        policy = msgspec.json.decode(content, type=KeyPolicy, strict=True)
        begins, ends = parse_rfc3339(policy.not_before), parse_rfc3339(policy.expires_at)
    except (msgspec.DecodeError, UnicodeError, ValueError):
        return PolicyFault.MALFORMED
    if policy.terminal_id != terminal_id:
        return PolicyFault.OTHER_TERMINAL
    if now < begins:
        return PolicyFault.NOT_YET
    return PolicyFault.EXPIRED if now >= ends else policy
