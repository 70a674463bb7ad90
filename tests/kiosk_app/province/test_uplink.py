"""What was committed reaches the province once, in order, whatever answers on the way."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract.answers import EventAnswer
from contract.envelope import CloudEvent, decode_event, split_batch
from contract.sets import Outcome
from foundation.backoff import Backoff
from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.connection import ConnectionMonitor, ConnectionState
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.uplink import LARGEST_BATCH, Uplink
from kiosk_app.terminal.views import Connection
from offline_store.events import NewEvent
from offline_store.store import OfflineStore
from tests.fakes.event_ledger import EventLedger, answer_of
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store, an_event
from tests.fixtures.terminals import an_enrolled_terminal


@pytest.fixture
def ledger() -> EventLedger:
    return EventLedger()


@pytest.fixture
def platform(ledger: EventLedger) -> Iterator[ScriptedServer]:
    with ScriptedServer(ledger) as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OfflineStore]:
    with a_store(tmp_path) as store:
        yield store


@pytest.fixture
def confirmed() -> queue.Queue[tuple[str, str, str]]:
    return queue.Queue()


@pytest.fixture
def refused() -> queue.Queue[tuple[str, str, str]]:
    return queue.Queue()


@pytest.fixture
def monitor() -> ConnectionMonitor:
    return ConnectionMonitor(SystemClock())


@pytest.fixture
def client(platform: ScriptedServer, monitor: ConnectionMonitor, tmp_path: Path) -> Iterator[ProvinceClient]:
    clock = SystemClock()
    credentials = an_enrolled_terminal(tmp_path).credentials
    client = ProvinceClient(platform.url, credentials, clock, PlatformClock(clock), monitor.observe)
    yield client
    client.close()


@pytest.fixture
def uplink(
    store: OfflineStore,
    client: ProvinceClient,
    confirmed: queue.Queue[tuple[str, str, str]],
    refused: queue.Queue[tuple[str, str, str]],
) -> Iterator[Uplink]:
    uplink = Uplink(
        store.outbox,
        client,
        TERMINAL_ID,
        SystemClock(),
        lambda *what: confirmed.put(what),
        lambda *what: refused.put(what),
        backoff=Backoff(0.02, 0.05),
    )
    store.outbox.on_committed = uplink.wake
    yield uplink
    client.close()
    assert uplink.stop()


def confirmations(confirmed: queue.Queue[tuple[str, str, str]], count: int) -> list[tuple[str, str, str]]:
    return [confirmed.get(timeout=10) for _ in range(count)]


def a_whole_case(case: str) -> list[NewEvent]:
    subject = f"case/{case}"
    handed_in = an_event("case", subject, priority=0, data=b'{"case":1}')
    service = an_event("service", subject, priority=0, depends_on=(handed_in.id,))
    rating = an_event("rating", subject, priority=0, depends_on=(service.id,))
    return [handed_in, service, rating]


def test_a_commit_is_sent_at_once_and_the_case_number_comes_back(
    store: OfflineStore, uplink: Uplink, ledger: EventLedger, confirmed: queue.Queue[tuple[str, str, str]]
) -> None:
    uplink.start()
    store.outbox.append(a_whole_case("1"))
    assert confirmations(confirmed, 3) == [
        ("case/1", "case", "420103-0001"),
        ("case/1", "service", ""),
        ("case/1", "rating", ""),
    ]
    assert store.outbox.case_number("case/1") == "420103-0001"
    (event, *_) = ledger.stored
    assert (event.source, event.sequence, event.storeid) == (f"terminal/{TERMINAL_ID}", "1", store.store_id)
    assert bytes(event.data) == b'{"case":1}'
    assert store.outbox.board().depth == 0


def test_what_waited_while_nobody_was_there_drains_in_order_and_in_batches(
    store: OfflineStore, uplink: Uplink, ledger: EventLedger, confirmed: queue.Queue[tuple[str, str, str]]
) -> None:
    events = [an_event(data=f'{{"n":{n},"pad":"{"x" * 60}"}}'.encode()) for n in range(250)]
    store.outbox.append(events)
    uplink.start()
    confirmations(confirmed, 250)
    assert [event.id for event in ledger.stored] == [event.id for event in events]
    assert [event.sequence for event in ledger.stored] == [str(n) for n in range(1, 251)]
    assert [len(batch) for batch in ledger.batches] == [LARGEST_BATCH, LARGEST_BATCH, 50]


def test_a_large_batch_travels_compressed_and_a_small_one_as_it_is(
    store: OfflineStore,
    uplink: Uplink,
    platform: ScriptedServer,
    confirmed: queue.Queue[tuple[str, str, str]],
) -> None:
    uplink.start()
    store.outbox.append([an_event()])
    confirmations(confirmed, 1)
    assert "content-encoding" not in platform.seen[-1].headers
    store.outbox.append([an_event() for _ in range(20)])
    confirmations(confirmed, 20)
    assert platform.seen[-1].headers["content-encoding"] == "gzip"
    assert len(platform.seen[-1].sent_body) < len(platform.seen[-1].body) / 4


def test_an_answer_lost_after_the_commit_is_a_duplicate_and_never_a_second_case(
    store: OfflineStore,
    uplink: Uplink,
    platform: ScriptedServer,
    ledger: EventLedger,
    confirmed: queue.Queue[tuple[str, str, str]],
) -> None:
    lost: list[Request] = []

    def drop_the_first_answer(request: Request) -> Response | None:
        answer = ledger(request)
        if not lost:
            lost.append(request)
            return None
        return answer

    platform.answer = drop_the_first_answer
    uplink.start()
    store.outbox.append(a_whole_case("1"))
    assert confirmations(confirmed, 3)[0] == ("case/1", "case", "420103-0001")
    assert len(ledger.batches) == 2
    assert len(ledger.stored) == 3
    assert store.outbox.board().sent["duplicate"] == 3


def test_one_refused_row_is_set_aside_with_what_needs_it_and_the_rest_goes_on(
    store: OfflineStore,
    uplink: Uplink,
    ledger: EventLedger,
    confirmed: queue.Queue[tuple[str, str, str]],
    refused: queue.Queue[tuple[str, str, str]],
) -> None:
    bad = a_whole_case("bad")

    def refuse(event: CloudEvent) -> EventAnswer | None:
        if event.id == bad[0].id:
            return EventAnswer(id=event.id, outcome=Outcome.REFUSED, code="PROV-006", reason="task_code")
        if event.subject == "case/bad":
            return EventAnswer(id=event.id, outcome=Outcome.WAITS_FOR)
        return None

    ledger.special = refuse
    store.outbox.append([*bad, *a_whole_case("good")])
    uplink.start()
    assert {subject for subject, _, _ in confirmations(confirmed, 3)} == {"case/good"}
    assert refused.get(timeout=5) == ("case/bad", "case", "PROV-006")
    board = store.outbox.board()
    assert [(row.stream, row.code) for row in board.set_aside if row.because_of is None] == [
        ("case", "PROV-006")
    ]
    assert {row.stream for row in board.set_aside} == {"case", "service", "rating"}
    assert board.depth == 0


def test_a_row_to_be_tried_again_steps_back_and_arrives_later(
    store: OfflineStore, uplink: Uplink, ledger: EventLedger, confirmed: queue.Queue[tuple[str, str, str]]
) -> None:
    first, second = an_event(subject="case/1"), an_event(subject="case/2")
    asked: list[str] = []

    def busy_once(event: CloudEvent) -> EventAnswer | None:
        if event.id == first.id and first.id not in asked:
            asked.append(first.id)
            return EventAnswer(id=event.id, outcome=Outcome.RETRY, code="PROV-002")
        return None

    ledger.special = busy_once
    store.outbox.append([first, second])
    uplink.start()
    assert [subject for subject, _, _ in confirmations(confirmed, 2)] == ["case/2", "case/1"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda _: Response(200, b"<html>hotel wifi</html>"),
        lambda rows: answer_of(rows[:-1]),
        lambda _: answer_of([]),
        lambda rows: answer_of([*rows, rows[0]]),
        lambda rows: answer_of([rows[0], *rows[:-1]]),
        lambda _: Response(200, b'{"answers":[{"id":"x","outcome":"perhaps"}],"time":"x"}'),
    ],
    ids=["html", "a row missing", "no rows", "a row too many", "a row twice", "unknown outcome"],
)
def test_anything_but_one_answer_for_each_row_confirms_nothing(
    store: OfflineStore,
    uplink: Uplink,
    platform: ScriptedServer,
    ledger: EventLedger,
    confirmed: queue.Queue[tuple[str, str, str]],
    wrong: Callable[[list[EventAnswer]], Response],
) -> None:
    boards: list[int] = []

    def wrong_once(request: Request) -> Response:
        if boards:
            boards.append(store.outbox.board().depth)
            return ledger(request)
        boards.append(store.outbox.board().depth)
        return wrong([ledger.answer(decode_event(row)) for row in split_batch(request.body)])

    platform.answer = wrong_once
    store.outbox.append([an_event(subject=f"case/{n}") for n in range(3)])
    uplink.start()
    confirmations(confirmed, 3)
    assert boards[:2] == [3, 3]
    assert len(ledger.stored) == 3


def test_a_row_that_breaks_the_platform_is_found_and_passed_by_the_rest(
    store: OfflineStore,
    uplink: Uplink,
    platform: ScriptedServer,
    ledger: EventLedger,
    confirmed: queue.Queue[tuple[str, str, str]],
) -> None:
    events = [an_event(subject=f"case/{n}") for n in range(12)]
    poison = events[4].id

    def breaks(request: Request) -> Response:
        return Response(500, b"oops") if poison.encode() in request.body else ledger(request)

    platform.answer = breaks
    store.outbox.append(events)
    uplink.start()
    assert "case/4" not in {subject for subject, _, _ in confirmations(confirmed, 11)}
    assert store.outbox.board().depth == 1


def test_a_row_that_is_refused_as_a_whole_body_is_set_aside(
    store: OfflineStore,
    uplink: Uplink,
    platform: ScriptedServer,
    ledger: EventLedger,
    refused: queue.Queue[tuple[str, str, str]],
    confirmed: queue.Queue[tuple[str, str, str]],
) -> None:
    events = [an_event(subject=f"case/{n}") for n in range(5)]
    too_large = events[2].id
    problem = b'{"code":"PROV-006","message":{"zh":"-","en":"The body is too large."}}'

    def refuses(request: Request) -> Response:
        return Response(413, problem) if too_large.encode() in request.body else ledger(request)

    platform.answer = refuses
    store.outbox.append(events)
    uplink.start()
    confirmations(confirmed, 4)
    assert refused.get(timeout=5) == ("case/2", "status", "PROV-006")
    (row,) = store.outbox.board().set_aside
    assert (row.id, row.code, row.reason) == (too_large, "PROV-006", "The body is too large.")


def test_a_platform_that_asks_to_be_left_alone_is_left_alone(
    store: OfflineStore, client: ProvinceClient, platform: ScriptedServer, tmp_path: Path
) -> None:
    clock = WaitingClock()
    uplink = Uplink(store.outbox, client, TERMINAL_ID, clock, lambda *_: None, backoff=Backoff(0.02, 0.05))
    platform.answer = lambda _: Response(503, b"", (("retry-after", "120"),))
    store.outbox.append([an_event()])
    uplink.start()
    try:
        assert clock.waits_s.get(timeout=5) == 120.0
        uplink.connection_changed(ConnectionState(Connection.CONNECTED, clock.utc_now()))
        uplink.wake()
        assert len(platform.seen) == 1
    finally:
        assert uplink.stop()


class WaitingClock(SystemClock):
    """Real time that tells how long somebody set out to wait."""

    def __init__(self) -> None:
        self.waits_s: queue.Queue[float] = queue.Queue()

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        self.waits_s.put(timeout_s)
        return super().wait(event, timeout_s)


def test_a_connection_that_is_back_ends_the_back_off(
    store: OfflineStore,
    client: ProvinceClient,
    platform: ScriptedServer,
    ledger: EventLedger,
    confirmed: queue.Queue[tuple[str, str, str]],
) -> None:
    clock = WaitingClock()
    long_backoff = Backoff(3600.0, 3600.0)
    uplink = Uplink(
        store.outbox, client, TERMINAL_ID, clock, lambda *what: confirmed.put(what), backoff=long_backoff
    )
    platform.answer = lambda _: None
    store.outbox.append([an_event()])
    uplink.start()
    try:
        assert clock.waits_s.get(timeout=5) > 1000
        platform.answer = ledger
        uplink.connection_changed(ConnectionState(Connection.OFFLINE, clock.utc_now()))
        assert len(platform.seen) == 1
        uplink.connection_changed(ConnectionState(Connection.CONNECTED, clock.utc_now()))
        assert len(confirmations(confirmed, 1)) == 1
    finally:
        assert uplink.stop()


def test_a_stop_does_not_wait_for_an_answer_that_never_comes(
    store: OfflineStore, uplink: Uplink, client: ProvinceClient, platform: ScriptedServer
) -> None:
    asked = threading.Event()

    def never(_: Request) -> None:
        asked.set()
        platform.stopping.wait()

    platform.answer = never
    uplink.start()
    store.outbox.append([an_event()])
    assert asked.wait(5)
    client.close()
    assert uplink.stop(2.0)
    assert store.outbox.board().depth == 1


def test_not_being_accepted_any_more_deletes_nothing(
    store: OfflineStore,
    uplink: Uplink,
    platform: ScriptedServer,
    ledger: EventLedger,
    monitor: ConnectionMonitor,
    confirmed: queue.Queue[tuple[str, str, str]],
) -> None:
    asked = threading.Semaphore(0)

    def refuse(_: Request) -> Response:
        asked.release()
        return Response(401, b'{"code":"PROV-004","message":{"zh":"-","en":"-"}}')

    platform.answer = refuse
    uplink.start()
    store.outbox.append(a_whole_case("1"))
    for _ in range(3):
        assert asked.acquire(timeout=5)
    assert store.outbox.board().depth == 3
    assert store.outbox.board().set_aside == ()
    assert monitor.state().error is Errors.TERMINAL_NOT_AUTHORISED
    platform.answer = ledger
    confirmations(confirmed, 3)
