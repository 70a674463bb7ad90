"""Signing: a detached signature holds for exactly these bytes and exactly this key."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from contract.sealing import make_private_key
from contract.signing import LARGEST_SIGNED_BYTES, Signer, Verifier, card_proof_content

CONTENT = b'{"batch_id": "one",  "items": []}\n'


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer(make_private_key())


@pytest.fixture(scope="module")
def verifier(signer: Signer) -> Verifier:
    return Verifier(signer.public_key())


def test_a_signature_holds_for_the_bytes_it_was_made_over(signer: Signer, verifier: Verifier) -> None:
    for content in (CONTENT, b"", b"\x00\xff." * 1_000_000):  # as large as all clips, or very many items
        signature = signer.sign(content)
        assert verifier.verifies(content, signature)
        assert signature.split(".")[1] == "", "detached: the bytes themselves are not in it"


def test_no_altered_byte_passes(signer: Signer, verifier: Verifier) -> None:
    signature = signer.sign(CONTENT)
    for at in range(len(CONTENT)):
        altered = CONTENT[:at] + bytes([CONTENT[at] ^ 1]) + CONTENT[at + 1 :]
        assert not verifier.verifies(altered, signature)
    reencoded = json.dumps(json.loads(CONTENT)).encode()
    assert not verifier.verifies(reencoded, signature), "the same JSON in other bytes is not the same"
    assert not verifier.verifies(CONTENT + b"\n", signature)


def test_no_altered_signature_passes(signer: Signer, verifier: Verifier) -> None:
    header, _, signature = signer.sign(CONTENT).split(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    for at in range(len(raw)):
        altered = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        text = base64.urlsafe_b64encode(altered).rstrip(b"=").decode()
        assert not verifier.verifies(CONTENT, f"{header}..{text}")


def test_another_key_does_not_verify(signer: Signer) -> None:
    assert not Verifier(Signer(make_private_key()).public_key()).verifies(CONTENT, signer.sign(CONTENT))


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"alg": "ES384"}, {}, [], {"alg": []}])
def test_no_other_algorithm_is_believed(signer: Signer, verifier: Verifier, header: object) -> None:
    _, _, signature = signer.sign(CONTENT).split(".")
    head = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    assert not verifier.verifies(CONTENT, f"{head}..{signature}")
    assert not verifier.verifies(CONTENT, f"{head}..")


def test_the_public_key_as_a_secret_forges_nothing(signer: Signer, verifier: Verifier) -> None:
    """The old trick: sign with HMAC and take the public key, which everybody has, as its secret."""
    from joserfc import jws
    from joserfc.jwk import OctKey

    forged = jws.serialize_compact(
        {"alg": "HS256"}, CONTENT, OctKey.import_key(signer.public_key()), algorithms=["HS256"]
    )
    header, _, signature = forged.split(".")
    assert not verifier.verifies(CONTENT, f"{header}..{signature}")


def test_an_attached_signature_is_not_taken_for_a_detached_one(signer: Signer, verifier: Verifier) -> None:
    header, _, signature = signer.sign(CONTENT).split(".")
    payload = base64.urlsafe_b64encode(CONTENT).rstrip(b"=").decode()
    assert not verifier.verifies(CONTENT, f"{header}.{payload}.{signature}")


@given(st.text(max_size=80) | st.from_regex(r"[A-Za-z0-9_-]{0,40}\.\.[A-Za-z0-9_-]{0,90}"))
def test_garbage_is_no_signature_and_raises_nothing(verifier: Verifier, garbage: str) -> None:
    assert verifier.verifies(CONTENT, garbage) is False


def test_a_terminal_signs_with_its_own_pem_key_and_the_platform_checks_with_the_certificates() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    assert Verifier(public).verifies(CONTENT, Signer(private).sign(CONTENT))


@pytest.mark.parametrize(
    "key", ["", "7", "{}", "-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Signer(key)
    with pytest.raises(ValueError, match=r".+"):
        Verifier(key)


def test_a_pem_key_on_another_curve_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with pytest.raises(ValueError, match="P-256"):
        Signer(private)


def test_what_a_card_proof_binds_is_everything_that_was_said() -> None:
    said = ("HB-WH-00017", "nonce", "05.01-20200101-0000000001", "2026-11-21T02:10:07.123Z", "a.b.c.d.e")
    content = card_proof_content(*said)
    assert content == card_proof_content(*said)
    assert set(json.loads(content)) == {"terminal_id", "bound_to", "sam_number", "read_at", "sealed_sha256"}
    assert b"a.b.c.d.e" not in content
    for at in range(len(said)):
        other = [*said]
        other[at] += "1"
        assert card_proof_content(*other) != content
    moved = ("HB-WH-00017n", "once", *said[2:])
    assert card_proof_content(*moved) != content, "no part can slide into its neighbour"


def test_what_is_signed_may_be_as_large_as_a_batch_of_a_whole_province(
    signer: Signer, verifier: Verifier
) -> None:
    content = b"x" * LARGEST_SIGNED_BYTES
    assert verifier.verifies(content, signer.sign(content))
    assert not verifier.verifies(content[:-1] + b"y", signer.sign(content))
