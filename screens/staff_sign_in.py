"""Somebody who looks after the terminal shows who she is."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.staff_views import StaffSignInView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class StaffSignInModel(Model):
    """The grant that is scanned, and how much of its visit code was typed."""

    shows = StaffSignInView
    wishes = (Wish.KEY, Wish.GO_ON, Wish.BACK)
