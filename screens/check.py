"""Check your answers, before every submit."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import CheckView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CheckModel(Model):
    """Every answer with its source and its change."""

    shows = CheckView
    wishes = (Wish.TO_WINDOW, Wish.CHANGE, Wish.SUBMIT, Wish.BACK, Wish.NEXT_PAGE, Wish.PREVIOUS_PAGE)
