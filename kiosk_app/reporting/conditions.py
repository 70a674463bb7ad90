"""What is wrong with a device, from what it says of itself: the conditions for which there are alarms."""

from __future__ import annotations

from drivers.cabinet.device import CabinetStatus, Door, Power, Tamper
from drivers.vocabulary import DeviceState, DeviceStatus
from foundation.errors import ErrorCode, Errors

_SAYS_NOTHING = (
    DeviceState.UNKNOWN,
    DeviceState.STARTING,
    DeviceState.OFFLINE,
    DeviceState.NO_DEVICE,
    DeviceState.POWER_OFF,
)
AT_ONCE = frozenset({Errors.CABINET_DOOR_OPEN, Errors.CABINET_TAMPERED})
"""Somebody is inside: this waits for nothing. The driver has let the contacts come to rest already."""


def says_how_it_is(status: DeviceStatus) -> bool:
    """Whether what is not wrong with it is known to be well. Of a device that is away nothing is known."""
    return status.state not in _SAYS_NOTHING


def wrong_with(status: DeviceStatus) -> frozenset[ErrorCode]:
    """Everything that is wrong, not only what is worst: an open door does not hide that the mains is away."""
    found = {status.error} if status.error is not None else set()
    if isinstance(status, CabinetStatus) and says_how_it_is(status):
        if status.door is Door.OPEN:
            found.add(Errors.CABINET_DOOR_OPEN)
        if status.tamper is Tamper.ON:
            found.add(Errors.CABINET_TAMPERED)
        if status.power in (Power.BATTERY, Power.BATTERY_LOW):
            found.add(Errors.CABINET_ON_BATTERY)
    return frozenset(found)
