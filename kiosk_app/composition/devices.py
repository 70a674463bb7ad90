"""The devices of this terminal: built from their addresses, their events translated for the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contract.answers import Identity
from drivers.cabinet.cabinet import Cabinet
from drivers.cabinet.device import Light, Position
from drivers.document_printer.printer import DocumentPrinter
from drivers.id_card_reader.device import (
    CardDetected,
    CardLeftBehind,
    CardProblem,
    CardRead,
    CardRemoved,
    CitizenCard,
)
from drivers.id_card_reader.reader import IdCardReader
from drivers.qr_scanner.device import CodeProblem, CodeScanned, CodeUnasked
from drivers.qr_scanner.protocol import profile_named
from drivers.qr_scanner.scanner import QrScanner
from drivers.receipt_printer.printer import ReceiptPrinter
from drivers.vocabulary import DeviceState, DeviceStatus, StatusChanged
from foundation.clock import Clock, rfc3339
from foundation.counters import CounterSink
from kiosk_app.config.settings import DeviceSettings
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import (
    CapabilitiesChanged,
    CardFound,
    CardGone,
    CardReading,
    CardTrouble,
    CodeReading,
    CodeTrouble,
    CodeUnwanted,
)
from kiosk_app.terminal.readiness import CARD, CODE, DOCUMENT_PRINTER, SLIP


class FittedDevices:
    """Every device that is fitted. ``on_status`` is told, in a device's thread, that a status has changed."""

    def __init__(
        self,
        settings: DeviceSettings,
        clock: Clock,
        counters: CounterSink,
        post: Callable[[Message], None],
        on_status: Callable[[Sequence[DeviceStatus]], None],
    ) -> None:
        self._post = post
        self._on_status = on_status
        self.reader: IdCardReader | None = None
        self.scanner: QrScanner | None = None
        self.printer: ReceiptPrinter | None = None
        if settings.id_card_reader is not None:
            self.reader = IdCardReader(settings.id_card_reader, clock, counters, self._heard)
        if settings.qr_scanner is not None:
            profile = profile_named(settings.qr_scanner_profile)
            self.scanner = QrScanner(settings.qr_scanner, clock, counters, self._heard, profile)
        self.document_printer: DocumentPrinter | None = None
        self.cabinet: Cabinet | None = None
        if settings.document_printer is not None:
            self.document_printer = DocumentPrinter(
                settings.document_printer, clock, counters, self._heard, queue=settings.document_queue
            )
        if settings.cabinet is not None:
            self.cabinet = Cabinet(settings.cabinet, clock, counters, self._heard)
        if settings.receipt_printer is not None:
            self.printer = ReceiptPrinter(
                settings.receipt_printer, clock, counters, self._heard, paper_width_mm=settings.paper_width_mm
            )

    def _all(self) -> list[IdCardReader | QrScanner | ReceiptPrinter | DocumentPrinter | Cabinet]:
        fitted = (self.reader, self.scanner, self.printer, self.document_printer, self.cabinet)
        return [device for device in fitted if device is not None]

    def start(self) -> None:
        """Starts the owner of each device."""
        for device in self._all():
            device.start()

    def stop(self) -> None:
        """Ends all of them."""
        for device in self._all():
            device.stop()

    def statuses(self) -> list[DeviceStatus]:
        """How each device is now."""
        return [device.status() for device in self._all()]

    def allow_card_reading(self, allowed: bool) -> None:
        """Whether a card may be read now."""
        if self.reader is not None:
            self.reader.allow_reading(allowed)
            self._guide(Position.CARD_READER, allowed)

    def expect_code(self, expected: bool) -> None:
        """Whether the scanner looks for a code now."""
        if self.scanner is not None:
            self.scanner.trigger(expected)
            self._guide(Position.CODE_SCANNER, expected)

    def _guide(self, position: Position, here: bool) -> None:
        """Has the guide light show where the hand goes; what comes of it is in the cabinet's status."""
        if self.cabinet is not None:
            self.cabinet.set_light(position, Light.SLOW_FLASH if here else Light.OFF)

    def end_session(self, session_id: str) -> None:
        """A card that lies there now signs nobody in, and nothing of that session is printed any more."""
        if self.reader is not None:
            self.reader.forget_card()
        if self.document_printer is not None:
            self.document_printer.end_session(session_id)

    def capabilities(self) -> CapabilitiesChanged:
        """What can be done with the devices as they are; a device that has not answered can do nothing."""
        words = set()
        if self.reader is not None and _usable(self.reader.status()):
            words.add(CARD)
        if self.scanner is not None and _usable(self.scanner.status()):
            words.add(CODE)
        if self.printer is not None and self.printer.status().can_print:
            words.add(SLIP)
        if self.document_printer is not None and self.document_printer.status().can_print:
            words.add(DOCUMENT_PRINTER)
        simulated = any(status.simulated for status in self.statuses())
        return CapabilitiesChanged(frozenset(words), simulated)

    def _heard(self, event: object) -> None:
        if isinstance(event, StatusChanged):
            self._post(self.capabilities())
            self._on_status(self.statuses())
            return
        message = _message(event)
        if message is not None:
            self._post(message)


def _usable(status: DeviceStatus) -> bool:
    return status.state is DeviceState.ONLINE and status.error is None


def _message(event: object) -> Message | None:
    if isinstance(event, CardDetected | CardLeftBehind):
        return CardFound(left_behind=isinstance(event, CardLeftBehind))
    if isinstance(event, CardRemoved):
        return CardGone()
    if isinstance(event, CardRead) and isinstance(event.card, CitizenCard):  # no other kind is read
        return CardReading(_identity(event.card), event.evidence.sam_number, rfc3339(event.evidence.read_at))
    if isinstance(event, CardProblem):
        return CardTrouble(event.error)
    if isinstance(event, CodeScanned):
        return CodeReading(event.payload)
    if isinstance(event, CodeProblem):
        return CodeTrouble(event.error)
    if isinstance(event, CodeUnasked):
        return CodeUnwanted()
    return None


def _identity(card: CitizenCard) -> Identity:
    """Of the card goes on only what a matter may need; photo, sex and ethnicity stay behind."""
    return Identity(
        name=card.name, number=card.number, birth_date=card.birth_date.isoformat(), address=card.address
    )
