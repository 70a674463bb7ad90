"""The province hears that a terminal serves nobody, and that it serves again."""

from __future__ import annotations

from foundation.errors import ErrorCode, Errors
from kiosk_app.reporting.out_of_service import ServiceWatch
from kiosk_app.terminal.messages import OutOfServiceChanged, Tick
from tests.fakes.kiosk import Kiosk

SINCE = "2026-03-01T01:00:00.000Z"


class Told:
    def __init__(self, kiosk: Kiosk) -> None:
        self.out_of_service: list[bool] = []
        self.alarms: list[tuple[ErrorCode, bool]] = []
        kiosk.loop._observers = (ServiceWatch(self, self.out_of_service.append),)

    def report(self, error: ErrorCode, device: str, *, present: bool) -> None:
        self.alarms.append((error, present))


def test_a_terminal_without_room_is_a_fault_until_there_is_room_again() -> None:
    kiosk = Kiosk()
    told = Told(kiosk)
    kiosk.says(Tick())
    kiosk.says(OutOfServiceChanged(Errors.STORE_LOW, SINCE))
    kiosk.says(Tick())
    kiosk.says(OutOfServiceChanged(None, SINCE))
    assert told.out_of_service == [False, True, False]
    assert not any(present for _, present in told.alarms), "the store has an alarm of its own"


def test_what_could_not_be_cleared_is_an_alarm() -> None:
    kiosk = Kiosk()
    told = Told(kiosk)
    kiosk.says(OutOfServiceChanged(Errors.WIPE_REPLACEMENT_FAILED, SINCE))
    assert told.out_of_service == [True]
    assert told.alarms == [(Errors.WIPE_REPLACEMENT_FAILED, True)]
