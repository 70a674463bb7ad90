"""手语: clips of signing, as the province published them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract.clips import ClipPlace, ClipSheet
from contract.items import LocalText


@dataclass(frozen=True, slots=True)
class KeptClip:
    """One clip, ready to be shown."""

    caption: LocalText
    pictures: bytes = field(repr=False)
    """Animated WebP."""


def kept_clips(sheet: ClipSheet) -> Mapping[ClipPlace, KeptClip]:
    """The clips of a sheet by their places."""
    return {clip.place: KeptClip(clip.caption, clip.content()) for clip in sheet.clips}
