"""Whether each fitted device answers: its own driver asks it, as it will on the running terminal."""

from __future__ import annotations

import threading

from drivers.qr_scanner.device import ScannerStatus
from drivers.receipt_printer.device import PaperState, ReceiptPrinterStatus
from drivers.vocabulary import DeviceState, DeviceStatus
from foundation.clock import Clock
from foundation.counters import Counters
from kiosk_app.config.fitting import DEVICES, Around, Driver, fit
from kiosk_app.config.settings import Settings
from provisioning.context import Context
from provisioning.report import Line, State, error_line

ANSWER_WITHIN_S = 6.0
_NOT_YET = (DeviceState.UNKNOWN, DeviceState.STARTING)


class _Bell:
    """Rung by a driver when something about its device has changed."""

    def __init__(self) -> None:
        self.rung = threading.Event()

    def __call__(self, event: object) -> None:
        del event
        self.rung.set()


def check_devices(context: Context, settings: Settings) -> list[Line]:
    """A line for each kind of device. Takes at most 6 s and the drivers' own stop."""
    bell = _Bell()
    drivers = fit(
        settings.devices,
        settings.voice,
        settings.screen.language,
        Around(context.clock, Counters(), bell),
    ).by_name()
    for driver in drivers.values():
        driver.start()
    try:
        _wait_for_answers(list(drivers.values()), context.clock, bell)
        statuses: dict[str, DeviceStatus] = {name: driver.status() for name, driver in drivers.items()}
    finally:
        for driver in drivers.values():
            driver.stop()
    return [_line(context, device, statuses.get(device)) for device in DEVICES]


def _wait_for_answers(drivers: list[Driver], clock: Clock, bell: _Bell) -> None:
    deadline_s = clock.monotonic_s() + ANSWER_WITHIN_S
    while any(driver.status().state in _NOT_YET for driver in drivers):
        left_s = deadline_s - clock.monotonic_s()
        if left_s <= 0:
            return
        bell.rung.clear()
        if any(driver.status().state in _NOT_YET for driver in drivers):
            clock.wait(bell.rung, left_s)


def _line(context: Context, device: str, status: DeviceStatus | None) -> Line:
    words = context.words
    if status is None:
        return Line(device, State.SKIPPED, words.say("provisioning.device_not_fitted"))
    if status.error is not None:
        return error_line(words, device, status.error)
    if status.state in _NOT_YET:
        text, remedy = words.say("provisioning.device_silent"), words.say("provisioning.look_at_device")
        return Line(device, State.BAD, text, remedy)
    if isinstance(status, ReceiptPrinterStatus) and status.paper is PaperState.LOW:
        return Line(
            device, State.ATTENTION, words.say("provisioning.paper_low"), words.say("technician.PRNT-002")
        )
    if isinstance(status, ScannerStatus) and not status.proven:
        return Line(device, State.ATTENTION, words.say("provisioning.device_unproven"))
    sentence = "provisioning.device_simulated" if status.simulated else "provisioning.device_good"
    return Line(device, State.GOOD, words.say(sentence))
