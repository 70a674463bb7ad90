"""How sessions end, are wiped and told, whatever was cut off: real notes, needles, scans and store."""

from __future__ import annotations

import queue
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
import pytest

from contract.session import Session, Wiped
from contract.sets import Remedy, WayOut, WipedPart, WipeOutcome
from drivers.print_sessions import PurgeOutcome
from drivers.receipt_printer.device import ReceiptPrinterStatus
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.composition.devices import FittedDevices
from kiosk_app.composition.session_end import RESTARTS_WITHIN_S, Holders
from kiosk_app.composition.sessions import SessionKeeping, SessionWatch, keep_sessions
from kiosk_app.composition.spools import Spools
from kiosk_app.composition.temporary_files import TemporaryFiles
from kiosk_app.config import TerminalPaths
from kiosk_app.operations.machine_restart import MachineRestart
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.sessions import SessionRecords
from kiosk_app.terminal.answers import ProcessStayed, WipeFinished
from kiosk_app.terminal.messages import Tick
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.wipe import Needles
from offline_store.outbox import Outbox
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store

PATIENCE_S = 20.0
Heard = TypeVar("Heard")
FIRST, SECOND = (str(uuid.UUID(int=n, version=4)) for n in (1, 2))
THIS_BOOT, ANOTHER_BOOT = (str(uuid.UUID(int=n, version=4)) for n in (3, 4))
BEGUN = "2026-11-21T02:00:00.000Z"
SECRET = "429999-19440817-0026"


def settled(outcome: PurgeOutcome) -> Future[PurgeOutcome]:
    future: Future[PurgeOutcome] = Future()
    future.set_result(outcome)
    return future


class Devices:
    """The devices of a terminal, as far as the end of a session asks something of them."""

    def __init__(self) -> None:
        self.ending = False
        self.when_ending: Callable[[], object] = lambda: None

    def end_session(self) -> list[Wiped]:
        self.ending = True
        self.when_ending()
        return [Wiped(part=WipedPart.CAMERA, outcome=WipeOutcome.NOT_APPLICABLE)]


class Printer:
    """A printer that says this, whenever it is to forget."""

    def __init__(self, purged: PurgeOutcome) -> None:
        self._purged = purged
        self.sessions: list[str] = []

    def begin_session(self) -> Future[PurgeOutcome]:
        self.sessions.append("begun")
        return settled(self._purged)

    def end_session(self, session: str) -> Future[PurgeOutcome]:
        self.sessions.append(session)
        return settled(self._purged)

    def status(self) -> ReceiptPrinterStatus:
        return ReceiptPrinterStatus(
            device="receipt_printer", state=DeviceState.ONLINE, error=None, simulated=True
        )


class Hall:
    """A terminal, as far as its sessions go; another one on the same disk is its next start."""

    def __init__(
        self, folder: Path, store: OfflineStore, memory: OwnMemory, command: str, boot: str, *, let_go: bool
    ) -> None:
        self.clock = SystemClock()
        self.store = store
        self.committed = threading.Semaphore(0)
        store.outbox.on_committed = self.committed.release
        self.memory = memory
        self.devices = Devices()
        self.slips = Printer(PurgeOutcome.CLEAN)
        spools = Spools(cast("Any", self.slips), cast("Any", Printer(PurgeOutcome.UNKNOWN)))
        self.told: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.paths = TerminalPaths(folder)
        self.temporary = TemporaryFiles(self.paths.run)
        self.temporary.folder.mkdir(parents=True, exist_ok=True)
        holders = Holders(cast("FittedDevices", self.devices), spools, lambda: let_go, self.temporary, memory)
        maker = EventMaker(TERMINAL_ID, self.clock, PlatformClock(self.clock))
        self.keeping: SessionKeeping = keep_sessions(
            SessionRecords(self.paths.state / "sessions", self.outbox, maker, boot),
            MachineRestart(command, self.paths.state / "restart.json", self.clock, boot),
            holders,
            maker,
            self.clock,
            self.told.put,
            strays=2,
        )
        self.watch = SessionWatch(self.keeping.records, holders)

    @property
    def outbox(self) -> Outbox:
        return self.store.outbox

    def begins(self, session_id: str = FIRST, *, given: str = "") -> CitizenSession:
        session = CitizenSession(session_id, BEGUN, Needles())
        session.note(given)
        self.watch(Tick(), Situation(facts=cast("Any", None), session=session))
        return session

    def looks(self) -> None:
        self.keeping.left.look(self.memory, self.told.put)

    def starts(self) -> None:
        self.looks()
        self.keeping.left.start()

    def records(self) -> list[Session]:
        return [msgspec.json.decode(event.data, type=Session) for event in self.outbox.peek(10)]

    def ends(self, session: CitizenSession, *, clean: bool = True) -> None:
        failed = Wiped(part=WipedPart.PROVINCE_SESSION, outcome=WipeOutcome.FAILED)
        self.keeping.closer.end(session, WayOut.DONE, [failed])
        assert self.hears(WipeFinished).clean is clean

    def hears(self, kind: type[Heard]) -> Heard:
        message = self.told.get(timeout=PATIENCE_S)
        assert isinstance(message, kind)
        return message

    def wait_for_records(self, count: int) -> list[Session]:
        while len(self.records()) < count:
            assert self.committed.acquire(timeout=PATIENCE_S)
        return self.records()

    def stop(self) -> None:
        self.keeping.give_up()
        self.keeping.left.stop()
        self.keeping.close()


