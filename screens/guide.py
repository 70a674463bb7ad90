"""What a matter needs and gives, before it is begun."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import GuideView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class GuideModel(Model):
    """Needs, steps, minutes, what one leaves with, and whether this machine can finish it now."""

    shows = GuideView
    wishes = (Wish.START, Wish.HELP_SOMEBODY, Wish.BACK)
