"""The devices of this terminal at work: what it asks of them, and what one of them does to another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from contract.session import Wiped
from contract.sets import WipedPart, WipeOutcome
from drivers.cabinet.device import Light, Position
from drivers.camera.device import DocumentProblem, LampChanged, Look, Photograph
from drivers.document_printer.device import DocumentPrinterDevice, TonerState
from drivers.document_printer.device import PaperState as SheetState
from drivers.gnss.device import PositionFixed
from drivers.keypad.device import HeadsetChanged, KeyPressed, VolumeChanged
from drivers.receipt_printer.device import PaperState as RollState
from drivers.receipt_printer.device import ReceiptPrinterDevice
from drivers.supervision import Listener
from drivers.vocabulary import DeviceLost, DeviceState, DeviceStatus, StatusChanged
from kiosk_app.composition.card_readers import CardReaders
from kiosk_app.composition.heard import message_of
from kiosk_app.composition.voices import SpokenVoice
from kiosk_app.config.fitting import Driver, Drivers
from kiosk_app.terminal.intents import PadKey
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import CapabilitiesChanged
from kiosk_app.terminal.readiness import (
    CAMERA,
    CARD,
    CODE,
    DOCUMENT_PRINTER,
    FACE,
    KEYPAD,
    SLIP,
    SOCIAL_SECURITY_CARD,
    VOICE,
)


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told what devices say, in a device's thread; each returns at once.

    ``post`` gets messages for the machine, ``press`` keys of the keypad, ``on_status`` all statuses when one
    of them has changed, ``on_position`` longitude and latitude of a fix (WGS-84).
    """

    post: Callable[[Message], None]
    press: Callable[[PadKey], None]
    on_status: Callable[[Sequence[DeviceStatus]], None]
    on_position: Callable[[float, float], None] = lambda *_: None


