"""Sealing: only the province opens, only what was sealed, and two envelopes never look alike."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.sealing import LARGEST_ENVELOPE, NotOpenedError, Opener, Sealer, make_private_key
from contract.structures import fields_of, structs

PERSON = '{"name":"欧阳娜娜","number":"11010519491231002X"}'.encode()


@pytest.fixture(scope="module")
def province() -> Opener:
    return Opener(make_private_key())


@pytest.fixture(scope="module")
def sealer(province: Opener) -> Sealer:
    return Sealer(province.public_key())


def test_what_the_terminal_seals_the_province_opens(province: Opener, sealer: Sealer) -> None:
    for content in (PERSON, b"", b"\x00\xff" * 5_000, "䶮𠮷".encode("gb18030")):
        assert province.open(sealer.seal(content)) == content


def test_what_any_field_of_the_wire_takes_can_be_opened(province: Opener, sealer: Sealer) -> None:
    fields = [field.longest for each in structs() for field in fields_of(each) if "sealed" in field.name]
    longest = max(longest for longest in fields if longest is not None)
    content = b"\xff" * (longest * 3 // 4 - 1_000)
    envelope = sealer.seal(content)
    assert longest - 2_000 < len(envelope) <= longest <= LARGEST_ENVELOPE
    assert province.open(envelope) == content


def test_the_terminal_cannot_read_what_it_has_sealed(sealer: Sealer) -> None:
    with pytest.raises(ValueError, match="not a JWK"):
        Opener(sealer.seal(PERSON))
    envelope = sealer.seal(PERSON)
    assert "11010519491231002X" not in envelope
    for part in envelope.split("."):
        assert b"11010519491231002X" not in base64.urlsafe_b64decode(part + "==")


def test_the_public_key_holds_nothing_private(province: Opener) -> None:
    assert set(json.loads(province.public_key())) == {"crv", "kty", "x", "y"}
    public_only = Opener(province.public_key())
    with pytest.raises(NotOpenedError):
        public_only.open(Sealer(province.public_key()).seal(PERSON))


def test_equal_contents_never_look_equal(sealer: Sealer) -> None:
    envelopes = [sealer.seal(PERSON) for _ in range(4)]
    for at in range(1, 5):  # the protected header names key and algorithms; all the rest differs
        assert len({envelope.split(".")[at] for envelope in envelopes}) == 4


def test_another_key_does_not_open(sealer: Sealer) -> None:
    with pytest.raises(NotOpenedError, match="cannot be opened"):
        Opener(make_private_key()).open(sealer.seal(PERSON))


def test_no_altered_part_is_opened_and_no_refusal_quotes_it(province: Opener, sealer: Sealer) -> None:
    parts = sealer.seal(PERSON).split(".")
    for at, part in enumerate(parts):
        middle = len(part) // 2
        other = "A" if part[middle] != "A" else "B"
        for altered in (part[:middle] + other + part[middle + 1 :], part[:-2], "", part + "AAAA"):
            envelope = ".".join([*parts[:at], altered, *parts[at + 1 :]])
            with pytest.raises(NotOpenedError) as refusal:
                province.open(envelope)
            assert part[:8] not in str(refusal.value)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "dir", "enc": "A256GCM"},
        {"alg": "none"},
        {"alg": "ECDH-ES+A256KW", "enc": "A128CBC-HS256"},
        {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"},
        {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "epk": {"kty": "oct", "k": "AA"}},
        {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "epk": 7},
        {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "zip": "DEF"},
        {"alg": 7, "enc": []},
        {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "epk": {"kty": [], "crv": {}, "x": 7, "y": None}},
        [],
        None,
    ],
)
def test_an_envelope_of_another_make_is_not_opened(province: Opener, sealer: Sealer, header: object) -> None:
    _, *rest = sealer.seal(PERSON).split(".")
    head = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    with pytest.raises(NotOpenedError):
        province.open(".".join([head, *rest]))


def test_a_compressed_envelope_is_not_unpacked(province: Opener, sealer: Sealer) -> None:
    """A small envelope could become a large content (RFC 8725, 3.6): ours never compress."""
    from joserfc import jwe
    from joserfc.jwk import ECKey

    key = ECKey.import_key(json.loads(province.public_key()))
    header = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "zip": "DEF"}
    bomb = jwe.encrypt_compact(header, b"0" * 200_000, key, algorithms=[*header.values()])
    with pytest.raises(NotOpenedError):
        province.open(bomb)


@given(
    st.text(max_size=200)
    | st.lists(st.from_regex(r"[A-Za-z0-9_-]{0,40}"), min_size=5, max_size=5).map(".".join)
)
def test_garbage_is_not_opened_and_raises_nothing_else(province: Opener, garbage: str) -> None:
    with pytest.raises(NotOpenedError):
        province.open(garbage)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "{}",
        "[]",
        "7",
        "not json",
        '{"kty":"oct","k":"AAAA"}',
        '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}',
        '{"kty":"EC","crv":"P-384"}',
        '{"kty":"RSA","n":"AQAB","e":"AQAB"}',
    ],
)
def test_what_is_no_key_on_the_curve_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"JWK|P-256"):
        Sealer(key)


def test_a_key_on_another_curve_is_refused() -> None:
    from joserfc.jwk import ECKey

    with pytest.raises(ValueError, match="P-256"):
        Sealer(json.dumps(ECKey.generate_key("P-384").as_dict(private=False)))
