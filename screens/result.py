"""How a matter has come out."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import ResultView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ResultModel(Model):
    """The outcome, its numbers, the slip, and what comes next."""

    shows = ResultView
    wishes = (
        Wish.PRINT,
        Wish.PRINT_DOCUMENT,
        Wish.HEAR_SLIP,
        Wish.RETRY,
        Wish.TO_WINDOW,
        Wish.FINISH,
        Wish.ANOTHER_MATTER,
    )
