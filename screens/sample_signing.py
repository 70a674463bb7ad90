"""An example of a step with a clip of signing; see screens/samples.py. Nothing in it moves."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from kiosk_app.terminal.signing_view import SigningView
from screens.pictures import FOLDER
from screens.sample_pages import Say

SIGNED = ("sign_in_signed", "question_paper_signed", "result_signed", "help_signed", "farewell_signed")
_SIDE_PX = 300


def signing(say: Say) -> SigningView:
    """Return a clip of one picture, with its words."""
    image = QImage(_SIDE_PX, _SIDE_PX, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(str(FOLDER / "drawings" / "card_on_reader.svg")).render(
        painter, QRectF(0, 15, _SIDE_PX, _SIDE_PX * 270 / 300)
    )
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"webp")).write(image)
    return SigningView(
        say("把身份证平放在读卡区，别急着拿。", "Lay your card flat on the reader and leave it there."),
        bytes(buffer.data().data()),
    )
