"""What a terminal is told before it starts: settings, places on the disk, enrolment and site."""

from __future__ import annotations

from kiosk_app.config.options import Mistake, SettingsError
from kiosk_app.config.paths import TerminalPaths
from kiosk_app.config.records import Place, read_enrolment, read_place, write_enrolment, write_place
from kiosk_app.config.settings import Settings, read_settings

__all__ = [
    "Mistake",
    "Place",
    "Settings",
    "SettingsError",
    "TerminalPaths",
    "read_enrolment",
    "read_place",
    "read_settings",
    "write_enrolment",
    "write_place",
]
