"""The handles of each simulator, in the common form of a bench."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TypeVar

from drivers.cabinet.device import Light, Position
from drivers.cabinet.simulator import SENSORS, CabinetFault, CabinetSimulator, fact_from
from drivers.camera.simulator import CameraFault, CameraSimulator
from drivers.camera.simulator_scenes import COAT, Colour
from drivers.document_printer.simulator import DocumentPrinterFault, DocumentPrinterSimulator
from drivers.gnss.simulator import WUCHANG, GnssFault, GnssSimulator
from drivers.id_card_reader.card_image import card_of, sample_of
from drivers.id_card_reader.device import DocumentKind
from drivers.id_card_reader.simulator import IdCardReaderSimulator, ReaderFault
from drivers.keypad.device import Key
from drivers.keypad.simulator import KeysFault, SimulatedKeys
from drivers.qr_scanner.simulator import QrScannerSimulator, ScannerFault
from drivers.receipt_printer.simulator import PrinterFault, ReceiptPrinterSimulator
from drivers.social_security_card.simulated_card import holder_named
from drivers.social_security_card.simulator import CardFault, SocialSecurityCardSimulator
from drivers.speech.simulator import SimulatedSoundCard, SoundFault
from drivers.testbed.bench import Action, Bench, Faults, Plug
from drivers.testbed.orders import Device
from drivers.testbed.papers import Papers
from drivers.transports.simulated_serial import SimulatedSerialDevice

FaultT = TypeVar("FaultT", bound=Enum)


def reader_bench(reader: IdCardReaderSimulator, link: Path) -> Bench:
    """The reader of identity cards."""
    return Bench(
        device=Device.ID_CARD_READER,
        address=lambda: str(reader.address),
        start=reader.start,
        stop=reader.stop,
        plug=_serial_plug(reader, link),
        faults=Faults(
            kind=ReaderFault, give=lambda f, times: reader.set_fault(f, times=times), cure=reader.cure
        ),
        actions={
            "put": Action(
                lambda kind: reader.put_card(card_of(sample_of(DocumentKind(kind)))),
                choices=tuple(kind.value for kind in DocumentKind),
            ),
            "take": Action(lambda _: reader.take_card()),
        },
        facts=lambda: {"card": "lies_there" if reader.has_card else "none"},
    )


def social_security_card_bench(slot: SocialSecurityCardSimulator) -> Bench:
    """The reader of social-security cards, behind a card service of its own."""
    switch = _Switch(slot.service.plug_in_reader, slot.service.unplug_reader)
    return Bench(
        device=Device.SOCIAL_SECURITY_CARD,
        address=lambda: slot.address,
        start=slot.start,
        stop=slot.stop,
        plug=switch.plug(),
        faults=Faults(kind=CardFault, give=lambda f, _: slot.set_fault(f), cure=slot.cure),
        actions={
            "insert": Action(lambda name: slot.insert(holder_named(name)), text=True),
            "take": Action(lambda _: slot.remove()),
        },
    )


def scanner_bench(scanner: QrScannerSimulator, link: Path) -> Bench:
    """The code scanner."""
    return Bench(
        device=Device.QR_SCANNER,
        address=lambda: str(scanner.address),
        start=scanner.start,
        stop=scanner.stop,
        plug=_serial_plug(scanner, link),
        faults=Faults(kind=ScannerFault, give=lambda f, _: scanner.set_fault(f), cure=scanner.cure),
        actions={
            "show": Action(lambda text: scanner.show_code(_some(text)), text=True),
            "hide": Action(lambda _: scanner.hide_code()),
        },
    )


def _coat(text: str) -> Colour:
    """The colour of a coat as ``#rrggbb``; that of everybody for anything else."""
    if re.fullmatch("#[0-9a-f]{6}", text) is None:
        return COAT
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return blue, green, red


