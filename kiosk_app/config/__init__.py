"""What a terminal is told before it starts: settings, places on the disk, enrolment and site.

Enrolment and site are in ``records``, which is not imported here: it brings the whole contract with it, and
the first screen, which needs the settings, does not wait for that.
"""

from __future__ import annotations

from kiosk_app.config.options import Mistake, SettingsError
from kiosk_app.config.paths import TerminalPaths
from kiosk_app.config.settings import Settings, read_settings

__all__ = [
    "Mistake",
    "Settings",
    "SettingsError",
    "TerminalPaths",
    "read_settings",
]
