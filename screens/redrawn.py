"""A picture of the screen without the person: drawn again, by a process that has never had anything of her.

The screen itself is not touched, and nobody at it notices. ``python -m screens.redrawn`` is that process: it
reads a view that is already without the person from its standard input, and writes a PNG.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

from kiosk_app.terminal.views import View
from screens.redaction import without_person

DRAWN_WITHIN_S = 20.0
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def picture_without_person(view: View) -> bytes | None:
    """PNG of what ``view`` looks like without the person, 1080 by 1920; None when it could not be drawn.

    Takes about a second; never from the GUI thread.
    """
    try:
        drawn = subprocess.run(
            [sys.executable, "-m", "screens.redrawn"],
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
    from PySide6.QtCore import QBuffer, QIODevice  # noqa: PLC0415  # nobody who asks for a picture needs them

    from screens.application import ScreenApplication  # noqa: PLC0415
    from screens.gallery import settle  # noqa: PLC0415

    view = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our parent
    screens = ScreenApplication(lambda _: None, fullscreen=False, motion=False)
    screens.bridge.publish(view)
    settle(screens)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    screens.window.grabWindow().save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes
    sys.stdout.buffer.write(buffer.data().data())
    screens.close()


if __name__ == "__main__":
    main()
