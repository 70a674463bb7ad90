"""The terminal's side of the wire against the reference platform: real TLS, real commits, real cuts."""

from __future__ import annotations

import json
import queue
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from contract.answers import Identity
from contract.items import ItemBatch
from contract.payloads import Actor, Case, Rating, Service, Status, Subject
from contract.sets import (
    Assurance,
    CaseState,
    ClockTrust,
    ItemKind,
    QueryOutcome,
    Satisfaction,
    ServiceKind,
    ServiceOutcome,
    Stream,
    SubjectKind,
    TerminalState,
)
from foundation.backoff import Backoff
from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.config import TerminalPaths
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.connection import ConnectionMonitor, ConnectionProbe, ConnectionState
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.items import ItemKeeper
from kiosk_app.province.outcomes import Answered, Refused
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.uplink import Uplink
from kiosk_app.reporting.cases import case_events, rating_event
from kiosk_app.reporting.events import TELEMETRY_PRIORITY, EventMaker
from kiosk_app.reporting.reconciliation import Reconciler
from kiosk_app.terminal.views import Connection
from offline_store.events import NewEvent
from offline_store.quotas import TELEMETRY
from offline_store.store import OfflineStore
from province_platform.faults import FaultChange
from province_platform.reference_people import find_person
from province_platform.server import PlatformServer
from provisioning.__main__ import run_verb
from tests.fixtures.stores import a_store

WITHIN_S = 15.0
SAM = "05.04-20240101-0000000001"


class ShiftedClock(SystemClock):
    """The machine's clock with a wall clock that is wrong."""

    def __init__(self, wrong_by: timedelta = timedelta(0)) -> None:
        self.wrong_by = wrong_by

    def utc_now(self) -> datetime:
        return datetime.now(UTC) + self.wrong_by


@dataclass
class Terminal:
    """The province's side of a terminal, wired as in the application."""

    paths: TerminalPaths
    credentials: Credentials
    store: OfflineStore
    clock: ShiftedClock
    client: ProvinceClient
    platform_clock: PlatformClock
    monitor: ConnectionMonitor
    probe: ConnectionProbe
    uplink: Uplink
    maker: EventMaker
    reconciler: Reconciler
    confirmed: queue.Queue[tuple[str, str, str]] = field(default_factory=queue.Queue)
    changes: queue.Queue[ConnectionState] = field(default_factory=queue.Queue)

    def hand_in(self) -> str:
        """A case with its service and rating, as somebody just made it; returns the case's id."""
        case = self.a_case()
        service = Service(
            service_id=str(uuid.uuid4()),
            case_id=case.case_id,
            service_no=1,
            kind=ServiceKind.CALL_BACK_REQUEST,
            outcome=ServiceOutcome.HANDED_IN,
            started_at=self.maker.now(),
            ended_at=self.maker.now(),
        )
        rating = Rating(
            rating_id=str(uuid.uuid4()),
            case_id=case.case_id,
            service_id=service.service_id,
            service_no=1,
            level=Satisfaction.SATISFIED,
            rated_at=self.maker.now(),
        )
        self.store.outbox.append(case_events(self.maker, case, service))
        self.store.outbox.append([rating_event(self.maker, rating)])
        return case.case_id

    def a_case(self) -> Case:
        enrolment = self.credentials.enrolment
        return Case(
            case_id=str(uuid.uuid4()),
            receipt_number=f"{enrolment.terminal_number}{self.store.ledger.next_receipt_number():06d}",
            terminal_id=enrolment.terminal_id,
            site_id=enrolment.site.site_id,
            region_code=enrolment.site.region_code,
            item_code="call-back",
            item_version=1,
            item_batch="test",
            task_code="11420000010833209R2002014003001",
            kind=ItemKind.FORM,
            state=CaseState.SUBMITTED,
            actor=Actor(assurance=Assurance.ANONYMOUS),
            subject=Subject(kind=SubjectKind.PERSON),
            submitted_at=self.maker.now(),
            notice_version="1",
        )

    def case_numbers(self, count: int) -> dict[str, str]:
        """The case numbers of the next confirmed cases; waits for three events of each."""
        told = [self.confirmed.get(timeout=WITHIN_S) for _ in range(3 * count)]
        return {subject: case_no for subject, stream, case_no in told if stream == "case"}


