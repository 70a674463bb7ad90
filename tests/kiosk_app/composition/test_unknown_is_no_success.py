"""What is not known of a device is never told as success: not to the person, not to the province."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contract.sets import DeviceHealth, TerminalState
from drivers.camera.device import Advice, Advised, CodeProblem, FaceCaptured, Liveness, Photograph
from drivers.id_card_reader.device import (
    CardEvidence,
    CardProblem,
    CardRead,
    DocumentKind,
    PermanentResidenceCard,
)
from drivers.qr_scanner.device import CodeProblem as ScanProblem
from drivers.social_security_card.device import SocialCardProblem, SocialCardRead, SocialSecurityCard
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from foundation.counters import Counters
from foundation.errors import Errors
from kiosk_app.composition.devices import FittedDevices, Hearers
from kiosk_app.composition.heard import message_of
from kiosk_app.config.fitting import DEVICES, Around, fit
from kiosk_app.config.settings import read_settings
from kiosk_app.reporting.assessment import assess
from kiosk_app.reporting.conditions import says_how_it_is
from kiosk_app.terminal.messages import CardReading, CodeReading

AWAY = {
    "gnss": 'gnss = "serial:///dev/serial/by-id/usb-AWAY?baud=9600"',
    "id_card_reader": 'id_card_reader = "serial:///dev/serial/by-id/usb-AWAY?baud=115200"',
    "social_security_card": 'social_security_card = "pcsc:///Away"',
    "qr_scanner": 'qr_scanner = "serial:///dev/serial/by-id/usb-AWAY?baud=9600"',
    "camera": 'camera = "camera:///dev/v4l/by-id/usb-AWAY-video-index0"',
    "document_camera": 'document_camera = "camera:///dev/v4l/by-id/usb-AWAY-video-index0"',
    "receipt_printer": 'receipt_printer = "tcp://192.0.2.1:9100"',
    "document_printer": 'document_printer = "ipp://192.0.2.1/ipp/print"',
    "keypad": 'keypad = "evdev:///dev/input/by-id/usb-AWAY-event-kbd"',
    "headset_plug": 'headset_plug = "evdev:///dev/input/by-path/AWAY-event"',
    "speech": 'loudspeaker = "alsa://plughw:CARD=Away"',
    "cabinet": 'cabinet = "serial:///dev/serial/by-id/usb-AWAY?baud=115200"',
}
FOREIGNER = PermanentResidenceCard(
    kind=DocumentKind.PERMANENT_2023,
    english_name="A",
    chinese_name="",
    sex_code="1",
    birth_date=date(1980, 1, 1),
    number="931586198001010028",
    nationality="CAN",
    valid_from=date(2024, 1, 1),
    valid_until=date(2034, 1, 1),
)
EVIDENCE = CardEvidence("05.03", datetime(2026, 11, 21, tzinfo=UTC))
SOCIAL = SocialSecurityCard("王小明", "11010519491231002X", "A1", "420100", "3.00", None)


def devices_of(folder: Path, device: str) -> FittedDevices:
    file = folder / "terminal.toml"
    file.write_text(f'[platform]\nurl = "https://127.0.0.1:1"\n[devices]\n{AWAY[device]}\n', encoding="utf-8")
    settings = read_settings(file)
    hearers = Hearers(lambda _: None, lambda _: None, lambda _: None)
    return FittedDevices(
        lambda listener: fit(
            settings.devices, settings.voice, "zh", Around(SystemClock(), Counters(), listener)
        ),
        hearers,
    )


@pytest.mark.parametrize("device", DEVICES)
def test_a_device_that_has_not_answered_yet_can_do_nothing_and_is_not_reported_as_well(
    tmp_path: Path, device: str
) -> None:
    devices = devices_of(tmp_path, device)
    (status,) = devices.statuses()
    assert (status.device, status.state, status.error) == (device, DeviceState.UNKNOWN, None)
    assert devices.capabilities().capabilities == frozenset()
    assessment = assess([status])
    assert [report.health for report in assessment.devices] == [DeviceHealth.UNKNOWN]
    assert assessment.state not in (TerminalState.NORMAL, TerminalState.WARNING)
    assert assessment.worst_device == device
    assert not says_how_it_is(status), "no alarm closes because of it"


@pytest.mark.parametrize(
    "event",
    [
        CardProblem(Errors.CARD_NOT_RECOGNISED),
        CardRead(FOREIGNER, EVIDENCE),
        ScanProblem(Errors.CODE_NOT_READABLE),
        CodeProblem(Errors.CODE_NOT_READABLE),
        Advised(Advice.HOLD_STILL),
        FaceCaptured(Photograph(b"jpeg", 1, 1, 1.0), Liveness.NOT_SEEN),
        FaceCaptured(Photograph(b"jpeg", 1, 1, 1.0), Liveness.PASSED),
        SocialCardProblem(Errors.SOCIAL_CARD_NOT_READABLE),
        SocialCardRead(SOCIAL),
    ],
    ids=lambda event: type(event).__name__,
)
def test_what_proves_nobody_signs_nobody_in(event: object) -> None:
    assert not isinstance(message_of(event), CardReading | CodeReading)
