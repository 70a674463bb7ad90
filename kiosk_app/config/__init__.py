"""What a terminal is told before it starts: settings, places on the disk, enrolment and site.

All settings are in ``settings``, and enrolment and site in ``records``. Neither is imported here: they bring
the drivers' addresses and the whole contract with them, and the first screen does not wait for those.
"""

from __future__ import annotations

from kiosk_app.config.options import Mistake, SettingsError
from kiosk_app.config.paths import TerminalPaths

__all__ = [
    "Mistake",
    "SettingsError",
    "TerminalPaths",
]
