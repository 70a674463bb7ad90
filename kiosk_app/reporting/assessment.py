"""From what each device says of itself to one word for the terminal (运行状态).

The mapping is STANDARDS 8.5 of this project, derived from the device states of XFS4IoT; unknown is never
counted as well.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from contract.payloads import DeviceReport
from contract.places import MatterReport
from contract.sets import DeviceHealth, TerminalState
from drivers.vocabulary import DeviceState, DeviceStatus, ModuleState
from kiosk_app.terminal.readiness import (
    CAMERA,
    CARD,
    CODE,
    DOCUMENT_PRINTER,
    KEYPAD,
    SIGN_IN,
    SLIP,
    SOCIAL_SECURITY_CARD,
    VOICE,
)

CAPABILITY_OF = {
    "id_card_reader": CARD,
    "qr_scanner": CODE,
    "receipt_printer": SLIP,
    "document_printer": DOCUMENT_PRINTER,
    "social_security_card": SOCIAL_SECURITY_CARD,
    "camera": CAMERA,
    "document_camera": CAMERA,
    "keypad": KEYPAD,
    "speech": VOICE,
}
"""Class of device: the capability that goes with it, in the words of the items."""
SIGN_IN_DEVICES = ("id_card_reader", "qr_scanner")

_IN_DOUBT = (DeviceState.UNKNOWN, DeviceState.STARTING)
_IN_USE = (DeviceState.ONLINE, DeviceState.DEVICE_BUSY)
_WORST_FIRST = (DeviceHealth.UNAVAILABLE, DeviceHealth.UNKNOWN, DeviceHealth.DEGRADED, DeviceHealth.LOW)
_LOST = (DeviceHealth.UNAVAILABLE, DeviceHealth.UNKNOWN)
_NO_CITIZEN_NEEDS = ("cabinet", "gnss")
"""Without them the terminal does all that it does for people: a warning, and somebody has to come."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """How the terminal is, as it goes into a status event."""

    state: TerminalState
    worst_device: str
    capabilities_lost: tuple[str, ...]
    devices: tuple[DeviceReport, ...]
    matters: tuple[MatterReport, ...] = ()

    @property
    def demonstration(self) -> bool:
        """Whether a simulated device is in use."""
        return any(report.simulated for report in self.devices)


def assess(
    statuses: Sequence[DeviceStatus],
    mode: TerminalState | None = None,
    matters: tuple[MatterReport, ...] = (),
) -> Assessment:
    """One word for all fitted devices. ``mode`` (maintenance, planned stop) goes before their word.

    ``matters`` are told as they are: what they come to is for who reads it.
    """
    reports = tuple(device_report(status) for status in statuses)
    worst = next(
        (report.device for health in _WORST_FIRST for report in reports if report.health is health), ""
    )
    return Assessment(mode or _state(reports), worst, _capabilities_lost(reports), reports, matters)


def device_report(status: DeviceStatus) -> DeviceReport:
    """One device of a status event; its details are the states of its parts (``paper: low``)."""
    parts = {
        field.name: value.value
        for field in dataclasses.fields(status)
        if field.name != "state" and isinstance(value := getattr(status, field.name), Enum)
    }
    return DeviceReport(
        device=status.device,
        health=_health(status, parts),
        error=status.error.code if status.error is not None else "",
        details={name: word for name, word in parts.items() if word != ModuleState.NOT_SUPPORTED.value},
        simulated=status.simulated,
    )


def _health(status: DeviceStatus, parts: dict[str, str]) -> DeviceHealth:
    if (
        status.error is not None
    ):  # one that is online with an error can be used, and something of it is broken
        return DeviceHealth.DEGRADED if status.state is DeviceState.ONLINE else DeviceHealth.UNAVAILABLE
    if status.state in _IN_DOUBT:
        return DeviceHealth.UNKNOWN
    if status.state not in _IN_USE:
        return DeviceHealth.UNAVAILABLE
    if ModuleState.INOPERABLE.value in parts.values():
        return DeviceHealth.DEGRADED
    return DeviceHealth.LOW if "low" in parts.values() else DeviceHealth.OK


def _state(reports: Sequence[DeviceReport]) -> TerminalState:
    healths = {report.health for report in reports}
    sign_in = [report.health for report in reports if report.device in SIGN_IN_DEVICES]
    if sign_in and all(health is DeviceHealth.UNAVAILABLE for health in sign_in):
        return TerminalState.FAULT
    needed = {report.health for report in reports if report.device not in _NO_CITIZEN_NEEDS}
    if needed & set(_LOST) or not sign_in:
        return TerminalState.PARTLY_UNAVAILABLE
    return TerminalState.NORMAL if healths <= {DeviceHealth.OK} else TerminalState.WARNING


def _capabilities_lost(reports: Sequence[DeviceReport]) -> tuple[str, ...]:
    lost = [
        CAPABILITY_OF[report.device]
        for report in reports
        if report.device in CAPABILITY_OF and report.health in _LOST
    ]
    nobody_can_sign_in = all(report.health in _LOST for report in reports if report.device in SIGN_IN_DEVICES)
    return (*lost, SIGN_IN) if nobody_can_sign_in else tuple(lost)
