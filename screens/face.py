"""The camera before a person: what to do so that her face is well seen, and what came of it."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.face_views import FaceView
from kiosk_app.terminal.intents import Wish
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FaceModel(Model):
    """Live advice; the other way is there at every moment."""

    shows = FaceView
    wishes = (Wish.RETRY, Wish.OTHER_WAY, Wish.BACK)
