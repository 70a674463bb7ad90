"""From the settings to the drivers of what is fitted: for the terminal, and for the technician's check.

Nothing is started. OpenCV is loaded only where a camera is fitted: it takes memory and a tenth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Protocol

from drivers.cabinet.cabinet import Cabinet
from drivers.camera.address import CameraAddress
from drivers.document_printer.printer import DocumentPrinter
from drivers.gnss.receiver import GnssReceiver
from drivers.id_card_reader.device import DocumentKind, ReadingScope
from drivers.id_card_reader.reader import IdCardReader
from drivers.keypad.keypad import Keypad
from drivers.qr_scanner.protocol import profile_named
from drivers.qr_scanner.scanner import QrScanner
from drivers.receipt_printer.printer import ReceiptPrinter
from drivers.social_security_card.reader import SocialSecurityCardReader
from drivers.speech.device import SpeechSettings
from drivers.speech.engine import Espeak
from drivers.speech.fittings import Outputs, Repertoire
from drivers.speech.phrases import PhraseBook, Recordings
from drivers.speech.player import player_for
from drivers.speech.speech import Speech
from drivers.supervision import Listener
from drivers.vocabulary import DeviceStatus
from foundation.clock import Clock
from foundation.counters import CounterSink
from kiosk_app.config.device_settings import DeviceSettings, VoiceSettings
from words import LANGUAGES, Words

if TYPE_CHECKING:
    from drivers.camera.camera import Camera


class Driver(Protocol):
    """What every driver has."""

    def start(self) -> None:
        """Starts its owner."""

    def stop(self, timeout_s: float = ...) -> bool:
        """Ends it; false when it did not end in time."""

    def status(self) -> DeviceStatus:
        """How the device is. Never waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """The driver of every device that is fitted, None for one that is not; named like their folders."""

    id_card_reader: IdCardReader | None = None
    social_security_card: SocialSecurityCardReader | None = None
    qr_scanner: QrScanner | None = None
    camera: Camera | None = None
    document_camera: Camera | None = None
    """The one over the plate, where it is another one than ``camera``."""
    receipt_printer: ReceiptPrinter | None = None
    document_printer: DocumentPrinter | None = None
    keypad: Keypad | None = None
    headset_plug: Keypad | None = None
    """The plug where it is an input device of its own: a keypad without keys."""
    speech: Speech | None = None
    cabinet: Cabinet | None = None
    gnss: GnssReceiver | None = None

    def by_name(self) -> dict[str, Driver]:
        """Those that are fitted, by the names of their folders."""
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: driver for name, driver in every.items() if driver is not None}


DEVICES = tuple(field.name for field in fields(Drivers))
"""Every class of device that a terminal may have, by the names of the drivers' folders."""


@dataclass(frozen=True, slots=True)
class Around:
    """What every driver is given: the clock, where its wear is counted, and who hears its events."""

    clock: Clock
    counters: CounterSink
    listener: Listener


def fit(at: DeviceSettings, voice: VoiceSettings, language: str, around: Around) -> Drivers:
    """Builds the drivers of what is fitted. ``language`` is the one in which the terminal speaks at first."""
    common = (around.clock, around.counters, around.listener)
    scope, profile = _scope(at), profile_named(at.qr_scanner_profile)
    reader, social, scanner, camera = at.id_card_reader, at.social_security_card, at.qr_scanner, at.camera
    plug, papers = at.headset_plug, at.document_camera
    receipts, documents, keypad, cabinet = at.receipt_printer, at.document_printer, at.keypad, at.cabinet
    return Drivers(
        id_card_reader=IdCardReader(reader, *common, scope) if reader is not None else None,
        social_security_card=SocialSecurityCardReader(social, *common) if social is not None else None,
        qr_scanner=QrScanner(scanner, *common, profile) if scanner is not None else None,
        camera=_camera(camera, "camera", at, around) if camera is not None else None,
        document_camera=_camera(papers, "document_camera", at, around) if papers is not None else None,
        receipt_printer=ReceiptPrinter(receipts, *common, paper_width_mm=at.paper_width_mm)
        if receipts is not None
        else None,
        document_printer=DocumentPrinter(documents, *common, queue=at.document_queue)
        if documents is not None
        else None,
        keypad=Keypad(keypad, *common) if keypad is not None else None,
        headset_plug=Keypad(plug, *common, name="headset_plug") if plug is not None else None,
        speech=_speech(at, voice, language, around),
        cabinet=Cabinet(cabinet, *common) if cabinet is not None else None,
        gnss=GnssReceiver(at.gnss, *common) if at.gnss is not None else None,
    )


def _scope(devices: DeviceSettings) -> ReadingScope:
    documents = frozenset(DocumentKind(kind) for kind in devices.id_card_documents)
    return ReadingScope(documents=documents, new_address=devices.id_card_new_address)


def _camera(address: CameraAddress, name: str, devices: DeviceSettings, around: Around) -> Camera:
    from drivers.camera.camera import Camera  # noqa: PLC0415  # see the module
    from drivers.camera.codes import SecondDecoder  # noqa: PLC0415

    second = SecondDecoder(devices.camera_second_decoder)
    return Camera(address, around.clock, around.counters, around.listener, second, name=name)


def _speech(devices: DeviceSettings, voice: VoiceSettings, language: str, around: Around) -> Speech | None:
    clock = around.clock
    loudspeaker, headset = devices.loudspeaker, devices.headset
    outputs = Outputs(
        player_for(loudspeaker, "loudspeaker", clock) if loudspeaker is not None else None,
        player_for(headset, "headset", clock) if headset is not None else None,
    )
    if not outputs.fitted():
        return None
    words = {each: Words(each) for each in LANGUAGES}
    return Speech(
        Espeak(clock),
        outputs,
        Repertoire(
            PhraseBook(lambda tongue, sentence: words[tongue].say(sentence)), Recordings(voice.recordings)
        ),
        clock,
        around.counters,
        around.listener,
        SpeechSettings(
            language=language,
            loudspeaker_volume_percent=voice.loudspeaker_volume_percent,
            quiet_hours=voice.quiet_hours,
        ),
    )
