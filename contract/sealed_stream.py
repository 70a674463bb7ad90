"""Sealing what is too large for one envelope: a line that says how, then segments under a key of their own.

    dianxiaoer-sealed-stream/1 A256GCM <envelope of the content key>\\n
    segment 0, segment 1, … the last segment

The first line is ASCII; its last word is an envelope of :mod:`contract.sealing`, which closes 32 random
bytes to the province's key. Each segment has 64 KiB of content and 16 bytes of tag, the last one as much as
is left: at least one byte, unless the whole content is empty. Its nonce is its number in 11 bytes, the
highest first, and one byte that is 1 for the last segment and 0 for the others; the first line is bound to
each of them. So a segment that was altered, moved, taken away or taken from another stream is noticed, and so
is a stream that was cut. This is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, CRYPTO 2015) as the age format uses it. The
second word names the cipher of the segments: A256GCM (AES-256-GCM, NIST SP 800-38D) or, to a key of the
government profile, SM4-GCM (GB/T 32907, RFC 8998). Another profile is another word, and never another
reader's mistake.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contract.sealing import NotOpenedError, Opener, Profile, Sealer
from contract.sm4_gcm import Sm4Gcm

SEGMENT_BYTES = 64 * 1024
TAG_BYTES = 16
LONGEST_FIRST_LINE_BYTES = 8 * 1024
_FORM = b"dianxiaoer-sealed-stream/1"


@dataclass(frozen=True, slots=True)
class _Cipher:
    """How the segments of a profile are closed."""

    name: bytes
    key_bytes: int
    make: Callable[[bytes], AESGCM | Sm4Gcm]


_CIPHER_OF = {
    Profile.INTERNATIONAL: _Cipher(b"A256GCM", 32, AESGCM),
    Profile.GOVERNMENT: _Cipher(b"SM4-GCM", 16, Sm4Gcm),
}


def seal_stream(content: Iterable[bytes], sealer: Sealer) -> Iterator[bytes]:
    """The sealed stream of ``content``, piece by piece; holds no more of it than a segment and a piece."""
    kind = _CIPHER_OF[sealer.profile]
    key = secrets.token_bytes(kind.key_bytes)
    first_line = b" ".join((_FORM, kind.name, sealer.seal(key).encode("ascii"))) + b"\n"
    cipher = kind.make(key)
    yield first_line
    number, held = 0, bytearray()
    for piece in content:
        held += piece
        while len(held) > SEGMENT_BYTES:  # exactly one segment may be the last one, so it waits
            yield cipher.encrypt(_nonce(number, is_last=False), bytes(held[:SEGMENT_BYTES]), first_line)
            del held[:SEGMENT_BYTES]
            number += 1
    yield cipher.encrypt(_nonce(number, is_last=True), bytes(held), first_line)


def open_stream(sealed: BinaryIO, opener: Opener) -> Iterator[bytes]:
    """The content, piece by piece; holds no more of it than two segments.

    Each piece is what was sealed, but only the end proves that it was all: whoever uses the content waits for
    it. Raises :class:`~contract.sealing.NotOpenedError`, which never quotes any of it.
    """
    first_line = sealed.readline(LONGEST_FIRST_LINE_BYTES)
    cipher = _content_cipher(first_line, opener)
    number, segment = 0, sealed.read(SEGMENT_BYTES + TAG_BYTES)
    while True:
        following = sealed.read(SEGMENT_BYTES + TAG_BYTES)
        try:
            piece = cipher.decrypt(_nonce(number, is_last=not following), segment, first_line)
        except (InvalidTag, ValueError):
            raise NotOpenedError("the stream was altered or cut") from None
        if not piece and number:
            raise NotOpenedError("the stream ends in an empty segment")
        yield piece
        if not following:
            return
        number, segment = number + 1, following


def _content_cipher(first_line: bytes, opener: Opener) -> AESGCM | Sm4Gcm:
    words = first_line.rstrip(b"\n").split(b" ")
    if len(words) != 3 or words[0] != _FORM or not first_line.endswith(b"\n"):
        raise NotOpenedError("not a sealed stream")
    kind = next((kind for kind in _CIPHER_OF.values() if kind.name == words[1]), None)
    if kind is None:
        raise NotOpenedError("sealed with a cipher that is unknown here")
    try:
        key = opener.open(words[2].decode("ascii"))
    except UnicodeDecodeError:
        raise NotOpenedError("not a sealed stream") from None
    if len(key) != kind.key_bytes:
        raise NotOpenedError("the stream's key has the wrong length")
    return kind.make(key)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
