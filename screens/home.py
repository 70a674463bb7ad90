"""What a person can do here."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import HomeView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HomeModel(Model):
    """The matters, as rows with what one leaves with."""

    shows = HomeView
    wishes = (Wish.CHOOSE_MATTER, Wish.NEXT_PAGE, Wish.PREVIOUS_PAGE)
