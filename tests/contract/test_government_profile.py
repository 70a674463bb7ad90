"""The government profile against the examples of its standards, and against somebody else's program."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import secrets

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.sealed_stream import open_stream, seal_stream
from contract.sealing import NotOpenedError, Opener, Profile, Sealer, make_private_key
from contract.sm2 import Sm2PrivateKey, Sm2PublicKey
from contract.sm4_gcm import Sm4Gcm
from tests.fixtures import somebody_elses

# GB/T 32918.5-2017, annex C: the key pair and the ciphertext of "encryption standard", as DER of GM/T 0009.
SECRET = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
X = bytes.fromhex("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020")
Y = bytes.fromhex("ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
C1_X = "04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
C1_Y = "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
C3 = "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
C2 = "21886ca989ca9c7d58087307ca93092d651efa"
CIPHERTEXT = bytes.fromhex(f"307c0220{C1_X}022100{C1_Y}0420{C3}0413{C2}")
PERSON = '{"name":"欧阳娜娜","number":"11010519491231002X"}'.encode()

PRIVATE_KEY = make_private_key(Profile.GOVERNMENT)
PROVINCE = Opener(PRIVATE_KEY, make_private_key())
SEALER = Sealer(PROVINCE.public_key(Profile.GOVERNMENT))


def parts_of(der: bytes) -> list[bytes]:
    """The four values of an SM2Cipher; every length is below 128 here."""
    assert der[0] == 0x30
    values, at = [], 2
    while at < len(der):
        length = der[at + 1]
        values.append(der[at + 2 : at + 2 + length])
        at += 2 + length
    return values


def as_raw(der: bytes) -> bytes:
    """C1 C3 C2 one after the other, as others have it."""
    x, y, digest, content = parts_of(der)
    return b"\x04" + x[-32:].rjust(32, b"\0") + y[-32:].rjust(32, b"\0") + digest + content


def as_der(raw: bytes) -> bytes:
    def value(tag: int, content: bytes) -> bytes:
        return bytes([tag, len(content)]) + content

    def integer(number: bytes) -> bytes:
        short = number.lstrip(b"\0")
        return value(0x02, b"\0" + short if short[0] & 0x80 else short)

    return value(
        0x30, integer(raw[1:33]) + integer(raw[33:65]) + value(0x04, raw[65:97]) + value(0x04, raw[97:])
    )


def test_sm2_opens_the_example_of_the_standard() -> None:
    assert Sm2PrivateKey(SECRET, X, Y).decrypt(CIPHERTEXT) == b"encryption standard"


def test_sm2_and_an_independent_program_read_each_other() -> None:
    other = somebody_elses.Sm2(SECRET, X, Y)
    for content in (b"\x00", b"encryption standard", secrets.token_bytes(16)):
        assert other.decrypt(as_raw(Sm2PublicKey(X, Y).encrypt(content))) == content
        assert Sm2PrivateKey(SECRET, X, Y).decrypt(as_der(other.encrypt(content))) == content


def test_a_new_key_of_ours_is_a_key_to_others() -> None:
    key = Sm2PrivateKey.generate()
    other = somebody_elses.Sm2(key.secret, key.public.x, key.public.y)
    assert other.decrypt(as_raw(key.public.encrypt(b"sixteen bytes ..."))) == b"sixteen bytes ..."
    assert key.secret.hex() not in repr(key)


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match="OpenSSL does not take"):
        Sm2PublicKey(X, X)
    for x, y in ((b"", b""), (X, Y[:31]), (X + b"\0", Y)):
        with pytest.raises(ValueError, match="32 bytes"):
            Sm2PublicKey(x, y)
    with pytest.raises(ValueError, match="32 bytes"):
        Sm2PrivateKey(b"short", X, Y)
    for wrong in (
        "{}",
        '{"kty":"EC","crv":"SM2"}',
        '{"kty":"EC","crv":"SM2","x":"é","y":"AA"}',
        '{"crv":"SM2"}',
    ):
        with pytest.raises(ValueError, match=r"\w"):
            Sealer(wrong)


def test_a_machine_without_openssl_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contract.sm2._LIBRARY", "libcrypto.so.none")
    with pytest.raises(ValueError, match="is not installed"):
        Sealer(PROVINCE.public_key(Profile.GOVERNMENT))


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_garbage_is_no_ciphertext(garbage: bytes) -> None:
    with pytest.raises(ValueError, match="does not take"):
        Sm2PrivateKey(SECRET, X, Y).decrypt(garbage)


def test_sm3_is_that_of_the_standard() -> None:
    """GB/T 32905-2016, annex A."""
    for content, digest in (
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ):
        ours = hashes.Hash(hashes.SM3())
        ours.update(content)
        assert ours.finalize().hex() == somebody_elses.sm3(content).hex() == digest


def test_sm4_is_that_of_the_standard() -> None:
    """GB/T 32907-2016, annex A.1."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    block = Cipher(algorithms.SM4(key), modes.ECB()).encryptor().update(key)  # noqa: S305 - one block
    assert block.hex() == somebody_elses.sm4_block(key, key).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_is_that_of_rfc_8998() -> None:
    """RFC 8998, appendix A.1."""
    cipher = Sm4Gcm(bytes.fromhex("0123456789abcdeffedcba9876543210"))
    nonce = bytes.fromhex("00001234567800000000abcd")
    data = b"".join(bytes([letter]) * 8 for letter in bytes.fromhex("aabbccddeeffeeaa"))
    header = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    closed = cipher.encrypt(nonce, data, header)
    assert closed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert cipher.decrypt(nonce, closed, header) == data
    for altered in (closed[:-1], closed[:10], b"", bytes([closed[0] ^ 1]) + closed[1:]):
        with pytest.raises(InvalidTag):
            cipher.decrypt(nonce, altered, header)
    with pytest.raises(InvalidTag):
        cipher.decrypt(nonce, closed, b"another header")


