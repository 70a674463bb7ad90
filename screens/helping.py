"""In which relation somebody does the matter for somebody else."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.helping_views import HelpingView
from kiosk_app.terminal.intents import Wish
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HelpingModel(Model):
    """The relations that this matter allows."""

    shows = HelpingView
    wishes = (Wish.CHOOSE, Wish.BACK)