def camera_bench(camera: CameraSimulator) -> Bench:
    """The camera, and what stands before it."""
    plugged = _Switch(camera.plug_in, camera.unplug)
    return Bench(
        device=Device.CAMERA,
        address=lambda: str(camera.address),
        start=camera.start,
        stop=camera.stop,
        plug=plugged.plug(),
        faults=Faults(kind=CameraFault, give=lambda f, _: camera.set_fault(f), cure=camera.cure),
        actions={
            "person": Action(lambda text: camera.show_face(blinks=True, coat=_coat(text)), text=True),
            "photograph": Action(lambda _: camera.show_face()),
            "document": Action(lambda _: camera.show_document()),
            "show": Action(lambda text: camera.show_code(_some(text)), text=True),
            "nobody": Action(lambda _: camera.show_nobody()),
        },
    )


def receipt_printer_bench(printer: ReceiptPrinterSimulator, papers: Papers) -> Bench:
    """The receipt printer, and the papers that lie in its tray."""
    off = PrinterFault.REFUSES_CONNECTIONS
    switch = _Switch(lambda: printer.clear_fault(off), lambda: printer.set_fault(off))
    return Bench(
        device=Device.RECEIPT_PRINTER,
        address=lambda: printer.address,
        start=printer.start,
        stop=printer.stop,
        plug=switch.plug(),
        faults=_added_up(PrinterFault, printer.set_fault, printer.clear_fault, off),
        actions={"take": Action(lambda _: papers.take_slips())},
        facts=lambda: {"slips": str(papers.slips_left())},
    )


def document_printer_bench(printer: DocumentPrinterSimulator) -> Bench:
    """The A4 printer."""
    off = DocumentPrinterFault.REFUSES_CONNECTIONS
    switch = _Switch(lambda: printer.clear_fault(off), lambda: printer.set_fault(off))
    return Bench(
        device=Device.DOCUMENT_PRINTER,
        address=lambda: printer.address,
        start=printer.start,
        stop=printer.stop,
        plug=switch.plug(),
        faults=_added_up(DocumentPrinterFault, printer.set_fault, printer.clear_fault, off),
        actions={"take": Action(lambda _: printer.take_sheets())},
        facts=lambda: {"sheets": str(printer.tray_sheets), "waiting": str(len(printer.unfinished))},
    )


def keypad_bench(keys: SimulatedKeys, path: Path) -> Bench:
    """The keypad with the headset's plug."""
    names = tuple(key.value for key in Key)
    return Bench(
        device=Device.KEYPAD,
        address=lambda: str(keys.address),
        start=keys.start,
        stop=keys.stop,
        plug=Plug(put_in=keys.plug_in, pull=keys.unplug, is_in=path.exists),
        faults=Faults(kind=KeysFault, give=lambda f, _: keys.set_fault(f), cure=lambda: keys.set_fault(None)),
        actions={
            "press": Action(lambda key: keys.press(Key(key)), choices=names),
            "hold": Action(lambda key: keys.move_key(Key(key), down=True), choices=names),
            "release": Action(lambda key: keys.move_key(Key(key), down=False), choices=names),
            "volume": Action(
                lambda way: keys.turn_volume(louder=way == "louder"), choices=("louder", "softer")
            ),
            "headset": Action(lambda where: keys.set_headset(present=where == "in"), choices=("in", "out")),
        },
    )


def speech_bench(card: SimulatedSoundCard, folder: Path) -> Bench:
    """The sound card, with its loudspeaker and its headset."""
    return Bench(
        device=Device.SPEECH,
        address=lambda: str(card.address),
        start=card.plug_in,
        stop=lambda: None,
        plug=Plug(put_in=card.plug_in, pull=card.unplug, is_in=folder.is_dir),
        faults=Faults(kind=SoundFault, give=lambda f, _: card.set_fault(f), cure=card.cure),
        facts=lambda: _heard(folder),
    )


