"""What the person thought of it."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import RatingView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RatingModel(Model):
    """Five levels as words, nothing preselected, and the tags of the chosen one."""

    shows = RatingView
    wishes = (Wish.RATE, Wish.TAG, Wish.SEND_RATING, Wish.SKIP_RATING, Wish.FINISH, Wish.ANOTHER_MATTER)