def test_what_a_terminal_of_either_profile_seals_the_province_opens() -> None:
    international = Sealer(PROVINCE.public_key())
    assert (SEALER.profile, international.profile) == (Profile.GOVERNMENT, Profile.INTERNATIONAL)
    for content in (PERSON, b"", secrets.token_bytes(10_000)):
        assert PROVINCE.open(SEALER.seal(content)) == content
        assert PROVINCE.open(international.seal(content)) == content


def test_the_envelope_says_how_it_is_closed_and_nothing_of_what_is_in_it() -> None:
    envelope = SEALER.seal(PERSON)
    header, *parts = (base64.urlsafe_b64decode(part + "==") for part in envelope.split("."))
    said = json.loads(header)
    assert (said["alg"], said["enc"]) == ("SM2", "SM4-GCM")
    public = json.loads(PROVINCE.public_key(Profile.GOVERNMENT))
    assert set(public) == {"crv", "kty", "x", "y"}
    canonical = json.dumps(public, sort_keys=True, separators=(",", ":")).encode()
    assert base64.urlsafe_b64decode(said["kid"] + "=") == somebody_elses.sm3(canonical)
    assert not any(b"11010519491231002X" in part for part in parts)
    again = SEALER.seal(PERSON)
    assert [a != b for a, b in zip(envelope.split("."), again.split("."), strict=True)] == [
        False,
        *[True] * 4,
    ]


@pytest.mark.parametrize("place", range(5))
def test_no_altered_part_is_opened_and_no_refusal_quotes_it(place: int) -> None:
    parts = SEALER.seal(PERSON).split(".")
    content = bytearray(base64.urlsafe_b64decode(parts[place] + "=="))
    content[len(content) // 2] ^= 1
    parts[place] = base64.urlsafe_b64encode(content).rstrip(b"=").decode()
    with pytest.raises(NotOpenedError) as caught:
        PROVINCE.open(".".join(parts))
    assert "11010519491231002X" not in str(caught.value)


@pytest.mark.parametrize(
    "envelope", ["", ".", "....", "a.b.c.d.e", "é....", "eyJhbGciOiJTTTIifQ....", "e30...."]
)
def test_half_an_envelope_is_none(envelope: str) -> None:
    with pytest.raises(NotOpenedError):
        PROVINCE.open(envelope)


def test_another_key_or_none_of_its_profile_does_not_open() -> None:
    envelope = SEALER.seal(PERSON)
    for other in (Opener(make_private_key(Profile.GOVERNMENT)), Opener(make_private_key())):
        with pytest.raises(NotOpenedError):
            other.open(envelope)


def test_a_stream_of_files_is_closed_with_sm4_and_opened_by_the_same_province() -> None:
    content = secrets.token_bytes(150_000)
    stream = b"".join(seal_stream([content], SEALER))
    assert stream.startswith(b"dianxiaoer-sealed-stream/1 SM4-GCM ")
    assert hashlib.sha256(b"".join(open_stream(io.BytesIO(stream), PROVINCE))).digest() == (
        hashlib.sha256(content).digest()
    )
    for damaged in (stream[:-1], stream[:-20] + b"\0" * 20, stream.replace(b"SM4-GCM", b"A256GCM", 1)):
        with pytest.raises(NotOpenedError):
            list(open_stream(io.BytesIO(damaged), PROVINCE))
