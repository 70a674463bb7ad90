"""The province's leave to keep a key beside the data: signed, for one terminal, for a while."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from contract.key_policy import KeyPolicy, PolicyFault, read_key_policy, sign_key_policy
from contract.sealing import make_private_key
from contract.signing import Signer, Verifier
from foundation.clock import rfc3339

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PROVINCE = Signer(make_private_key())
POLICY = KeyPolicy(
    terminal_id="hubei-20001",
    reason="等待密码钥匙到货",
    not_before=rfc3339(NOW),
    expires_at=rfc3339(NOW + timedelta(days=30)),
)


def read(file: bytes, *, days: float = 1, terminal_id: str = "hubei-20001") -> KeyPolicy | PolicyFault:
    verifier = Verifier(PROVINCE.public_key())
    return read_key_policy(file, verifier, terminal_id, NOW + timedelta(days=days))


def test_it_holds_from_its_first_moment_to_its_last() -> None:
    file = sign_key_policy(POLICY, PROVINCE)
    assert read(file, days=-0.001) is PolicyFault.NOT_YET
    assert read(file, days=0) == read(file, days=29.999) == POLICY
    assert read(file, days=30) is PolicyFault.EXPIRED


def test_it_is_for_one_terminal() -> None:
    file = sign_key_policy(POLICY, PROVINCE)
    assert read(file, terminal_id="hubei-20002") is PolicyFault.OTHER_TERMINAL


def test_nobody_else_can_give_it_and_nobody_can_lengthen_it() -> None:
    assert read(sign_key_policy(POLICY, Signer(make_private_key()))) is PolicyFault.NOT_SIGNED
    signed = json.loads(sign_key_policy(POLICY, PROVINCE))
    signed["content"] = signed["content"].replace(POLICY.expires_at, "2036-01-01T00:00:00.000Z")
    assert read(json.dumps(signed).encode()) is PolicyFault.NOT_SIGNED


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"batch_id": "items"}', '{"allows": "everything"}'])
def test_another_text_that_the_province_signed_allows_nothing(content: str) -> None:
    signature = PROVINCE.sign(content.encode())
    file = json.dumps({"content": content, "signature": signature}).encode()
    assert read(file) is PolicyFault.MALFORMED


@pytest.mark.parametrize("file", [b"", b"{", b"[]", b"\xff", b'{"content": 1, "signature": ""}'])
def test_half_a_file_allows_nothing(file: bytes) -> None:
    assert read(file) is PolicyFault.MALFORMED