def cabinet_bench(cabinet: CabinetSimulator, link: Path) -> Bench:
    """The cabinet: every sensor is an action, every lamp a fact."""

    def seeing(sensor: str) -> Action:
        values = tuple(
            fact.value for fact in SENSORS[sensor] if fact.value not in ("unknown", "not_supported")
        )
        return Action(lambda value: cabinet.sense(fact_from(sensor, value)), choices=values)

    positions = tuple(position.value for position in Position)
    return Bench(
        device=Device.CABINET,
        address=lambda: str(cabinet.address),
        start=cabinet.start,
        stop=cabinet.stop,
        plug=_serial_plug(cabinet, link),
        faults=Faults(kind=CabinetFault, give=lambda f, _: cabinet.set_fault(f), cure=cabinet.cure),
        actions={
            **{sensor: seeing(sensor) for sensor in SENSORS},
            "minutes": Action(lambda text: cabinet.set_minutes_left(_minutes(text)), text=True),
            "break_light": Action(lambda name: cabinet.break_light(Position(name)), choices=positions),
            "mend_light": Action(
                lambda name: cabinet.break_light(Position(name), Light.OFF), choices=positions
            ),
            "restart": Action(lambda _: cabinet.restart()),
        },
        facts=lambda: _cabinet_facts(cabinet),
    )


def gnss_bench(receiver: GnssSimulator, link: Path) -> Bench:
    """The receiver of satellite positioning."""
    return Bench(
        device=Device.GNSS,
        address=lambda: str(receiver.address),
        start=receiver.start,
        stop=receiver.stop,
        plug=_serial_plug(receiver, link),
        faults=Faults(kind=GnssFault, give=lambda f, _: receiver.set_fault(f), cure=receiver.cure),
        actions={"carry": Action(lambda text: receiver.stand_at(*_north_of_start(text)), text=True)},
    )


_KILOMETRES_A_DEGREE = 111.195


class _Switch:
    """A device that does not say whether it is plugged in."""

    def __init__(self, on: Callable[[], object], off: Callable[[], object]) -> None:
        self._on, self._off = on, off
        self._is_on = True

    def plug(self) -> Plug:
        return Plug(put_in=self._put_in, pull=self._pull, is_in=lambda: self._is_on)

    def _put_in(self) -> None:
        self._on()
        self._is_on = True

    def _pull(self) -> None:
        self._off()
        self._is_on = False


def _serial_plug(device: SimulatedSerialDevice, link: Path) -> Plug:
    return Plug(put_in=device.plug_in, pull=device.unplug, is_in=link.exists)


def _added_up(
    kind: type[FaultT], give: Callable[[FaultT], object], clear: Callable[[FaultT], object], off: FaultT
) -> Faults:
    def cure() -> None:
        for fault in kind:
            clear(fault)

    return Faults(kind=kind, give=lambda f, _: give(f), cure=cure, several=True, switched_off=off)


def _some(text: str) -> bytes:
    if not text:
        raise ValueError("a code needs a text")
    return text.encode()


def _north_of_start(kilometres: str) -> tuple[float, float]:
    if not kilometres.isdecimal() or int(kilometres) > 1000:
        raise ValueError(f"{kilometres!r} is no number of kilometres; 0 to 1000, from where it began")
    return WUCHANG[0], WUCHANG[1] + int(kilometres) / _KILOMETRES_A_DEGREE


def _minutes(text: str) -> int | None:
    if text and not (text.isdecimal() and int(text) < 255):
        raise ValueError(f"{text!r} is no number of minutes; 0 to 254, or nothing when they are unknown")
    return int(text) if text else None


def _heard(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    waves = sorted(folder.glob("*.wav"))
    return {"heard": str(len(waves))}


def _cabinet_facts(cabinet: CabinetSimulator) -> dict[str, str]:
    state = cabinet.state()
    minutes = {} if state.minutes_left is None else {"minutes": str(state.minutes_left)}
    sensors: dict[str, Enum] = {
        "door": state.door,
        "tamper": state.tamper,
        "presence": state.presence,
        "ambient_light": state.ambient_light,
        "power": state.power,
    }
    return {
        **{name: fact.value for name, fact in sensors.items()},
        **minutes,
        **{f"light.{position.value}": light.value for position, light in state.lights.items()},
    }