@contextmanager
def a_terminal(paths: TerminalPaths, platform: PlatformServer, clock: ShiftedClock) -> Iterator[Terminal]:
    credentials = Credentials.load(paths)
    platform_clock, monitor = PlatformClock(clock), ConnectionMonitor(clock)
    client = ProvinceClient(platform.terminal_url, credentials, clock, platform_clock, monitor.observe)
    with a_store(paths.state) as store:
        terminal_id = credentials.enrolment.terminal_id
        confirmed: queue.Queue[tuple[str, str, str]] = queue.Queue()
        maker = EventMaker(terminal_id, clock, platform_clock)
        reconciler = Reconciler(store, maker, clock)
        uplink = Uplink(
            store.outbox,
            client,
            terminal_id,
            clock,
            lambda *what: confirmed.put(what),
            on_asked=reconciler.province_asks,
            backoff=Backoff(0.05, 0.2),
        )
        store.outbox.on_committed = uplink.wake
        probe = ConnectionProbe(client, monitor, clock, quiet_limit_s=0.2, offline_backoff=Backoff(0.05, 0.1))
        parts = (client, platform_clock, monitor, probe, uplink, maker, reconciler)
        terminal = Terminal(paths, credentials, store, clock, *parts, confirmed)
        monitor.listen(terminal.changes.put)
        monitor.listen(uplink.connection_changed)
        try:
            yield terminal
        finally:
            client.close()
            assert reconciler.stop()
            assert probe.stop()
            assert uplink.stop()


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path_factory.mktemp("platform")) as server:
        yield server


@pytest.fixture
def paths(platform: PlatformServer, tmp_path: Path) -> TerminalPaths:
    paths = TerminalPaths(tmp_path)
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text(f'[platform]\nurl = "{platform.terminal_url}"\n')
    code = platform.make_enrolment_code("WH-WC-001", "一号机")
    assert run_verb(["enrol", "--root", str(tmp_path), "--code", code]) == 0
    return paths


@pytest.fixture
def terminal(platform: PlatformServer, paths: TerminalPaths) -> Iterator[Terminal]:
    with a_terminal(paths, platform, ShiftedClock()) as terminal:
        yield terminal
    platform.turn(FaultChange(refuse=False, error_500=False, drop_answer_after_commit=0))


def citizen(person_id: str = "wang-xiuying") -> Identity:
    person = find_person(person_id)
    assert person is not None
    return person.identity


def code_of(platform: PlatformServer, person_id: str) -> bytes:
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            f"{platform.console_url}/console/codes", json={"person_id": person_id}, timeout=WITHIN_S
        )
    code: str = answer.json()["code"]
    return code.encode("ascii")


def durable(platform: PlatformServer, question: str) -> list[Any]:
    with closing(sqlite3.connect(platform.database_path)) as connection:
        return connection.execute(question).fetchall()


def test_a_card_signs_in_asks_and_signs_out(terminal: Terminal) -> None:
    signed_in = terminal.client.sign_in_by_card(citizen(), SAM, terminal.platform_clock.utc_now())
    assert isinstance(signed_in, Answered)
    session = signed_in.value
    assert session.assurance is Assurance.CARD_VERIFIED
    found = terminal.client.query(session, "pension-payments", {"period": "3"})
    assert isinstance(found, Answered)
    assert (found.value.outcome, len(found.value.facts) >= 3) == (QueryOutcome.FOUND, True)
    licence = terminal.client.licence(session, "household_register", "elder-allowance")
    assert isinstance(licence, Answered)
    assert licence.value.licence is not None
    assert isinstance(terminal.client.sign_out(session), Answered)
    after = terminal.client.cases(session)
    assert isinstance(after, Refused)
    assert after.error is Errors.SIGN_IN_EXPIRED


