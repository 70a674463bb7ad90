"""Real drivers on simulated devices: what one of them does to another, and what a session's end leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from drivers.cabinet.device import CabinetStatus, Light, Position
from drivers.camera.device import Photograph
from drivers.camera.simulator import CameraSimulator
from drivers.keypad.simulator import SimulatedKeys
from drivers.speech.device import SpeechStatus
from drivers.speech.phrases import Phrase
from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.orders import Act, Device, Order, PutCard, Unplug
from drivers.vocabulary import DeviceState, DeviceStatus, HeadsetState
from foundation.clock import SystemClock
from kiosk_app.composition.devices import FittedDevices, Hearers
from kiosk_app.config.fitting import Around, Drivers, fit
from kiosk_app.config.settings import read_settings
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.intents import PadKey
from kiosk_app.terminal.messages import (
    CapabilitiesChanged,
    CardFound,
    CodeReading,
    HeadsetPlugged,
    PresenceNoticed,
    ReadingAloud,
)
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, polls
from tests.drivers.speech.booth import put_recording, tone

PLATFORM = '[platform]\nurl = "https://127.0.0.1:1"\n'


@dataclass(frozen=True)
class Bench:
    """``ears`` hear messages, keys and, each by itself, the statuses."""

    devices: FittedDevices
    drivers: Drivers
    hardware: SimulatedHardware
    ears: Ears
    counters: AudibleCounters

    def obey(self, *orders: Order) -> None:
        for order in orders:
            self.hardware.obey(order)

    def wait_for_light(self, position: Position, light: Light) -> None:
        def shines(status: CabinetStatus) -> bool:
            return status.lights[position] is light

        cabinet = self.drivers.cabinet
        assert cabinet is not None
        if not shines(cabinet.status()):
            self.ears.next(CabinetStatus, shines)

    def wait_until_online(self, name: str) -> None:
        driver = self.drivers.by_name()[name]
        if driver.status().state is not DeviceState.ONLINE:
            self.ears.next(
                DeviceStatus, lambda status: status.device == name and status.state is DeviceState.ONLINE
            )


@contextmanager
def fitted(folder: Path, *wanted: str, more: tuple[str, ...] = ()) -> Iterator[Bench]:
    """A terminal's devices, those of these settings, all of them started and online."""
    hardware, ears, counters = SimulatedHardware(folder / "bench"), Ears(), AudibleCounters()
    hardware.start()
    addresses = hardware.addresses()
    file = folder / "terminal.toml"
    put_recording(folder / "voice", Phrase.HEADSET_IN, tone())
    lines = [f'{name} = "{addresses[name]}"' for name in wanted]
    lines += [*more, "[voice]", f'recordings = "{folder}/voice"', ""]
    file.write_text("\n".join([PLATFORM, "[devices]", *lines]), encoding="utf-8")
    settings = read_settings(file)
    made: list[Drivers] = []

    def built(listener: object) -> Drivers:
        assert callable(listener)
        around = Around(SystemClock(), counters, listener)
        made.append(fit(settings.devices, settings.voice, settings.screen.language, around))
        return made[0]

    def on_status(statuses: object) -> None:
        assert isinstance(statuses, list)
        for status in statuses:
            ears(status)

    def on_position(*place: float) -> None:
        ears(place)

    devices = FittedDevices(built, Hearers(ears, ears, on_status, on_position))
    devices.start()
    try:
        bench = Bench(devices, made[0], hardware, ears, counters)
        for name in made[0].by_name():
            bench.wait_until_online(name)
        yield bench
    finally:
        devices.stop()
        hardware.stop()


def test_without_a_scanner_the_camera_sees_codes_with_its_lamp_lit_and_closes_behind_the_session(
    tmp_path: Path,
) -> None:
    with fitted(tmp_path, "camera", "cabinet") as bench:
        assert {"code", "camera"} <= bench.devices.capabilities().capabilities
        bench.obey(Act(Device.CAMERA, "show", "opaque-token"))
        bench.devices.expect_code(True)
        assert bench.ears.next(CodeReading).payload == b"opaque-token"
        bench.wait_for_light(Position.CAMERA, Light.STEADY)
        bench.devices.end_session()
        bench.wait_for_light(Position.CAMERA, Light.OFF)
        assert bench.drivers.camera is not None
        assert bench.drivers.camera.preview() is None


def test_while_a_scanner_works_the_camera_stays_closed_and_takes_its_place_when_it_is_lost(
    tmp_path: Path,
) -> None:
    with fitted(tmp_path, "camera", "qr_scanner") as bench:
        opened = bench.counters.figure("camera.opened")
        bench.devices.expect_code(True)
        bench.obey(
            Act(Device.CAMERA, "show", "seen-by-the-camera"), Act(Device.QR_SCANNER, "show", "scanned")
        )
        assert bench.ears.next(CodeReading).payload == b"scanned"
        assert bench.counters.figure("camera.opened") == opened
        bench.obey(Unplug(Device.QR_SCANNER))
        assert bench.ears.next(CodeReading).payload == b"seen-by-the-camera"
        assert "code" in bench.devices.capabilities().capabilities


