"""The terminal cannot be used."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import OutOfServiceView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class OutOfServiceModel(Model):
    """Why, since when, who is coming, and the nearest terminal that works."""

    shows = OutOfServiceView
    wishes = (Wish.STAFF,)
