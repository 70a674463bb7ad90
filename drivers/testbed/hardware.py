"""The simulators of a whole terminal in one folder."""

from __future__ import annotations

import threading
from enum import Enum
from pathlib import Path
from typing import TypeVar

from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.simulator import IdCardReaderSimulator, ReaderFault, person_from
from drivers.qr_scanner.protocol import CONTINUOUS, TriggerProfile
from drivers.qr_scanner.simulator import QrScannerSimulator, ScannerFault
from drivers.receipt_printer.simulator import PrinterFault, ReceiptPrinterSimulator
from drivers.testbed.orders import (
    Answer,
    Cure,
    Device,
    Fault,
    HideCode,
    Order,
    PlugIn,
    PutCard,
    ShowCode,
    ShowSlips,
    Slip,
    TakeCard,
    Unplug,
)

FaultT = TypeVar("FaultT", bound=Enum)


class SimulatedHardware:
    """Card reader, code scanner and receipt printer; the names of the serial ports are links in ``folder``.

    ``real_speed`` lets bytes and paper go no faster than on real devices.
    """

    def __init__(
        self,
        folder: Path,
        *,
        scanner_profile: TriggerProfile = CONTINUOUS,
        paper_width_mm: int = 80,
        real_speed: bool = False,
    ) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        baud = 115200 if real_speed else None
        self.reader = IdCardReaderSimulator(link=folder / Device.ID_CARD_READER.value, paced_baud=baud)
        self.scanner = QrScannerSimulator(
            link=folder / Device.QR_SCANNER.value, paced_baud=baud, profile=scanner_profile
        )
        self.printer = ReceiptPrinterSimulator(paper_width_mm, dots_per_s=1200.0 if real_speed else None)
        self._saving = threading.Lock()
        self._saved_slips: list[Slip] = []

    def start(self) -> None:
        """Switches everything on."""
        self.reader.start()
        self.scanner.start()
        self.printer.start()

    def stop(self) -> None:
        """Switches everything off, for good."""
        self.reader.stop()
        self.scanner.stop()
        self.printer.stop()

    def addresses(self) -> dict[str, str]:
        """Where each device is, by its name: what belongs into the settings of a terminal."""
        return {
            Device.ID_CARD_READER.value: str(self.reader.address),
            Device.QR_SCANNER.value: str(self.scanner.address),
            Device.RECEIPT_PRINTER.value: self.printer.address,
        }

    def obey(self, order: Order) -> Answer:
        """Does what the order says; thread-safe. Raises ``ValueError`` when it cannot, with what could be."""
        match order:
            case PutCard():
                self.reader.put_card(card_of(person_from(order.citizen)))
            case TakeCard():
                self.reader.take_card()
            case ShowCode():
                self.scanner.show_code(order.payload)
            case HideCode():
                self.scanner.hide_code()
            case Fault():
                self._set_fault(order)
            case Cure():
                self._cure(order.device)
            case Unplug():
                self._unplug(order.device)
            case PlugIn():
                self._plug_in(order.device)
            case ShowSlips():
                return self._slips(order)
        return Answer()

    def _set_fault(self, order: Fault) -> None:
        match order.device:
            case Device.ID_CARD_READER:
                self.reader.set_fault(_fault_named(ReaderFault, order.name), times=order.times)
            case Device.QR_SCANNER:
                self.scanner.set_fault(_fault_named(ScannerFault, order.name))
            case Device.RECEIPT_PRINTER:
                self.printer.set_fault(_fault_named(PrinterFault, order.name))

    def _cure(self, device: Device) -> None:
        match device:
            case Device.ID_CARD_READER:
                self.reader.cure()
            case Device.QR_SCANNER:
                self.scanner.cure()
            case Device.RECEIPT_PRINTER:
                for fault in PrinterFault:
                    self.printer.clear_fault(fault)

    def _unplug(self, device: Device) -> None:
        match device:
            case Device.ID_CARD_READER:
                self.reader.unplug()
            case Device.QR_SCANNER:
                self.scanner.unplug()
            case Device.RECEIPT_PRINTER:
                self.printer.set_fault(PrinterFault.REFUSES_CONNECTIONS)

    def _plug_in(self, device: Device) -> None:
        match device:
            case Device.ID_CARD_READER:
                self.reader.plug_in()
            case Device.QR_SCANNER:
                self.scanner.plug_in()
            case Device.RECEIPT_PRINTER:
                self.printer.clear_fault(PrinterFault.REFUSES_CONNECTIONS)

    def _slips(self, order: ShowSlips) -> Answer:
        printer = self.printer
        if not printer.wait_for(lambda: len(printer.slips) >= order.at_least, order.timeout_s):
            raise ValueError(f"only {len(self.printer.slips)} slips after {order.timeout_s} s")
        folder = self._folder / "slips"
        folder.mkdir(exist_ok=True)
        with self._saving:
            for picture in self.printer.slips[len(self._saved_slips) :]:
                path = folder / f"slip-{len(self._saved_slips) + 1:03d}.png"
                picture.save(path)
                self._saved_slips.append(Slip(str(path), picture.text))
            unknown = [command.hex() for command in self.printer.unknown_commands]
            return Answer(slips=list(self._saved_slips), unknown_commands=unknown)


def _fault_named(kind: type[FaultT], name: str) -> FaultT:
    try:
        return kind(name)
    except ValueError:
        names = ", ".join(fault.value for fault in kind)
        raise ValueError(f"no fault of this device is called {name!r}; there are {names}") from None
