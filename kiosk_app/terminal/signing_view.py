"""手语, as a screen shows it; see ``kiosk_app.terminal.views``."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SigningView:
    """The clip of the step that is shown."""

    caption: str
    """What it says, in words."""
    pictures: bytes = field(repr=False)
    """Animated WebP, at most 480 by 480 pixels."""
