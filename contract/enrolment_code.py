"""The enrolment code that a technician types or scans: a single-use secret and whom to believe.

``DXR-`` and 48 characters in groups of six: 15 bytes of secret, 14 bytes of the SHA-256 fingerprint of the
platform's authority and one check byte, in Crockford's base 32 (no I, L, O, U; reading is forgiving: o is
0, i and l are 1, case and separators do not matter).

The check finds every single wrong character and every two that changed places. It is a CRC of 8 bits over an
irreducible polynomial of order 255 (x⁸+x⁴+x³+x²+1, that of SAE J1850), so it finds every error of up to 8
bits in a row (a character has 5) and every swap within 51 characters (a code has 48).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECRET_BYTES = 15
_FINGERPRINT_BYTES = 14
_GROUP = 6
_CHARACTERS = (_SECRET_BYTES + _FINGERPRINT_BYTES + 1) * 8 // 5


class MalformedCodeError(ValueError):
    """The code is incomplete or mistyped; the message says which, and is safe to show."""


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """``secret`` is hexadecimal text; ``fingerprint`` the first 14 bytes of SHA-256 of the DER."""

    secret: str = field(repr=False)
    fingerprint: bytes

    def text(self) -> str:
        """The code as it is printed."""
        content = bytes.fromhex(self.secret) + self.fingerprint
        characters = _encode(content + _check(content))
        return "DXR-" + "-".join(characters[at : at + _GROUP] for at in range(0, len(characters), _GROUP))

    def believes(self, authority_der: bytes) -> bool:
        """Whether this code names that authority."""
        return secrets.compare_digest(fingerprint(authority_der), self.fingerprint)


def fingerprint(authority_der: bytes) -> bytes:
    """What a code carries of an authority's certificate."""
    return hashlib.sha256(authority_der).digest()[:_FINGERPRINT_BYTES]


def make_code(authority_der: bytes) -> EnrolmentCode:
    """A new code with 120 random bits."""
    return EnrolmentCode(secrets.token_hex(_SECRET_BYTES), fingerprint(authority_der))


def parse_code(typed: str) -> EnrolmentCode:
    """The code that was typed or scanned. Raises :class:`MalformedCodeError`."""
    cleaned = typed.strip().upper()
    cleaned = cleaned.removeprefix("DXR").replace("-", "").replace(" ", "")
    cleaned = cleaned.translate(str.maketrans("OIL", "011"))
    if any(character not in _ALPHABET for character in cleaned):
        raise MalformedCodeError("the code holds a character that no code has")
    if len(cleaned) != _CHARACTERS:
        raise MalformedCodeError(f"the code has {len(cleaned)} characters of {_CHARACTERS}")
    value = int.from_bytes(_decode(cleaned))
    content = value.to_bytes(_SECRET_BYTES + _FINGERPRINT_BYTES + 1)
    if content[-1:] != _check(content[:-1]):
        raise MalformedCodeError("a character of the code is mistyped")
    return EnrolmentCode(content[:_SECRET_BYTES].hex(), content[_SECRET_BYTES:-1])


def _check(content: bytes) -> bytes:
    remainder = 0xFF  # not 0, so that leading zeros count
    for byte in content:
        remainder ^= byte
        for _ in range(8):
            remainder = (remainder << 1) ^ (0x11D if remainder & 0x80 else 0)
    return bytes([remainder ^ 0xFF])


def _encode(content: bytes) -> str:
    value = int.from_bytes(content)
    return "".join(_ALPHABET[(value >> 5 * at) & 31] for at in reversed(range(_CHARACTERS)))


def _decode(characters: str) -> bytes:
    value = 0
    for character in characters:
        value = value << 5 | _ALPHABET.index(character)
    return value.to_bytes(_CHARACTERS * 5 // 8)
