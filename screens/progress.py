"""Something is under way."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import ProgressView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ProgressModel(Model):
    """A sentence, what is waited for, and another way when there is one."""

    shows = ProgressView
    wishes = (Wish.OTHER_WAY,)
