"""What keeps a printer from printing, as it says itself: every one of its reasons by its prefix.

Source: RFC 8011 §5.4.12, the further reasons of PWG 5100.9 and of IANA's registry of IPP keywords; PWG
5100.13 for the trays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from typing import Final

from drivers.document_printer.device import (
    CoverState,
    DocumentPrinterStatus,
    PaperState,
    TonerState,
    TrayState,
)
from drivers.document_printer.readings import PrinterReadings
from drivers.vocabulary import DeviceState
from foundation.errors import ErrorCode, Errors


class _Trouble(Enum):
    """What a reason is about, in the order in which things have to be mended."""

    COVER = 1
    JAM = 2
    PAPER = 3
    TONER = 4
    OUTPUT = 5
    OTHER = 6


_BY_PREFIX: Final = {
    "cover-open": _Trouble.COVER,
    "door-open": _Trouble.COVER,
    "interlock": _Trouble.COVER,
    "media-jam": _Trouble.JAM,
    "media-path-jam": _Trouble.JAM,
    "media-empty": _Trouble.PAPER,
    "media-needed": _Trouble.PAPER,
    "input-tray-missing": _Trouble.PAPER,
    "input-media-": _Trouble.PAPER,
    "toner-empty": _Trouble.TONER,
    "marker-supply-empty": _Trouble.TONER,
    "marker-supply-missing": _Trouble.TONER,
    "marker-toner-missing": _Trouble.TONER,
    "marker-ink-missing": _Trouble.TONER,
    "marker-waste-full": _Trouble.TONER,
    "developer-empty": _Trouble.TONER,
    "opc-life-over": _Trouble.TONER,
    "output-area-full": _Trouble.OUTPUT,
    "output-tray-missing": _Trouble.OUTPUT,
}
_PAPER_LOW: Final = ("media-low", "media-empty")
_TONER_LOW: Final = (
    "toner-low",
    "marker-supply-low",
    "marker-ink-almost-empty",
    "developer-low",
    "opc-near-eol",
)
_TROUBLE_ERRORS: Final = {
    _Trouble.COVER: (DeviceState.USER_ERROR, Errors.DOCUMENT_PRINTER_COVER_OPEN),
    _Trouble.JAM: (DeviceState.HARDWARE_ERROR, Errors.DOCUMENT_PRINTER_JAMMED),
    _Trouble.PAPER: (DeviceState.USER_ERROR, Errors.DOCUMENT_PRINTER_NO_PAPER),
    _Trouble.TONER: (DeviceState.HARDWARE_ERROR, Errors.DOCUMENT_PRINTER_NO_TONER),
    _Trouble.OUTPUT: (DeviceState.USER_ERROR, Errors.DOCUMENT_SHEETS_LEFT),
    _Trouble.OTHER: (DeviceState.HARDWARE_ERROR, Errors.DOCUMENT_PRINTER_BROKEN),
}


def status_of(readings: PrinterReadings, *, simulated: bool) -> DocumentPrinterStatus:
    """What the printer's answer amounts to. Of several troubles the one that is to be mended first counts."""
    tray = tray_of(readings.output_trays)
    troubles = _troubles(readings)
    if tray is TrayState.FULL:
        troubles.add(_Trouble.OUTPUT)
    state, error = _state_and_error(readings, troubles)
    status = DocumentPrinterStatus(device="document_printer", state=state, error=error, simulated=simulated)
    if readings.state is None:
        return status
    return replace(
        status,
        paper=_paper(readings, troubles),
        toner=_toner(readings, troubles),
        cover=CoverState.OPEN if _Trouble.COVER in troubles else CoverState.CLOSED,
        tray=TrayState.FULL if _Trouble.OUTPUT in troubles else tray,
    )


def tray_of(output_trays: Iterable[str]) -> TrayState:
    """What lies in the output trays, by the ``maxcapacity`` and ``remaining`` of each (printer-output-tray).

    Negative figures are *other*, *unknown* and *some room*: a printer that says only such has no sensor.
    """
    found = TrayState.NOT_SUPPORTED
    for tray in output_trays:
        capacity, remaining = _figure(tray, "maxcapacity"), _figure(tray, "remaining")
        if capacity <= 0 or not 0 <= remaining <= capacity:
            continue
        if remaining == 0:
            return TrayState.FULL
        if remaining < capacity:
            found = TrayState.HOLDS_SHEETS
        elif found is TrayState.NOT_SUPPORTED:
            found = TrayState.EMPTY
    return found


def _troubles(readings: PrinterReadings) -> set[_Trouble]:
    """What speaks against printing.

    A known trouble does whatever its suffix: printers that are idle call an empty cassette a *report*. A word
    that is not known does only as an *error*, for makers report much that is none. An empty cassette is no
    trouble while another one says that it has paper.
    """
    troubles = {about for reason in readings.reasons if (about := _about(reason)) is not None}
    if any(_is_an_unknown_error(reason) for reason in readings.reasons):
        troubles.add(_Trouble.OTHER)
    if _only_an_empty_cassette(readings) and any(_figure(tray, "level") > 0 for tray in readings.input_trays):
        troubles.discard(_Trouble.PAPER)
    return troubles


def _about(reason: str) -> _Trouble | None:
    return next((trouble for prefix, trouble in _BY_PREFIX.items() if reason.startswith(prefix)), None)


def _is_an_unknown_error(reason: str) -> bool:
    harmless = reason.startswith(
        (*_PAPER_LOW, *_TONER_LOW)
    )  # some say that it is low, and that they have stopped
    return reason.endswith("-error") and _about(reason) is None and not harmless


def _only_an_empty_cassette(readings: PrinterReadings) -> bool:
    about_paper = [reason for reason in readings.reasons if _about(reason) is _Trouble.PAPER]
    return all(reason.startswith("media-empty") and not reason.endswith("-error") for reason in about_paper)


def _state_and_error(
    readings: PrinterReadings, troubles: set[_Trouble]
) -> tuple[DeviceState, ErrorCode | None]:
    if readings.state is None:
        return DeviceState.OFFLINE, Errors.DOCUMENT_PRINTER_LOST  # whatever answers is no printer
    for trouble in _Trouble:
        if trouble in troubles:
            return _TROUBLE_ERRORS[trouble]
    return _TROUBLE_ERRORS[_Trouble.OTHER] if readings.stopped else (DeviceState.ONLINE, None)


def _paper(readings: PrinterReadings, troubles: set[_Trouble]) -> PaperState:
    if _Trouble.JAM in troubles:
        return PaperState.JAMMED
    if _Trouble.PAPER in troubles:
        return PaperState.OUT
    return PaperState.LOW if _mentions(readings, _PAPER_LOW) else PaperState.FULL


def _toner(readings: PrinterReadings, troubles: set[_Trouble]) -> TonerState:
    if _Trouble.TONER in troubles:
        return TonerState.OUT
    return TonerState.LOW if _mentions(readings, _TONER_LOW) else TonerState.FULL


def _mentions(readings: PrinterReadings, prefixes: tuple[str, ...]) -> bool:
    return any(reason.startswith(prefixes) for reason in readings.reasons)


def _figure(tray: str, name: str) -> int:
    """A figure of a tray's description, ``name=figure;``; -1 when it is not there or negative."""
    found = re.search(rf"(?:^|;)\s*{name}=([0-9]{{1,9}})(?:;|$)", tray)
    return int(found[1]) if found else -1
