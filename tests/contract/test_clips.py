"""Clips of signing: what terminals would not show is refused with the reason, before it is published."""

from __future__ import annotations

import struct
from base64 import b64encode
from pathlib import Path
from typing import Any

import msgspec
import pytest

from contract.clips import LARGEST_CLIP_BYTES, ClipPlace, decode_clips, what_is_wrong

GOOD = (Path("province_platform") / "reference_clips" / "sign_in.webp").read_bytes()


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def webp(
    width: int = 100, height: int = 100, *, lasts_ms: tuple[int, ...] = (80, 80), flags: int = 2
) -> bytes:
    """As much of an animated WebP as is looked at (RFC 9649, 2.7)."""
    head = bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    frames = [chunk(b"ANMF", bytes(12) + lasts.to_bytes(3, "little") + b"\0") for lasts in lasts_ms]
    body = b"WEBP" + chunk(b"VP8X", head) + b"".join(frames)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def sheet(*clips: dict[str, Any]) -> bytes:
    return msgspec.json.encode({"sheet_id": "a-sheet", "clips": list(clips)})


def clip(pictures: bytes, place: str = "sign_in") -> dict[str, Any]:
    return {
        "place": place,
        "caption": {"zh": "放卡", "en": "Card"},
        "pictures": b64encode(pictures).decode("ascii"),
    }


def test_the_examples_are_as_they_have_to_be_and_say_that_they_are_no_signing() -> None:
    assert what_is_wrong(GOOD) == ""
    found = decode_clips(sheet(clip(GOOD), clip(GOOD, "farewell")))
    assert [each.place for each in found.clips] == [ClipPlace.SIGN_IN, ClipPlace.FAREWELL]
    assert found.clips[0].content() == GOOD
    assert len(repr(found.clips[0])) < 40, "nobody wants the pictures in a log"
    words = (Path("province_platform") / "reference_clips" / "clips.toml").read_text(encoding="utf-8")
    assert words.count("不是手语") == words.count("not signing") == 2


@pytest.mark.parametrize(
    ("pictures", "why"),
    [
        (b"GIF89a", "is no animated WebP"),
        (GOOD[:40], "has 0 frames"),
        (webp(flags=0), "is no animated WebP"),
        (webp(481, 100), "is larger than 480 by 480 pixels"),
        (webp(100, 481), "is larger than 480 by 480 pixels"),
        (webp(lasts_ms=(80,)), "has 1 frames"),
        (webp(lasts_ms=(80,) * 301), "has 301 frames"),
        (webp(lasts_ms=(80, 39)), "has a frame of less than 40 ms"),
        (webp() + bytes(LARGEST_CLIP_BYTES), f"has more than {LARGEST_CLIP_BYTES} bytes"),
    ],
)
def test_what_could_not_be_shown_is_refused(pictures: bytes, why: str) -> None:
    assert why in what_is_wrong(pictures)
    with pytest.raises(ValueError, match=r"sign_in|pictures"):
        decode_clips(sheet(clip(pictures)))


def test_one_place_has_one_clip_and_what_is_no_base64_is_refused() -> None:
    with pytest.raises(ValueError, match="same place"):
        decode_clips(sheet(clip(webp()), clip(webp())))
    with pytest.raises(ValueError, match=r"base64|padding|alphabet"):
        decode_clips(sheet(clip(webp()) | {"pictures": "***"}))
    assert decode_clips(sheet()).clips == []
