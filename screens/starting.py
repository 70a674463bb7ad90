"""The terminal is starting."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.views import StartingView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class StartingModel(Model):
    """One sentence about what is being made ready."""

    shows = StartingView
