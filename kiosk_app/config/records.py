"""Two small files that provisioning writes and the terminal reads: its enrolment and its place."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from contract.answers import Enrolment
from contract.payloads import Position, Site
from foundation.atomic_files import write_atomically
from kiosk_app.config.options import Mistake, SettingsError, Words
from kiosk_app.config.paths import TerminalPaths

RecordT = TypeVar("RecordT")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """点位: the site, and where on it this terminal stands. ``position`` is None until it was measured."""

    site: Site
    position: Position | None = None


def read_enrolment(paths: TerminalPaths) -> Enrolment | None:
    """What this terminal is, or None when it is not enrolled. Raises :class:`SettingsError` when damaged."""
    return _read(paths.enrolment, Enrolment)


def write_enrolment(paths: TerminalPaths, enrolment: Enrolment) -> None:
    """Makes ``enrolment`` that of this terminal, from one moment to the next. Raises ``OSError``.

    This file decides: key and certificate files follow it (``province.credentials.settle_keys``).
    """
    write_atomically(paths.enrolment, _pretty(enrolment))


def read_place(paths: TerminalPaths) -> Place | None:
    """Where this terminal stands, or None when nobody has said so. Raises :class:`SettingsError`."""
    return _read(paths.place, Place)


def write_place(paths: TerminalPaths, place: Place) -> None:
    """Makes ``place`` that of this terminal; it reports it at its next start. Raises ``OSError``."""
    write_atomically(paths.place, _pretty(place))


def _read(file: Path, record: type[RecordT]) -> RecordT | None:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return msgspec.json.decode(content, type=record)
    except msgspec.DecodeError as problem:
        remedy = Words("请用 kiosk-provision 重新写入", "write it again with kiosk-provision")
        raise SettingsError((Mistake(file, "", str(problem), remedy),)) from None


def _pretty(record: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"
