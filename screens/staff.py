"""What somebody who looks after the terminal sees and can do."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.staff_views import StaffView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class StaffModel(Model):
    """How everything is, what is wrong first, and what can be done about it."""

    shows = StaffView
    wishes = (Wish.CHOOSE,)
