"""Help by people."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import HelpView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HelpModel(Model):
    """The hotline, the keeper, the nearest staffed window, and a call back."""

    shows = HelpView
    wishes = (Wish.TO_WINDOW, Wish.CLOSE_HELP, Wish.CHOOSE_MATTER, Wish.STAFF)
