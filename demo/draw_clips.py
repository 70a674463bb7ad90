"""Draws the example clips of the reference platform: ``python -m demo.draw_clips``.

Our own line drawings of a hand and a card, moved. They are no signing and do not pretend to be.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from contract.clips import what_is_wrong

FOLDER = Path("province_platform") / "reference_clips"
DRAWINGS = Path("screens") / "drawings"
SIDE_PX = 400
FRAMES, FRAME_MS, REST_MS = 16, 80, 1400
_AWAY = 0.24
"""How far the hand goes, of the height."""


def frames(*, leaving: bool) -> Iterator[numpy.ndarray]:
    """The hand lays the card down, or takes it away."""
    still, moving = (QSvgRenderer(str(DRAWINGS / f"card_on_reader{part}.svg")) for part in ("", "_moving"))
    height = SIDE_PX * 270 / 300
    top = (SIDE_PX - height) / 2
    for number in range(FRAMES):
        way = (1 - math.cos(math.pi * number / (FRAMES - 1))) / 2
        down = _AWAY * (1 - way if leaving else way)
        image = QImage(SIDE_PX, SIDE_PX, QImage.Format.Format_RGB888)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        still.render(painter, QRectF(0, top, SIDE_PX, height))
        moving.render(painter, QRectF(0, top + down * height, SIDE_PX, height))
        painter.end()
        seen = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(SIDE_PX, image.bytesPerLine())
        yield cv2.cvtColor(seen[:, : 3 * SIDE_PX].reshape(SIDE_PX, SIDE_PX, 3), cv2.COLOR_RGB2BGR)


def clip(*, leaving: bool) -> bytes:
    """An animated WebP that terminals show."""
    animation = cv2.Animation()
    animation.frames = list(frames(leaving=leaving))
    animation.durations = [FRAME_MS] * (FRAMES - 1) + [REST_MS]
    done, content = cv2.imencodeanimation(".webp", animation, [cv2.IMWRITE_WEBP_QUALITY, 80])
    made = content.tobytes() if done else b""
    if wrong := what_is_wrong(made):
        raise RuntimeError(f"what was drawn {wrong}")
    return made


def main() -> int:
    """Writes both."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv)
    for name, leaving in (("sign_in", False), ("farewell", True)):
        (FOLDER / f"{name}.webp").write_bytes(clip(leaving=leaving))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
