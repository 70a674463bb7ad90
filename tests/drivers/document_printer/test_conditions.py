"""What a printer says of itself, and what that is called here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.document_printer.address import parse_ipp_address
from drivers.document_printer.conditions import status_of, tray_of
from drivers.document_printer.device import (
    CoverState,
    DocumentPrinterStatus,
    PaperState,
    TonerState,
    TrayState,
)
from drivers.document_printer.protocol import Attribute, Group, GroupTag, ValueTag, decode
from drivers.document_printer.readings import JobState, job_readings, leads_to, printer_readings
from drivers.vocabulary import DeviceState
from foundation.errors import ErrorCode, Errors

IDLE, STOPPED = 3, 5


def printer_group(
    *reasons: str, state: int | None = IDLE, accepts: bool = True, cassettes: tuple[int, ...] = ()
) -> Group:
    """What a printer would answer; ``cassettes`` are the sheets in each."""
    attributes = [
        Attribute("printer-state-reasons", ValueTag.KEYWORD, reasons or ("none",)),
        Attribute("printer-is-accepting-jobs", ValueTag.BOOLEAN, (accepts,)),
        Attribute(
            "printer-input-tray",
            ValueTag.OCTETS,
            tuple(
                f"type=sheetFeedAuto;maxcapacity=250;level={level};status=0".encode() for level in cassettes
            ),
        ),
    ]
    if state is not None:
        attributes.append(Attribute("printer-state", ValueTag.ENUM, (state,)))
    return Group(GroupTag.PRINTER, tuple(attributes))


def status(
    *reasons: str, state: int | None = IDLE, accepts: bool = True, cassettes: tuple[int, ...] = ()
) -> DocumentPrinterStatus:
    readings = printer_readings(printer_group(*reasons, state=state, accepts=accepts, cassettes=cassettes))
    return status_of(readings, simulated=False)


SUFFIXES = ["", "-report", "-warning", "-error"]
TROUBLES = [
    ("cover-open", Errors.DOCUMENT_PRINTER_COVER_OPEN),
    ("door-open", Errors.DOCUMENT_PRINTER_COVER_OPEN),
    ("interlock-open", Errors.DOCUMENT_PRINTER_COVER_OPEN),
    ("media-jam", Errors.DOCUMENT_PRINTER_JAMMED),
    ("media-empty", Errors.DOCUMENT_PRINTER_NO_PAPER),
    ("media-needed", Errors.DOCUMENT_PRINTER_NO_PAPER),
    ("input-tray-missing", Errors.DOCUMENT_PRINTER_NO_PAPER),
    ("toner-empty", Errors.DOCUMENT_PRINTER_NO_TONER),
    ("marker-supply-empty", Errors.DOCUMENT_PRINTER_NO_TONER),
    ("output-area-full", Errors.DOCUMENT_SHEETS_LEFT),
]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("prefix", "error"), TROUBLES)
def test_every_reason_is_known_by_its_prefix(prefix: str, suffix: str, error: ErrorCode) -> None:
    said = status(f"{prefix}{suffix}")
    assert said.error is error
    assert not said.can_print


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("prefix", "paper", "toner"),
    [("media-low", PaperState.LOW, TonerState.FULL), ("toner-low", PaperState.FULL, TonerState.LOW)],
)
def test_what_is_low_is_no_obstacle(prefix: str, suffix: str, paper: PaperState, toner: TonerState) -> None:
    said = status(f"{prefix}{suffix}")
    assert said.can_print
    assert (said.paper, said.toner) == (paper, toner)


def test_of_several_troubles_the_one_to_be_mended_first_counts_and_the_others_are_still_said() -> None:
    said = status("toner-empty-error", "media-empty-error", "media-jam-error", "cover-open-error")
    assert said.error is Errors.DOCUMENT_PRINTER_COVER_OPEN
    assert said.state is DeviceState.USER_ERROR
    assert (said.cover, said.paper, said.toner) == (CoverState.OPEN, PaperState.JAMMED, TonerState.OUT)


def test_one_empty_cassette_of_two_is_no_obstacle() -> None:
    assert status("media-empty-report", cassettes=(0, 100)).can_print
    assert status("media-empty-report", cassettes=(0, 100)).paper is PaperState.LOW
    assert status("media-empty-report", cassettes=(0, 0)).error is Errors.DOCUMENT_PRINTER_NO_PAPER
    assert status("media-empty-error", cassettes=(0, 100)).error is Errors.DOCUMENT_PRINTER_NO_PAPER


@pytest.mark.parametrize("reason", ["identify-printer-requested", "wifi-not-configured-report", "warming-up"])
def test_what_makers_report_and_is_no_error_is_no_obstacle(reason: str) -> None:
    assert status(reason).can_print


def test_an_error_that_nobody_knows_is_one() -> None:
    said = status("fuser-over-temp-error")
    assert (said.state, said.error) == (DeviceState.HARDWARE_ERROR, Errors.DOCUMENT_PRINTER_BROKEN)


def test_a_printer_that_has_stopped_for_no_known_reason_is_not_used() -> None:
    assert status("paused", state=STOPPED).error is Errors.DOCUMENT_PRINTER_BROKEN
    assert status(state=STOPPED).error is Errors.DOCUMENT_PRINTER_BROKEN
    assert status(accepts=False).error is Errors.DOCUMENT_PRINTER_BROKEN


@pytest.mark.parametrize("state", [None, 0, 6, -1])
def test_what_does_not_say_its_state_is_no_printer(state: int | None) -> None:
    said = status(state=state)
    assert (said.state, said.error) == (DeviceState.OFFLINE, Errors.DOCUMENT_PRINTER_LOST)
    assert said.paper is PaperState.UNKNOWN
    assert said.cover is CoverState.UNKNOWN
    assert said.toner is TonerState.UNKNOWN
    assert said.tray is TrayState.UNKNOWN


@pytest.mark.parametrize(
    ("trays", "state"),
    [
        ([], TrayState.NOT_SUPPORTED),
        (["type=unRemovableBin;maxcapacity=-2;remaining=-2;status=0;"], TrayState.NOT_SUPPORTED),
        (["type=unRemovableBin;maxcapacity=100;remaining=-3;status=0;"], TrayState.NOT_SUPPORTED),
        (["maxcapacity=100;remaining=101"], TrayState.NOT_SUPPORTED),
        (["maxcapacity=100;remaining=100"], TrayState.EMPTY),
        (["maxcapacity=100;remaining=99"], TrayState.HOLDS_SHEETS),
        (["maxcapacity=100;remaining=99", "maxcapacity=50;remaining=50"], TrayState.HOLDS_SHEETS),
        (["maxcapacity=100;remaining=100", "maxcapacity=50;remaining=0"], TrayState.FULL),
    ],
)
def test_what_lies_in_the_tray(trays: list[str], state: TrayState) -> None:
    assert tray_of(trays) is state


@pytest.mark.parametrize(
    ("device_uri", "leads"),
    [
        ("ipp://192.168.1.60:631/ipp/print", True),
        ("ipp://192.168.1.60/ipp/print", True),
        ("ipps://192.168.1.60/ipp/print", True),
        ("ipp://192.168.1.61/ipp/print", False),
        ("ipp://192.168.1.60:8631/ipp/print", False),
        ("file:///dev/null", False),
        ("file:///var/spool/pages.pdf", False),
        ("cups-pdf:/", False),
        ("socket://192.168.1.60:9100", False),
        ("implicitclass://somewhere/", False),
        ("ipp://[half", False),
        ("ipp://192.168.1.60:99999/", False),
        ("", False),
    ],
)
def test_only_a_queue_to_the_very_printer_that_is_asked_is_used(device_uri: str, leads: bool) -> None:
    assert leads_to(device_uri, parse_ipp_address("ipp://192.168.1.60/ipp/print")) is leads


def test_this_machine_is_one_host_whatever_it_is_called() -> None:
    assert leads_to("ipp://localhost:8631/ipp/print", parse_ipp_address("ipp://127.0.0.1:8631/ipp/print"))


@pytest.mark.parametrize("reason", ["job-completed-with-errors", "job-incoming", "job-data-insufficient"])
def test_a_job_that_is_completed_somehow_is_not(reason: str) -> None:
    job = job_readings(job_group(JobState.COMPLETED, reason))
    assert job is not None
    assert job.ended
    assert not job.completed


def test_a_job_that_is_completed_is() -> None:
    job = job_readings(job_group(JobState.COMPLETED, "job-completed-successfully"))
    assert job is not None
    assert job.completed


@pytest.mark.parametrize("state", [0, 2, 10, 4711])
def test_a_job_in_a_state_that_there_is_not_has_not_ended(state: int) -> None:
    job = job_readings(job_group(state, "none"))
    assert job is not None
    assert not job.ended
    assert not job.completed


def job_group(state: int, reason: str) -> Group:
    return Group(
        GroupTag.JOB,
        (
            Attribute("job-id", ValueTag.INTEGER, (1,)),
            Attribute("job-state", ValueTag.ENUM, (state,)),
            Attribute("job-state-reasons", ValueTag.KEYWORD, (reason,)),
        ),
    )


@given(st.binary(max_size=300))
def test_any_answer_is_survived_and_never_makes_a_printer_of_nothing(noise: bytes) -> None:
    for tag in (b"\x04", b"\x02"):
        message = decode(b"\x02\x00\x00\x00\x00\x00\x00\x01" + tag + noise + b"\x03")
        if message is not None:
            for group in message.groups:
                job_readings(group)
                said = status_of(printer_readings(group), simulated=False)
                assert not said.can_print or group.integer("printer-state") in (3, 4)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_tray_is_survived(trays: list[str]) -> None:
    assert tray_of(trays) in TrayState


@given(st.text(max_size=80))
def test_any_device_uri_is_survived(uri: str) -> None:
    assert leads_to(uri, parse_ipp_address("ipp://printer.invalid:8631/ipp/print")) in (True, False)
