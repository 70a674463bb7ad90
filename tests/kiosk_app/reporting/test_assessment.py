"""Every device's own word counts; what is unknown is never counted as well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.sets import DeviceHealth, TerminalState
from drivers.cabinet.device import CabinetStatus
from drivers.gnss.device import GnssStatus
from drivers.id_card_reader.device import CardReaderStatus
from drivers.qr_scanner.device import ScannerStatus
from drivers.receipt_printer.device import CoverState, PaperState, ReceiptPrinterStatus
from drivers.vocabulary import DeviceState, DeviceStatus, ModuleState
from foundation.errors import ErrorCode, Errors
from kiosk_app.reporting.assessment import assess, device_report

PARTLY = TerminalState.PARTLY_UNAVAILABLE
READER = CardReaderStatus(
    device="id_card_reader",
    state=DeviceState.ONLINE,
    error=None,
    simulated=False,
    security_module=ModuleState.OK,
)
SCANNER = ScannerStatus(device="qr_scanner", state=DeviceState.ONLINE, error=None, simulated=False)
PRINTER = ReceiptPrinterStatus(
    device="receipt_printer",
    state=DeviceState.ONLINE,
    error=None,
    simulated=False,
    paper=PaperState.FULL,
    cover=CoverState.CLOSED,
    cutter=ModuleState.OK,
    head=ModuleState.NOT_SUPPORTED,
)


def lost(status: DeviceStatus, error: ErrorCode = Errors.CARD_READER_LOST) -> DeviceStatus:
    return replace(status, state=DeviceState.NO_DEVICE, error=error)


def unknown(status: DeviceStatus) -> DeviceStatus:
    return replace(status, state=DeviceState.UNKNOWN)


NO_PAPER = replace(PRINTER, state=DeviceState.USER_ERROR, error=Errors.PRINTER_NO_PAPER, paper=PaperState.OUT)
DUMB = replace(PRINTER, device="speech", error=Errors.SPEECH_SYNTHESISER_LOST)
CABINET = CabinetStatus(device="cabinet", state=DeviceState.ONLINE, error=None, simulated=False)
GNSS = GnssStatus(device="gnss", state=DeviceState.ONLINE, error=None, simulated=False)
LOW_PAPER = replace(PRINTER, paper=PaperState.LOW)
WORN = replace(PRINTER, cutter=ModuleState.INOPERABLE)


@pytest.mark.parametrize(
    ("statuses", "state", "worst", "capabilities_lost"),
    [
        ((READER, SCANNER, PRINTER), TerminalState.NORMAL, "", ()),
        ((READER, replace(SCANNER, state=DeviceState.DEVICE_BUSY), PRINTER), TerminalState.NORMAL, "", ()),
        ((READER, SCANNER, LOW_PAPER), TerminalState.WARNING, "receipt_printer", ()),
        ((READER, SCANNER, WORN), TerminalState.WARNING, "receipt_printer", ()),
        ((READER, SCANNER, DUMB), TerminalState.WARNING, "speech", ()),
        ((READER, SCANNER, lost(DUMB)), PARTLY, "speech", ("voice",)),
        ((READER, SCANNER, lost(CABINET, Errors.CABINET_LOST)), TerminalState.WARNING, "cabinet", ()),
        ((READER, SCANNER, unknown(GNSS)), TerminalState.WARNING, "gnss", ()),
        ((READER, lost(SCANNER), lost(CABINET)), PARTLY, "qr_scanner", ("code",)),
        ((READER, SCANNER, NO_PAPER), PARTLY, "receipt_printer", ("slip",)),
        ((lost(READER), SCANNER, PRINTER), PARTLY, "id_card_reader", ("card",)),
        ((unknown(READER), SCANNER, PRINTER), PARTLY, "id_card_reader", ("card",)),
        ((unknown(READER), SCANNER, NO_PAPER), PARTLY, "receipt_printer", ("card", "slip")),
        (
            (lost(READER), lost(SCANNER), PRINTER),
            TerminalState.FAULT,
            "id_card_reader",
            ("card", "code", "sign_in"),
        ),
        (
            (lost(READER), unknown(SCANNER), PRINTER),
            PARTLY,
            "id_card_reader",
            ("card", "code", "sign_in"),
        ),
        ((lost(READER), PRINTER), TerminalState.FAULT, "id_card_reader", ("card", "sign_in")),
        ((PRINTER,), PARTLY, "", ("sign_in",)),
        ((), PARTLY, "", ("sign_in",)),
    ],
)
def test_the_word_for_the_terminal_names_the_worst_device_and_what_is_lost(
    statuses: tuple[DeviceStatus, ...], state: TerminalState, worst: str, capabilities_lost: tuple[str, ...]
) -> None:
    assessment = assess(statuses)
    assert (assessment.state, assessment.worst_device) == (state, worst)
    assert assessment.capabilities_lost == capabilities_lost
    assert assessment.state is not TerminalState.OFFLINE  # only the platform can know that


def test_maintenance_goes_before_the_devices_word_and_hides_nothing() -> None:
    assessment = assess((READER, SCANNER, NO_PAPER), TerminalState.MAINTENANCE)
    assert assessment.state is TerminalState.MAINTENANCE
    assert assessment.worst_device == "receipt_printer"


@pytest.mark.parametrize("state", list(DeviceState))
def test_every_state_of_a_device_has_its_health(state: DeviceState) -> None:
    health = device_report(replace(READER, state=state)).health
    assert (health is DeviceHealth.OK) == (state in (DeviceState.ONLINE, DeviceState.DEVICE_BUSY))


def test_a_report_carries_the_parts_and_the_code() -> None:
    report = device_report(NO_PAPER)
    assert report.error == "PRNT-002"
    assert report.details == {"paper": "out", "cover": "closed", "cutter": "ok"}


def test_one_simulated_device_makes_it_a_demonstration() -> None:
    assert not assess((READER, SCANNER)).demonstration
    assert assess((READER, replace(SCANNER, simulated=True))).demonstration
