"""The session has ended."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import FarewellView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FarewellModel(Model):
    """Whether everything of the person is gone, and what to take along."""

    shows = FarewellView
    wishes = (Wish.FINISH,)