def test_papers_are_taken_by_the_camera_over_the_plate_and_codes_by_the_other(tmp_path: Path) -> None:
    plate = CameraSimulator()
    plate.start()
    plate.show_document()
    try:
        with fitted(tmp_path, "camera", more=(f'document_camera = "{plate.address}"',)) as bench:
            opened = bench.counters.figure("camera.opened")
            bench.devices.look_for_document(wanted=True)
            taking = bench.devices.take_document()
            assert taking is not None
            assert isinstance(taking.result(PATIENCE_S), Photograph)
            assert bench.counters.figure("camera.opened") == opened + 1
            bench.devices.end_session()
            drivers = bench.drivers
            assert drivers.document_camera is not None
            assert drivers.document_camera.preview() is None
            names = [status.device for status in bench.devices.statuses()]
            assert sorted(names) == ["camera", "document_camera"]
    finally:
        plate.stop()


def test_a_headset_is_told_to_the_voice_and_the_machine_and_what_was_set_is_forgotten(tmp_path: Path) -> None:
    with fitted(tmp_path, "keypad", "loudspeaker", "headset") as bench:
        assert {"keypad", "voice"} <= bench.devices.capabilities().capabilities
        bench.obey(Act(Device.KEYPAD, "headset", "in"))
        assert bench.ears.next(HeadsetPlugged).present
        bench.ears.next(SpeechStatus, lambda status: status.headset is HeadsetState.PRESENT)
        bench.counters.wait_for("speech.said")  # the welcome
        voice = bench.devices.voice
        assert voice is not None
        voice.read(["尾号三四。", "对吗？"], Language.CHINESE)
        assert bench.ears.next(ReadingAloud).going_on
        voice.read(["再来一遍。"], Language.CHINESE, after=True)
        bench.obey(Act(Device.KEYPAD, "volume", "louder"))
        bench.counters.wait_for("speech.said", 3)
        assert not bench.ears.next(ReadingAloud).going_on, "once, when nothing is left"
        assert bench.drivers.speech is not None
        assert bench.drivers.speech._manner.headset_volume_percent == 60
        bench.devices.end_session()
        assert bench.drivers.speech._manner.headset_volume_percent == 50
        assert bench.drivers.speech.private.repeat() is None, "nothing is left to be repeated to the next"
        bench.obey(Act(Device.KEYPAD, "volume", "louder"))
        bench.obey(Act(Device.KEYPAD, "headset", "out"))
        assert not bench.ears.next(HeadsetPlugged).present


def test_a_plug_that_is_a_device_of_its_own_is_heard_and_named(tmp_path: Path) -> None:
    plug = SimulatedKeys(tmp_path / "plug")
    plug.start()
    try:
        with fitted(
            tmp_path, "keypad", "loudspeaker", "headset", more=(f'headset_plug = "{plug.address}"',)
        ) as bench:
            plug.set_headset(present=True)
            assert bench.ears.next(HeadsetPlugged).present
            bench.ears.next(SpeechStatus, lambda status: status.headset is HeadsetState.PRESENT)
            names = [status.device for status in bench.devices.statuses()]
            assert names.count("keypad") == names.count("headset_plug") == 1
    finally:
        plug.stop()


def test_keys_and_who_comes_near_are_passed_on(tmp_path: Path) -> None:
    with fitted(tmp_path, "keypad", "cabinet") as bench:
        for key in PadKey:
            bench.obey(Act(Device.KEYPAD, "press", key.value))
            assert bench.ears.next(PadKey) is key
        bench.obey(Act(Device.CABINET, "presence", "present"))
        assert bench.ears.next(PresenceNoticed).present


def test_a_card_of_an_earlier_session_is_left_behind(tmp_path: Path) -> None:
    with fitted(tmp_path, "id_card_reader") as bench:
        assert bench.drivers.id_card_reader is not None
        polls(bench.drivers.id_card_reader, 2)  # it has seen that nothing lies there
        bench.obey(PutCard())
        assert not bench.ears.next(CardFound).left_behind
        bench.devices.end_session()
        assert bench.ears.next(CardFound).left_behind


def test_what_is_not_there_can_do_nothing_and_everything_is_a_demonstration(tmp_path: Path) -> None:
    with fitted(tmp_path, "camera", "keypad", "loudspeaker") as bench:
        for device in (Device.CAMERA, Device.KEYPAD, Device.SPEECH):
            bench.obey(Unplug(device))
        gone = bench.ears.next(
            CapabilitiesChanged, lambda change: not {"camera", "code", "keypad"} & change.capabilities
        )
        assert gone.demonstration


def test_where_the_receiver_is_reaches_whoever_watches_that_and_not_the_machine(tmp_path: Path) -> None:
    with fitted(tmp_path, "gnss") as bench:
        assert bench.ears.next(tuple) == pytest.approx((114.3161, 30.5539), abs=1e-6)
        assert "gnss" not in bench.devices.capabilities().capabilities