class Disk:
    """What outlives a process: its folder and its store. Every hall on it is ended in the end."""

    def __init__(self, folder: Path, store: OfflineStore, memory: OwnMemory) -> None:
        self._folder, self._store, self._memory = folder, store, memory
        self._halls: list[Hall] = []
        self.asked = folder / "asked"

    def hall(self, *, restarts: bool = False, let_go: bool = True, boot: str | None = None) -> Hall:
        command = f"touch {self.asked}" if restarts else ""
        hall = Hall(self._folder, self._store, self._memory, command, boot or THIS_BOOT, let_go=let_go)
        self._halls.append(hall)
        return self._halls[-1]

    def stop(self) -> None:
        for hall in self._halls:
            hall.stop()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with a_store(tmp_path / "store", SystemClock()) as store, OwnMemory.open() as memory:
        disk = Disk(tmp_path, store, memory)
        yield disk
        disk.stop()


def parts_of(record: Session) -> dict[WipedPart, tuple[WipeOutcome, int | None]]:
    return {wiped.part: (wiped.outcome, wiped.count) for wiped in record.wiped}


def test_the_record_says_of_every_part_what_became_of_it(disk: Disk) -> None:
    hall = disk.hall()
    session = hall.begins()
    assert hall.slips.sessions == ["begun"], "printers are empty before it"
    (hall.temporary.folder / "left").write_bytes(b"somebody")
    hall.ends(session)
    (record,) = hall.records()
    assert record.wipe_clean
    assert (record.wipe_scans, record.remedy) == (1, Remedy.NONE)
    assert record.wipe_scanned_mb > 0
    parts = parts_of(record)
    done = (WipedPart.MEMORY, WipedPart.SCREENS, WipedPart.CLIPBOARD, WipedPart.WRITING, WipedPart.SLIP_SPOOL)
    assert {parts[part] for part in done} == {(WipeOutcome.DONE, None)}
    assert parts[WipedPart.TEMPORARY_FILES] == (WipeOutcome.DONE, 1)
    assert parts[WipedPart.DOCUMENT_SPOOL] == (WipeOutcome.UNKNOWN, None), "unknown is not cleared"
    assert parts[WipedPart.CAMERA] == (WipeOutcome.NOT_APPLICABLE, None)
    assert parts[WipedPart.PROVINCE_SESSION] == (WipeOutcome.FAILED, None), "what others cleared comes along"
    assert hall.keeping.records.left() == []


def test_screens_that_do_not_let_go_are_not_said_to_be_cleared(disk: Disk) -> None:
    hall = disk.hall(let_go=False)
    hall.ends(hall.begins())
    parts = parts_of(hall.records()[0])
    assert parts[WipedPart.SCREENS] == parts[WipedPart.CLIPBOARD] == (WipeOutcome.UNKNOWN, None)


