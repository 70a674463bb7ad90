"""Clips of signing (手语片段): what the province shows at a step to people who do not hear, as signed data.

A sheet carries its clips in itself, so that one signature is over all of it and nothing of it is half there.
A clip is an animated WebP (RFC 9649): a film is not drawn by software rendering, a picture is.
"""

from __future__ import annotations

import struct
from base64 import b64decode
from collections.abc import Iterator
from typing import Annotated

import msgspec

from contract.fields import named, rows, text
from contract.items import LocalText
from contract.sets import Coded

LARGEST_CLIP_BYTES = 600_000
WIDEST_PX = 480
"""Of width and of height."""
MOST_FRAMES = 300
SHORTEST_FRAME_MS = 40
"""Faster flickers (WCAG 2.2, 2.3.1), and no terminal draws it."""
_CHUNK = struct.Struct("<4sI")
_ANIMATED = 0x02  # RFC 9649, 2.7.1: the flag A of the chunk VP8X


class ClipPlace(Coded):
    """Where a clip is shown: a step at a device, or one of help."""

    SIGN_IN = "sign_in", "核对身份", "where the card is laid down or a code shown"
    CAPTURE = "capture", "拍材料", "where a paper is laid under the camera"
    SLIP = "slip", "取凭条", "where the result is, and the slip comes out"
    HELP = "help", "求助", "where help by people is"
    FAREWELL = "farewell", "带好东西", "where card and paper are to be taken along"


class Clip(msgspec.Struct, frozen=True, kw_only=True):
    """One clip."""

    place: Annotated[ClipPlace, named("位置")]
    caption: Annotated[LocalText, named("说明", "what it says, in words; it stands under the clip")]
    pictures: Annotated[
        str, text("画面", 4 * LARGEST_CLIP_BYTES // 3 + 4, "animated WebP, base64 (RFC 4648, 4)")
    ]

    def content(self) -> bytes:
        """The animated WebP."""
        return b64decode(self.pictures, validate=True)

    def __repr__(self) -> str:
        return f"Clip({self.place.value})"


class ClipSheet(msgspec.Struct, frozen=True, kw_only=True):
    """手语单: every clip that terminals show; an empty one takes all of them back."""

    sheet_id: Annotated[str, text("手语单编号", 64, pattern=r"^[a-z0-9.-]+$(?!\n)")]
    clips: Annotated[list[Clip], rows("片段", 5, "at most one at each place")] = []


def decode_clips(content: bytes) -> ClipSheet:
    """The sheet. Raises ``ValueError`` (also ``msgspec.ValidationError``) that says what to put right."""
    sheet = msgspec.json.decode(content, type=ClipSheet)
    places = [clip.place for clip in sheet.clips]
    if len(places) != len(set(places)):
        raise ValueError("two clips have the same place")
    for clip in sheet.clips:
        if wrong := what_is_wrong(clip.content()):
            raise ValueError(f"the clip {clip.place.value} {wrong}")
    return sheet


def what_is_wrong(pictures: bytes) -> str:
    """Why terminals do not show this; empty when they do."""
    if len(pictures) > LARGEST_CLIP_BYTES:
        return f"has more than {LARGEST_CLIP_BYTES} bytes"
    chunks = list(_chunks(pictures))
    heads = [body for name, body in chunks if name == b"VP8X" and len(body) >= 10]
    if len(heads) != 1 or not heads[0][0] & _ANIMATED:
        return "is no animated WebP"
    width, height = (1 + int.from_bytes(heads[0][place : place + 3], "little") for place in (4, 7))
    if max(width, height) > WIDEST_PX:
        return f"is larger than {WIDEST_PX} by {WIDEST_PX} pixels"
    lasts_ms = [int.from_bytes(body[12:15], "little") for name, body in chunks if name == b"ANMF"]
    if not 2 <= len(lasts_ms) <= MOST_FRAMES:
        return f"has {len(lasts_ms)} frames; there may be 2 to {MOST_FRAMES}"
    if min(lasts_ms) < SHORTEST_FRAME_MS:
        return f"has a frame of less than {SHORTEST_FRAME_MS} ms"
    return ""


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a WebP file (RFC 9649, 2.3 and 2.4), up to where it breaks off; none of another file."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return
    place = 12
    while place + _CHUNK.size <= len(content):
        name, length = _CHUNK.unpack_from(content, place)
        body = content[place + _CHUNK.size : place + _CHUNK.size + length]
        if len(body) < length:
            return
        yield name, body
        place += _CHUNK.size + length + length % 2
