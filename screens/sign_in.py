"""Signing in: by card, by the code on the phone, by confirming on the phone."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import SignInView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SignInModel(Model):
    """All ways with equal weight, and what to do now."""

    shows = SignInView
    wishes = (Wish.BACK, Wish.OTHER_WAY)
