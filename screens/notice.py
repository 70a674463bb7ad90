"""The privacy notice, before anything of a person is read."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.consent_views import NoticeView
from kiosk_app.terminal.intents import Wish
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class NoticeModel(Model):
    """Three lines, then the whole."""

    shows = NoticeView
    wishes = (Wish.AGREE, Wish.SHOW_WHOLE_NOTICE, Wish.BACK)
