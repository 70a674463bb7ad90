"""手语: draws the clip of a step, one picture after the other, off the thread that draws the screen.

Held are the clip as it came and two pictures of it, until the step or the session is over.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import Property, QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtQml import QmlElement, QQmlImageProviderBase
from PySide6.QtQuick import QQuickImageProvider

from kiosk_app.terminal.signing_view import SigningView

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1

_WIDEST_PX = 480
_SHORTEST_MS, _LONGEST_MS = 40, 5_000


class ClipFrames(QQuickImageProvider):
    """``image://signing/NUMBER``: the next picture of the clip, whatever the number; round and round.

    Pictures are asked for in a thread of Qt's own.
    """

    def __init__(self) -> None:
        super().__init__(
            QQuickImageProvider.ImageType.Image,
            QQmlImageProviderBase.Flag.ForceAsynchronousImageLoading,
        )
        self._lock = threading.Lock()
        self._pictures = b""
        self._buffer: QBuffer | None = None
        self._reader: QImageReader | None = None
        self.lasts_ms = _SHORTEST_MS

    def take(self, pictures: bytes) -> None:
        """From now on these, from their beginning; empty for none."""
        with self._lock:
            self._pictures = pictures
            self._reader = self._buffer = None

    def requestImage(self, identifier: str, size: QSize, requested: QSize) -> QImage:  # noqa: ARG002  # Qt's
        """The next picture, as large as it is asked for; one that is none is empty."""
        with self._lock:
            image = self._read()
            if image.isNull():  # the last one was
                self._begin()
                image = self._read()
        if requested.isValid() and not image.isNull():
            image = image.scaled(
                requested, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image

    def _read(self) -> QImage:
        reader = self._reader
        if reader is None or max(reader.size().width(), reader.size().height()) > _WIDEST_PX:
            return QImage()
        image = reader.read()
        self.lasts_ms = max(_SHORTEST_MS, min(_LONGEST_MS, reader.nextImageDelay()))
        return image

    def _begin(self) -> None:
        self._reader = None
        if self._pictures:
            self._buffer = QBuffer()
            self._buffer.setData(QByteArray(self._pictures))
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._reader = QImageReader(self._buffer, QByteArray(b"webp"))


@QmlElement
class Signing(QObject):
    """The clip that is shown. Lives in the GUI thread and never waits."""

    changed = Signal()
    stepped = Signal()

    def __init__(self, frames: ClipFrames) -> None:
        super().__init__()
        self._frames = frames
        self._shown: SigningView | None = None
        self._number = 0
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._step)

    def show(self, shown: SigningView | None) -> None:
        """Shows this clip from its beginning; one that is shown already goes on."""
        if shown == self._shown:
            return
        self._shown = shown
        self._next.stop()
        self._frames.take(shown.pictures if shown is not None else b"")
        self.changed.emit()
        self._step()

    @Slot()
    def drawn(self) -> None:
        """The picture stands on the glass: the next one follows when its time is over."""
        if self._shown is not None:
            self._next.start(self._frames.lasts_ms)

    def _step(self) -> None:
        self._number += 1
        self.stepped.emit()

    def _source(self) -> str:
        return f"image://signing/{self._number}" if self._shown is not None else ""

    def _caption(self) -> str:
        return self._shown.caption if self._shown is not None else ""

    present = Property(bool, lambda self: self._shown is not None, notify=changed)
    caption = Property(str, _caption, notify=changed)
    source = Property(str, _source, notify=stepped)