def test_a_code_signs_in_once(terminal: Terminal, platform: PlatformServer) -> None:
    code = code_of(platform, "wang-xiuying")
    signed_in = terminal.client.sign_in_by_code(code)
    assert isinstance(signed_in, Answered)
    assert signed_in.value.identity == citizen()
    again = terminal.client.sign_in_by_code(code)
    assert isinstance(again, Refused)
    assert again.error is Errors.CODE_REFUSED
    assert again.message is not None
    garbage = terminal.client.sign_in_by_code(b"\x01" * 1000)
    assert isinstance(garbage, Refused)


@pytest.mark.parametrize("hours", [-30_000, 5])
def test_a_terminal_whose_clock_is_wrong_still_signs_people_in(
    paths: TerminalPaths, platform: PlatformServer, hours: int
) -> None:
    clock = ShiftedClock()
    with a_terminal(paths, platform, clock) as terminal:
        clock.wrong_by = timedelta(hours=hours)
        before = terminal.client.sign_in_by_card(citizen(), SAM, terminal.platform_clock.utc_now())
        assert isinstance(before, Refused)
        assert isinstance(terminal.client.time(), Answered)
        assert terminal.platform_clock.trust() is ClockTrust.OFFSET_KNOWN
        assert isinstance(
            terminal.client.sign_in_by_card(citizen(), SAM, terminal.platform_clock.utc_now()), Answered
        )


def test_what_is_handed_in_gets_its_number_at_once(terminal: Terminal, platform: PlatformServer) -> None:
    terminal.uplink.start()
    case_id = terminal.hand_in()
    (number,) = terminal.case_numbers(1).values()
    assert len(number) == 43
    answer = terminal.client.case(case_id)
    assert isinstance(answer, Answered)
    assert (answer.value.case_no, answer.value.state) == (number, CaseState.SUBMITTED)
    assert terminal.store.outbox.case_number(f"case/{case_id}") == number


def test_an_answer_that_is_cut_off_after_the_commit_makes_no_second_case(
    terminal: Terminal, platform: PlatformServer
) -> None:
    platform.turn(FaultChange(drop_answer_after_commit=1))
    case_id = terminal.hand_in()
    terminal.uplink.start()
    (number,) = terminal.case_numbers(1).values()
    assert terminal.store.outbox.board().sent["duplicate"] == 3
    rows = durable(platform, f"select stream, repeats from events where subject = 'case/{case_id}'")  # noqa: S608
    assert sorted(rows) == [("case", 1), ("rating", 1), ("service", 1)]
    assert number


def test_an_outage_is_told_and_everything_arrives_once_and_in_order_when_it_is_over(
    terminal: Terminal, platform: PlatformServer
) -> None:
    terminal.probe.start()
    terminal.uplink.start()
    assert terminal.changes.get(timeout=WITHIN_S).connection is Connection.CONNECTED
    platform.turn(FaultChange(refuse=True))
    gone = terminal.changes.get(timeout=WITHIN_S)
    assert (gone.connection, gone.error) == (Connection.OFFLINE, Errors.PROVINCE_UNREACHABLE)
    case_ids = [terminal.hand_in() for _ in range(40)]
    assert terminal.store.outbox.board().depth == 120
    platform.turn(FaultChange(refuse=False))
    assert terminal.changes.get(timeout=WITHIN_S).connection is Connection.CONNECTED
    numbers = terminal.case_numbers(40)
    assert len(set(numbers.values())) == 40
    terminal_id = terminal.credentials.enrolment.terminal_id
    received = durable(
        platform,
        "select subject, stream, sequence, repeats from events "  # noqa: S608
        f"where terminal_id = '{terminal_id}' order by position",
    )
    cases = [(subject, sequence) for subject, stream, sequence, _ in received if stream == "case"]
    assert cases == [(f"case/{case_id}", n) for n, case_id in enumerate(case_ids, start=1)]
    assert len(received) == 120
    assert terminal.store.outbox.board().depth == 0


