"""The simulators of a whole terminal in one folder."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.cabinet.simulator import CabinetSimulator
from drivers.camera.simulator import CameraSimulator
from drivers.document_printer.simulator import DocumentPrinterSimulator
from drivers.gnss.simulator import GnssSimulator
from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.simulator import IdCardReaderSimulator, person_from
from drivers.keypad.simulator import SimulatedKeys
from drivers.qr_scanner.protocol import CONTINUOUS, TriggerProfile
from drivers.qr_scanner.simulator import QrScannerSimulator
from drivers.receipt_printer.simulator import ReceiptPrinterSimulator
from drivers.social_security_card.simulator import SocialSecurityCardSimulator
from drivers.speech.simulator import SimulatedSoundCard
from drivers.testbed import benches
from drivers.testbed.bench import Bench
from drivers.testbed.orders import (
    Act,
    Answer,
    Cure,
    Device,
    Fault,
    HideCode,
    Look,
    Order,
    PlugIn,
    PutCard,
    ShowCode,
    ShowSlips,
    TakeCard,
    Unplug,
)
from drivers.testbed.papers import Papers

_SECONDS_PER_SHEET = 3.0  # twenty pages a minute


class SimulatedHardware:
    """Every device of a terminal; the names of the serial ports are links in ``folder``.

    ``real_speed`` lets bytes and paper go no faster than on real devices. ``card_service`` adds the reader of
    social-security cards, which needs pcscd and its virtual reader (packages ``pcscd`` and
    ``vsmartcard-vpcd``).
    """

    def __init__(
        self,
        folder: Path,
        *,
        scanner_profile: TriggerProfile = CONTINUOUS,
        paper_width_mm: int = 80,
        real_speed: bool = False,
        card_service: bool = False,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        baud = 115200 if real_speed else None
        places = {device: folder / device.value for device in Device}
        reader_at, scanner_at = places[Device.ID_CARD_READER], places[Device.QR_SCANNER]
        cabinet_at, keypad_at = places[Device.CABINET], places[Device.KEYPAD]
        sound_at, gnss_at = places[Device.SPEECH], places[Device.GNSS]
        self._reader = IdCardReaderSimulator(link=reader_at, paced_baud=baud)
        self._scanner = QrScannerSimulator(link=scanner_at, paced_baud=baud, profile=scanner_profile)
        self._receipts = ReceiptPrinterSimulator(paper_width_mm, dots_per_s=1200.0 if real_speed else None)
        documents = DocumentPrinterSimulator(seconds_per_sheet=_SECONDS_PER_SHEET if real_speed else None)
        self._papers = Papers(folder, self._receipts, documents)
        made = (
            benches.reader_bench(self._reader, reader_at),
            benches.scanner_bench(self._scanner, scanner_at),
            benches.camera_bench(CameraSimulator()),
            benches.receipt_printer_bench(self._receipts, self._papers),
            benches.document_printer_bench(documents),
            benches.keypad_bench(SimulatedKeys(keypad_at), keypad_at),
            benches.speech_bench(SimulatedSoundCard(sound_at), sound_at),
            benches.cabinet_bench(CabinetSimulator(link=cabinet_at, paced_baud=baud), cabinet_at),
            benches.gnss_bench(GnssSimulator(link=gnss_at, paced_baud=baud), gnss_at),
        )
        more = (benches.social_security_card_bench(SocialSecurityCardSimulator()),) if card_service else ()
        self._benches: dict[Device, Bench] = {bench.device: bench for bench in (*made, *more)}
        self._started = ExitStack()

    def start(self) -> None:
        """Switches everything on."""
        for bench in self._benches.values():
            bench.start()
            self._started.callback(bench.stop)

    def stop(self) -> None:
        """Switches everything off, for good."""
        self._started.close()

    def addresses(self) -> dict[str, str]:
        """Where each device is, by the name of its setting: what belongs into the settings of a terminal.

        The one sound card serves loudspeaker and headset.
        """
        found = {device.value: bench.address() for device, bench in self._benches.items()}
        card = found.pop(Device.SPEECH.value)
        return {**found, "loudspeaker": card, "headset": card}

    def obey(self, order: Order) -> Answer:
        """Does what the order says; thread-safe. Raises ``ValueError`` when it cannot, with what could be."""
        match order:
            case PutCard():
                self._reader.put_card(card_of(person_from(order.citizen)))
            case TakeCard():
                self._reader.take_card()
            case ShowCode():
                self._scanner.show_code(order.payload)
            case HideCode():
                self._scanner.hide_code()
            case Act():
                self._bench(order.device).act(order.action, order.value)
            case Fault():
                self._bench(order.device).fail(order.name, order.times)
            case Cure():
                self._bench(order.device).cure()
            case Unplug():
                self._bench(order.device).pull()
            case PlugIn():
                self._bench(order.device).put_in()
            case ShowSlips():
                return self._slips(order)
            case Look():
                return self.look()
        return Answer()

    def look(self) -> Answer:
        """How everything is: devices and papers."""
        return Answer(
            slips=self._papers.slips(),
            pages=self._papers.pages(),
            devices=[bench.look() for bench in self._benches.values()],
        )

    def _bench(self, device: Device) -> Bench:
        if device not in self._benches:
            raise ValueError(f"no {device.value} is on this bench")
        return self._benches[device]

    def _slips(self, order: ShowSlips) -> Answer:
        printer = self._receipts
        if not printer.wait_for(lambda: len(printer.slips) >= order.at_least, order.timeout_s):
            raise ValueError(f"only {len(printer.slips)} slips after {order.timeout_s} s")
        unknown = [command.hex() for command in printer.unknown_commands]
        return Answer(slips=self._papers.slips(), unknown_commands=unknown)
