"""Nobody is here: the resting screen."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk_app.terminal.resting import AttractView
from screens.model import Model

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AttractModel(Model):
    """What can be done here now. It offers no wish: the touch that wakes the terminal does nothing else."""

    shows = AttractView