def test_status_that_was_coalesced_leaves_no_gap_at_the_platform(
    terminal: Terminal, platform: PlatformServer
) -> None:
    def status() -> NewEvent:
        payload = Status(terminal_id=terminal.maker.terminal_id, state=TerminalState.NORMAL)
        return terminal.maker.make(Stream.STATUS, payload, priority=TELEMETRY_PRIORITY)

    outbox, terminal_id = terminal.store.outbox, terminal.credentials.enrolment.terminal_id
    outbox.append([status() for _ in range(TELEMETRY["status"].waiting)])
    (last,) = outbox.append([status()])
    assert last.period == (1, last.sequence - 1)
    terminal.uplink.start()
    terminal.confirmed.get(timeout=WITHIN_S)
    of_ours = f"from {{}} where terminal_id = '{terminal_id}' and stream = 'status'"
    assert durable(platform, f"select sequence {of_ours.format('events')}") == [(last.sequence,)]
    assert durable(platform, f"select highest {of_ours.format('stream_heads')}") == [(last.sequence,)]
    assert durable(platform, f"select * {of_ours.format('gaps')}") == []
    ((document,),) = durable(platform, f"select document {of_ours.format('events')}")
    period = json.loads(document)["data"]["period"]
    assert period == {"first_sequence": 1, "last_sequence": last.sequence - 1}


def test_a_page_of_a_dead_proxy_confirms_nothing(terminal: Terminal, platform: PlatformServer) -> None:
    platform.turn(FaultChange(error_500=True))
    terminal.probe.start()
    terminal.uplink.start()
    terminal.hand_in()
    assert terminal.changes.get(timeout=WITHIN_S).error is Errors.PROVINCE_BUSY
    assert terminal.store.outbox.board().depth == 3
    platform.turn(FaultChange(error_500=False))
    assert len(terminal.case_numbers(1)) == 1


def test_a_matter_that_is_published_is_here_without_a_restart(
    terminal: Terminal, platform: PlatformServer, repository: Path
) -> None:
    batches: queue.Queue[ItemBatch] = queue.Queue()
    verifier = terminal.credentials.item_verifier
    keeper = ItemKeeper(terminal.client, terminal.store.catalogue, verifier, terminal.clock, batches.put)
    keeper.start()
    try:
        reference = batches.get(timeout=WITHIN_S)
        assert reference.find("pension-payments") is not None
        fourth = (repository / "tests" / "fixtures" / "items" / "fourth-item.json").read_bytes()
        code = json.loads(fourth)["code"]
        assert reference.find(code) is None
        platform.publish(fourth)
        keeper.look_now()
        published = batches.get(timeout=WITHIN_S)
        assert published.find(code) is not None
        assert keeper.current_batch() == published
    finally:
        terminal.client.close()
        assert keeper.stop()


def test_a_terminal_that_was_revoked_keeps_everything_and_says_why(
    terminal: Terminal, platform: PlatformServer
) -> None:
    terminal_id = terminal.credentials.enrolment.terminal_id
    with closing(sqlite3.connect(platform.database_path)) as connection, connection:
        connection.execute(
            "update terminals set revoked_at = '2026-11-21T00:00:00.000Z' where terminal_id = ?",
            (terminal_id,),
        )
    terminal.probe.start()
    terminal.uplink.start()
    terminal.hand_in()
    refused = terminal.changes.get(timeout=WITHIN_S)
    assert (refused.connection, refused.error) == (Connection.OFFLINE, Errors.TERMINAL_NOT_AUTHORISED)
    board = terminal.store.outbox.board()
    assert (board.depth, board.set_aside) == (3, ())


def test_nothing_of_a_person_is_in_what_is_told_of_calls(terminal: Terminal) -> None:
    identity = citizen()
    signed_in = terminal.client.sign_in_by_card(identity, SAM, terminal.platform_clock.utc_now())
    assert isinstance(signed_in, Answered)
    found = terminal.client.query(signed_in.value, "pension-payments", {"period": "3"})
    told = repr([signed_in, signed_in.value, found, terminal])
    secrets = [identity.name, identity.number, identity.address, signed_in.value.token]
    assert not [secret for secret in secrets if secret in told]
    assert msgspec.json.encode(identity).decode() not in told