class FittedDevices:
    """Every device that is fitted. ``fit`` builds their drivers, which tell the listener that it is given."""

    def __init__(self, fit: Callable[[Listener], Drivers], hearers: Hearers) -> None:
        self._hearers = hearers
        self._looking = threading.Lock()
        self._code_expected = self._camera_looks = False
        self._drivers = fit(self._heard)
        self.cards = CardReaders(
            self._drivers.id_card_reader, self._drivers.social_security_card, self._guide
        )
        self._voice: SpokenVoice | None = None
        if self._drivers.speech is not None:
            self._voice = SpokenVoice(self._drivers.speech, hearers.post)

    @property
    def printer(self) -> ReceiptPrinterDevice | None:
        """The receipt printer, or None where none is fitted."""
        return self._drivers.receipt_printer

    @property
    def document_printer(self) -> DocumentPrinterDevice | None:
        """The A4 printer, or None where none is fitted."""
        return self._drivers.document_printer

    @property
    def voice(self) -> SpokenVoice | None:
        """Both voices, or None where no sound output is fitted."""
        return self._voice

    def start(self) -> None:
        """Starts the owner of each device."""
        for driver in self._drivers.by_name().values():
            driver.start()

    def stop(self) -> None:
        """Ends all of them."""
        for driver in self._drivers.by_name().values():
            driver.stop()

    def statuses(self) -> list[DeviceStatus]:
        """How each device is now."""
        return [driver.status() for driver in self._drivers.by_name().values()]

    def expect_code(self, expected: bool) -> None:
        """Whether a code is looked for now: by the scanner, and by the camera where no scanner works."""
        self._code_expected = expected
        if self._drivers.qr_scanner is not None:
            self._drivers.qr_scanner.trigger(expected)
            self._guide(Position.CODE_SCANNER, Light.SLOW_FLASH if expected else Light.OFF)
        self._look_for_code()

    def look_for_document(self, *, wanted: bool) -> None:
        """Opens the camera for a paper under it, or closes it; it tells what to do with the paper."""
        camera = self._drivers.document_camera or self._drivers.camera
        if camera is not None:
            with self._looking:
                camera.look_for(Look.DOCUMENT if wanted else Look.NOTHING)

    def look_for_face(self, *, wanted: bool) -> None:
        """Opens the camera before the person for a face that lives, or closes it; it tells what to do."""
        if self._drivers.camera is not None:
            with self._looking:
                self._drivers.camera.look_for(Look.LIVE_FACE if wanted else Look.NOTHING)

    def take_document(self) -> Future[Photograph | DocumentProblem | DeviceLost] | None:
        """The best picture of the paper under the camera; None where no camera is fitted."""
        camera = self._drivers.document_camera or self._drivers.camera
        return None if camera is None else camera.take_document()

    def end_session(self) -> list[Wiped]:
        """Nothing of the session stays with a device; what was cleared.

        A card that lies there now signs nobody in, the camera is closed, the voice has nothing to repeat and
        is as loud and as fast as for everybody. The printers are those of ``spools``.
        """
        drivers = self._drivers
        self.cards.forget()
        readers = (drivers.id_card_reader, drivers.social_security_card)
        cameras = (drivers.camera, drivers.document_camera)
        with self._looking:
            self._code_expected = self._camera_looks = False
            for camera in cameras:
                if camera is not None:
                    camera.look_for(Look.NOTHING)
        if drivers.speech is not None:
            drivers.speech.forget()
        for keypad in (drivers.keypad, drivers.headset_plug):
            if keypad is not None:
                keypad.reset_volume()
        return [
            _cleared(WipedPart.CARD_READERS, fitted=any(readers)),
            _cleared(WipedPart.CAMERA, fitted=any(cameras)),
            _cleared(WipedPart.VOICE, fitted=drivers.speech is not None),
        ]

    def capabilities(self) -> CapabilitiesChanged:
        """What can be done with the devices as they are; a device that has not answered can do nothing."""
        drivers = self._drivers
        speech = drivers.speech
        can = {
            CARD: _usable(drivers.id_card_reader),
            CODE: _usable(drivers.qr_scanner) or _usable(drivers.camera),
            SLIP: drivers.receipt_printer is not None and drivers.receipt_printer.status().can_print,
            DOCUMENT_PRINTER: drivers.document_printer is not None
            and drivers.document_printer.status().can_print,
            SOCIAL_SECURITY_CARD: _usable(drivers.social_security_card),
            CAMERA: _usable(drivers.document_camera or drivers.camera),
            FACE: _usable(drivers.camera),
            KEYPAD: _usable(drivers.keypad),
            VOICE: speech is not None and speech.status().state is DeviceState.ONLINE,
        }
        simulated = any(status.simulated for status in self.statuses())
        able = frozenset(word for word, is_able in can.items() if is_able)
        return CapabilitiesChanged(able, simulated, self._running_out() & able)

    def _running_out(self) -> frozenset[str]:
        """Whose paper or toner the device itself calls low."""
        slips, pages = self._drivers.receipt_printer, self._drivers.document_printer
        low = {
            SLIP: slips is not None and slips.status().paper is RollState.LOW,
            DOCUMENT_PRINTER: pages is not None
            and (pages.status().paper is SheetState.LOW or pages.status().toner is TonerState.LOW),
        }
        return frozenset(word for word, is_low in low.items() if is_low)

    def _look_for_code(self) -> None:
        """The camera sees codes only where no scanner does: a camera that is open without need frightens."""
        camera = self._drivers.camera
        if camera is None:
            return
        with self._looking:
            looks = self._code_expected and not _usable(self._drivers.qr_scanner)
            if looks is not self._camera_looks:
                self._camera_looks = looks
                camera.look_for(Look.CODE if looks else Look.NOTHING)

    def _guide(self, position: Position, light: Light) -> None:
        """Has a light show where the hand goes; what comes of it is in the cabinet's status."""
        if self._drivers.cabinet is not None:
            self._drivers.cabinet.set_light(position, light)

    def _heard(self, event: object) -> None:
        match event:
            case StatusChanged():
                self._status_changed(event.status)
            case LampChanged():
                self._guide(Position.CAMERA, Light.STEADY if event.lit else Light.OFF)
            case PositionFixed():
                self._hearers.on_position(event.longitude, event.latitude)
            case KeyPressed():
                self._hearers.press(PadKey(event.key.value))
            case HeadsetChanged() if self._drivers.speech is not None:
                self._drivers.speech.plug(event.present)
            case VolumeChanged() if self._drivers.speech is not None:
                self._drivers.speech.adjust(volume_percent=event.volume_percent)
        message = message_of(event)
        if message is not None:
            self._hearers.post(message)

    def _status_changed(self, status: DeviceStatus) -> None:
        if status.device == "qr_scanner":
            self._look_for_code()
        self._hearers.post(self.capabilities())
        self._hearers.on_status(self.statuses())


def _usable(driver: Driver | None) -> bool:
    if driver is None:
        return False
    status = driver.status()
    return status.state is DeviceState.ONLINE and status.error is None


def _cleared(part: WipedPart, *, fitted: bool) -> Wiped:
    return Wiped(part=part, outcome=WipeOutcome.DONE if fitted else WipeOutcome.NOT_APPLICABLE)
