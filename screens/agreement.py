"""The person's agreement that somebody else does the matter for her."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.helping_views import AgreementView
from kiosk_app.terminal.intents import Wish
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AgreementModel(Model):
    """To whom, for what, and for how long."""

    shows = AgreementView
    wishes = (Wish.AGREE, Wish.BACK)
