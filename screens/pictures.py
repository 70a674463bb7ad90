"""Drawings and icons in the colours of the theme, for ``image://pictures/…``.

Our SVG files are drawn in the colours of the light scheme, so that any viewer shows them right. Here those
colours are exchanged for the ones that the theme has now, which QML names in the address:

    image://pictures/drawings/card_on_reader?16232c-4a5a64-…
    image://pictures/icons/back?ffffff

A logo of the province's theme pack comes with the address itself (base64url), and is grey where QML says so:

    image://pictures/logos/PHN2Zy…?grey

A code is drawn from what it says, dark on white in every scheme, because that is what is read everywhere:

    image://pictures/codes/DXS1.…
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent
INKS = ("16232c", "4a5a64", "0a5466", "9e2427", "17603a", "7a4e00", "ffffff", "dcecef", "faf7f1", "b9cfd4")
"""ink, ink-soft, river, lacquer, jade, amber, card, tint, paper, line: the order in which QML names them."""

QUIET_ZONE_MODULES = 4
_PLACEHOLDER = "#ink-{}#"


def in_colours(svg: str, colours: list[str]) -> str:
    """Return the drawing with the first of :data:`INKS` exchanged for these (six hexadecimal digits each)."""
    pairs = list(zip(INKS, colours, strict=False))
    for number, (old, _) in enumerate(pairs):
        svg = svg.replace(f"#{old}", _PLACEHOLDER.format(number)).replace(
            f"#{old.upper()}", _PLACEHOLDER.format(number)
        )
    for number, (_, new) in enumerate(pairs):
        svg = svg.replace(_PLACEHOLDER.format(number), f"#{new}")
    return svg


def code_picture(says: str, width: int, size: QSize) -> QImage:
    """Draw a QR code (ISO/IEC 18004) at most ``width`` pixels wide, every module equally large.

    ``size`` is set to that of the picture, which is a little narrower where ``width`` is no multiple.
    """
    import segno  # noqa: PLC0415 -- not before the first screen: it takes longer to load than that to draw

    modules = segno.make_qr(says, error="m", mode="byte", boost_error=False)
    rows = list(modules.matrix_iter(border=QUIET_ZONE_MODULES))
    dots = max(1, width // len(rows))
    image = QImage(len(rows) * dots, len(rows) * dots, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(QRect(x * dots, y * dots, dots, dots), Qt.GlobalColor.black)
    painter.end()
    size.setWidth(image.width())
    size.setHeight(image.height())
    return image


def logo_picture(drawing: str, size: QSize, *, grey: bool) -> QImage:
    """Draw an SVG (base64url) in the middle of a picture of this size, in its own proportions."""
    renderer = QSvgRenderer(QByteArray(urlsafe_b64decode(drawing)))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    if grey:
        seen_through = image.convertToFormat(QImage.Format.Format_Alpha8)
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        image = image.convertToFormat(QImage.Format.Format_ARGB32)
        image.setAlphaChannel(seen_through)
    return image


class Pictures(QQuickImageProvider):
    """Renders the SVG files beside this module at the size that is asked for."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, identifier: str, size: QSize, requested: QSize) -> QImage:
        """Return the file as a picture of the requested width and height."""
        folder, _, rest = identifier.partition("/")
        if folder == "codes":  # whatever it says, addresses too
            return code_picture(rest, requested.width(), size)
        name, _, colours = rest.partition("?")
        if folder == "logos":
            return logo_picture(name, requested, grey=colours == "grey")
        svg = (FOLDER / folder / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(in_colours(svg, colours.split("-") if colours else []).encode()))
        natural = renderer.defaultSize()
        wanted = requested if requested.width() > 0 and requested.height() > 0 else natural
        size.setWidth(wanted.width())
        size.setHeight(wanted.height())
        image = QImage(wanted, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, wanted.width(), wanted.height()))
        painter.end()
        return image
