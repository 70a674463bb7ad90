"""A picture of the screen without the person: drawn again, by a process that has never had anything of her.

The screen itself is not touched, and nobody at it notices. ``python -m screens.redrawn`` is that process: it
reads a view that is already without the person from its standard input, and writes a PNG; with ``wire``, a
JPEG that is small enough for the line.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

from kiosk_app.terminal.views import View
from screens.redaction import without_person

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

DRAWN_WITHIN_S = 20.0
LARGEST_BYTES = 130_000
_WIDTH_PIXELS = 720
_QUALITIES = (85, 70, 50, 30)
_WIRE = "wire"
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def picture_without_person(view: View, *, for_the_wire: bool = False) -> bytes | None:
    """PNG of what ``view`` looks like without the person, 1080 by 1920; None when it could not be drawn.

    ``for_the_wire`` it is a JPEG, 720 by 1280, of 130 000 bytes at the most. Takes about a second; never from
    the GUI thread.
    """
    try:
        drawn = subprocess.run(
            [sys.executable, "-m", "screens.redrawn", *([_WIRE] if for_the_wire else [])],
            input=pickle.dumps(without_person(view)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_OFFSCREEN},
            timeout=DRAWN_WITHIN_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return drawn.stdout


def main() -> None:
    """Draws the view that comes in."""
    # Nobody who asks for a picture needs what draws it.
    from screens.application import ScreenApplication  # noqa: PLC0415
    from screens.gallery import settle  # noqa: PLC0415

    view = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our parent
    screens = ScreenApplication(lambda _: None, fullscreen=False, motion=False)
    screens.bridge.publish(view)
    settle(screens)
    picture = screens.window.grabWindow()
    written = _small(picture) if _WIRE in sys.argv[1:] else _saved(picture, "PNG", -1)
    sys.stdout.buffer.write(written)
    screens.close()


def _small(picture: QImage) -> bytes:
    """As good as goes into so many bytes."""
    from PySide6.QtCore import Qt  # noqa: PLC0415  # as above

    narrow = picture.scaledToWidth(_WIDTH_PIXELS, Qt.TransformationMode.SmoothTransformation)
    tried = (_saved(narrow, "JPEG", quality) for quality in _QUALITIES)
    return next((content for content in tried if len(content) <= LARGEST_BYTES), b"")


def _saved(picture: QImage, form: str, quality: int) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice  # noqa: PLC0415  # as above

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, form, quality)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(buffer.data().data())


if __name__ == "__main__":
    main()