@pytest.fixture
def cannot_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its command line is longer than may be (MAX_ARG_STRLEN, execve(2))."""
    monkeypatch.setattr(sys, "orig_argv", [*sys.orig_argv, "x" * 200_000])


@pytest.mark.usefixtures("cannot_be_replaced")
def test_where_neither_process_nor_machine_starts_anew_nobody_is_served_and_the_record_says_so(
    disk: Disk,
) -> None:
    hall = disk.hall()
    hall.ends(hall.begins(given=SECRET), clean=False)
    assert hall.records() == [], "not before it is known what came of it"
    hall.keeping.closer.replace_process()
    assert hall.hears(ProcessStayed).error is Errors.WIPE_REPLACEMENT_FAILED
    (record,) = hall.records()
    assert not record.wipe_clean
    assert record.wipe_copies_found >= 1
    assert parts_of(record)[WipedPart.MEMORY] == (WipeOutcome.FAILED, None)
    assert record.remedy is Remedy.OUT_OF_SERVICE


@pytest.mark.usefixtures("cannot_be_replaced")
def test_a_machine_that_is_restarted_tells_when_it_is_back(disk: Disk) -> None:
    hall = disk.hall(restarts=True)
    hall.ends(hall.begins(given=SECRET), clean=False)
    hall.keeping.closer.replace_process()
    assert hall.hears(ProcessStayed).error is Errors.WIPE_MACHINE_RESTARTS
    assert disk.asked.exists()
    hall.stop()
    assert hall.records() == []

    after = disk.hall(boot=ANOTHER_BOOT)
    after.starts()
    (record,) = after.wait_for_records(1)
    assert (record.remedy, record.wipe_clean) == (Remedy.MACHINE_RESTARTED, False)
    after.stop()
    assert after.keeping.records.left() == []


def test_a_machine_that_agrees_and_stays_takes_the_terminal_out_of_service(disk: Disk) -> None:
    hall, clock = disk.hall(restarts=True), ManualClock()
    resort = replace(hall.keeping.last_resort, clock=clock)
    record = Session(
        session_id=FIRST, terminal_id=TERMINAL_ID, started_at=BEGUN, ended_at=BEGUN,
        way_out=WayOut.IDLE, wipe_clean=False,
    )  # fmt: skip
    taking = threading.Thread(target=resort.take, args=(record,))
    taking.start()
    assert hall.hears(ProcessStayed).error is Errors.WIPE_MACHINE_RESTARTS
    assert clock.somebody_waits()
    clock.advance(RESTARTS_WITHIN_S)
    assert hall.hears(ProcessStayed).error is Errors.WIPE_REPLACEMENT_FAILED
    taking.join()
    assert hall.records()[0].remedy is Remedy.OUT_OF_SERVICE


def test_a_wipe_that_hangs_is_as_good_as_one_that_was_not_clean(disk: Disk, cannot_be_replaced: None) -> None:
    hall = disk.hall()
    session = hall.begins()
    session.needles = Needles()
    hanging = threading.Event()
    hall.devices.when_ending = hanging.wait
    wiping = threading.Thread(target=hall.keeping.closer.end, args=(session, WayOut.IDLE, []))
    wiping.start()
    while not hall.devices.ending:
        assert wiping.is_alive()
    hall.keeping.closer.replace_process()
    assert hall.hears(ProcessStayed).error is Errors.WIPE_REPLACEMENT_FAILED
    (record,) = hall.records()
    assert (record.wipe_clean, record.wipe_scans, record.way_out) == (False, 0, WayOut.IDLE)
    hanging.set()
    wiping.join()


@pytest.mark.parametrize(
    ("boot", "remedy"), [(None, Remedy.PROCESS_ENDED), (ANOTHER_BOOT, Remedy.MACHINE_RESTARTED)]
)
def test_a_session_whose_process_died_is_told_by_the_next_one(
    disk: Disk, boot: str | None, remedy: Remedy
) -> None:
    before = disk.hall()
    before.begins(given=SECRET)
    before.stop()  # and the session never ended
    after = disk.hall(boot=boot)
    after.looks()
    after.begins(SECOND)  # somebody is quicker than the printers
    after.keeping.left.start()
    (record,) = after.wait_for_records(1)
    assert (record.session_id, record.way_out, record.started_at) == (FIRST, WayOut.CRASH, BEGUN)
    assert (record.wipe_clean, record.wipe_needles, record.remedy) == (True, 0, remedy)
    parts = parts_of(record)
    assert parts[WipedPart.ATTACHMENTS] == (WipeOutcome.DONE, 2)
    assert parts[WipedPart.PROVINCE_SESSION] == (WipeOutcome.UNKNOWN, None)
    assert parts[WipedPart.DOCUMENT_SPOOL] == (WipeOutcome.UNKNOWN, None)
    assert parts.keys() == set(WipedPart), "nothing is passed over"
    after.stop()
    (left,) = after.keeping.records.left()
    assert left.session_id == SECOND, "that of the person who is here is left alone"


def test_what_the_process_before_looked_for_is_looked_for_again(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = disk.hall()
    hall.ends(hall.begins(given=SECRET), clean=False)
    needles = Needles()
    needles.add(SECRET)
    for name, value in needles.handed_over().items():
        monkeypatch.setenv(name, value)
    after = disk.hall()
    after.starts()  # in a process that still has it
    assert after.hears(ProcessStayed).error is Errors.WIPE_MACHINE_RESTARTS, "nobody may begin"
    assert after.hears(ProcessStayed).error is Errors.WIPE_REPLACEMENT_FAILED
    (record,) = after.records()
    assert record.remedy is Remedy.OUT_OF_SERVICE
    assert record.remedy_copies_found


def test_a_new_process_in_which_nothing_is_found_says_so(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = disk.hall()
    hall.ends(hall.begins(given=SECRET), clean=False)
    for name, value in Needles().handed_over().items():
        monkeypatch.setenv(name, value)
    after = disk.hall()
    after.starts()
    (record,) = after.wait_for_records(1)
    assert (record.remedy, record.remedy_copies_found) == (Remedy.PROCESS_REPLACED, 0)
