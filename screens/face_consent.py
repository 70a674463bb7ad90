"""Whether a face may be compared: asked by itself, with two answers that weigh the same."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.consent_views import FaceConsentView
from kiosk_app.terminal.intents import Wish
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FaceConsentModel(Model):
    """Three lines, then the whole, and yes beside no."""

    shows = FaceConsentView
    wishes = (Wish.AGREE, Wish.OTHER_WAY, Wish.SHOW_WHOLE_NOTICE, Wish.BACK)
