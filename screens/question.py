"""One question of a matter."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import QuestionView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class QuestionModel(Model):
    """The question, its way to answer, and what has been typed."""

    shows = QuestionView
    wishes = (Wish.CHOOSE, Wish.KEY, Wish.WRITE, Wish.GO_ON, Wish.SKIP, Wish.BACK)
