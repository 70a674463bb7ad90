"""A sealed stream opens to the very same bytes, and to nothing when anything about it was changed."""

from __future__ import annotations

import io
import secrets
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.sealed_stream import SEGMENT_BYTES, TAG_BYTES, open_stream, seal_stream
from contract.sealing import NotOpenedError, Opener, Sealer, make_private_key

PRIVATE_KEY = make_private_key()
OPENER = Opener(PRIVATE_KEY)
SEALER = Sealer(OPENER.public_key())
SEALED_SEGMENT = SEGMENT_BYTES + TAG_BYTES


def sealed(content: bytes) -> bytes:
    return b"".join(seal_stream([content], SEALER))


def opened(stream: bytes) -> bytes:
    return b"".join(open_stream(io.BytesIO(stream), OPENER))


def parts(stream: bytes) -> tuple[bytes, list[bytes]]:
    """The first line and the segments."""
    end = stream.index(b"\n") + 1
    body = stream[end:]
    return stream[:end], [body[at : at + SEALED_SEGMENT] for at in range(0, len(body), SEALED_SEGMENT)]


@pytest.mark.parametrize(
    "size", [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES]
)
def test_what_was_sealed_is_what_is_opened(size: int) -> None:
    content = secrets.token_bytes(size)
    stream = sealed(content)
    first_line, segments = parts(stream)
    assert opened(stream) == content
    assert len(segments) == max(1, -(-size // SEGMENT_BYTES))
    assert len(stream) == len(first_line) + size + len(segments) * TAG_BYTES


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=SEGMENT_BYTES), max_size=6))
def test_how_the_content_came_in_pieces_does_not_matter(pieces: list[bytes]) -> None:
    stream = b"".join(seal_stream(pieces, SEALER))
    assert opened(stream) == b"".join(pieces)
    assert len(parts(stream)[1]) == max(1, -(-sum(map(len, pieces)) // SEGMENT_BYTES))


def test_the_same_content_never_looks_the_same() -> None:
    content = bytes(100)
    assert parts(sealed(content))[1] != parts(sealed(content))[1]


@pytest.mark.parametrize("place", ["first line", "first segment", "last segment", "tag"])
def test_a_changed_bit_is_noticed(place: str) -> None:
    stream = bytearray(sealed(secrets.token_bytes(2 * SEGMENT_BYTES + 100)))
    first_line = stream.index(b"\n") + 1
    at = {
        "first line": 60,
        "first segment": first_line + 10,
        "last segment": len(stream) - TAG_BYTES - 1,
        "tag": len(stream) - 1,
    }[place]
    stream[at] ^= 1
    with pytest.raises(NotOpenedError):
        opened(bytes(stream))


def test_segments_cannot_be_moved_dropped_doubled_or_lent() -> None:
    first_line, (one, two, three) = parts(sealed(secrets.token_bytes(3 * SEGMENT_BYTES)))
    _, (other, *_) = parts(sealed(secrets.token_bytes(3 * SEGMENT_BYTES)))
    for changed in (
        [two, one, three],
        [one, three],
        [one, two],
        [one],
        [],
        [one, two, two, three],
        [other, two, three],
        [one, two, three, three],
    ):
        with pytest.raises(NotOpenedError):
            opened(first_line + b"".join(changed))


def test_a_stream_cut_anywhere_is_noticed() -> None:
    stream = sealed(secrets.token_bytes(SEGMENT_BYTES + 50))
    for length in (0, 10, stream.index(b"\n"), stream.index(b"\n") + 1, SEGMENT_BYTES, len(stream) - 1):
        with pytest.raises(NotOpenedError):
            opened(stream[:length])


def test_another_cipher_another_form_and_another_key_are_refused() -> None:
    stream = sealed(b"content")
    for strange in (
        stream.replace(b"A256GCM", b"SM4GCM", 1),
        stream.replace(b"stream/1", b"stream/2", 1),
        b"\xff\xd8\xff\xe0 a picture \n" + bytes(100),
        stream.replace(b" A256GCM ", b" A256GCM \xff", 1),
    ):
        with pytest.raises(NotOpenedError):
            opened(strange)
    stranger = Opener(make_private_key())
    with pytest.raises(NotOpenedError):
        b"".join(open_stream(io.BytesIO(stream), stranger))


def test_a_large_content_never_stands_whole_in_memory() -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(160):
            yield bytes(SEGMENT_BYTES)

    tracemalloc.start()
    try:
        length = sum(len(piece) for piece in seal_stream(pieces(), SEALER))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length > 10_000_000
    assert peak < 1_000_000
