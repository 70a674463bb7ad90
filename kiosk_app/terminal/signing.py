"""手语: clips of signing, as the province published them and as a screen shows one."""

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


@dataclass(frozen=True, slots=True)
class SigningView:
    """The clip of the step that is shown."""

    caption: str
    """What it says, in words."""
    pictures: bytes = field(repr=False)
    """Animated WebP, at most 480 by 480 pixels."""


def kept_clips(sheet: ClipSheet) -> Mapping[ClipPlace, KeptClip]:
    """The clips of a sheet by their places."""
    return {clip.place: KeptClip(clip.caption, clip.content()) for clip in sheet.clips}
