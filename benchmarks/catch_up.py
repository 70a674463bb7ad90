"""What a long outage costs when it is over: 100,000 events wait, and the line is back.

A provisioned terminal with its simulated devices has that many events of citizens in its store: cases, each
with its act of handling and its rating, as they are left by weeks without a line. The platform listens again,
and while the queue empties somebody hands in one more case at the screen. That case is a row like the others
and must not stand behind them: a person waits for its number.

``events_per_s`` runs from the first of the waiting events that the platform has to the last. Memory is the
terminal's resident set, from before the line came back. The stall is that of the GUI thread, as in ``hang``.
``case_meanwhile_ms`` is from the moment that the case says it was handed in to the moment that the platform
says it had it; both clocks are this machine's.

Beside the rate stands how fast the same machine posts batches of as many bytes to the same platform over one
connection, to an address where nothing is done with them.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import time
import uuid
from contextlib import closing
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import psutil

from benchmarks.report import FOLDER, Row, write_report
from benchmarks.watched_terminal import FILE_NAME, StallFile
from contract.items import Item, ItemBatch
from contract.payloads import Rating
from contract.sets import Satisfaction
from demo.hall import Hall, offscreen
from demo.lines import Lines
from demo.parts import Part, Parts
from demo.story import ask_for_a_call
from demo.visit import Visit
from foundation.clock import SystemClock, boot_id, parse_rfc3339
from kiosk_app.config import TerminalPaths
from kiosk_app.matters.handing_in import case_file
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.exchange import Exchange, Reply
from kiosk_app.province.items import ItemKeeper
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.uplink import LARGEST_BATCH
from kiosk_app.reporting.cases import case_events, rating_event
from kiosk_app.reporting.events import EventMaker
from kiosk_app.terminal.desk import Submission
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore

EVENTS = 100_000
EVENTS_OF_A_CASE = 3
CASES_IN_A_TRANSACTION = 100
GROWTH_LIMIT_MB = 50.0
STALL_LIMIT_MS = 50.0
CASE_LIMIT_MS = 2000.0
BARE_POSTS = 200
NOWHERE = "/v1/nowhere"
_LOOK_EVERY_S = 0.25
_ARRIVES_WITHIN_S = 900.0
_WITHIN_S = 30.0
_MB = 1024 * 1024
_OF_CITIZENS = "FROM events WHERE stream IN ('case', 'service', 'rating')"
_PATIENCE = {"session": {"warn_after_s": 600, "end_after_s": 900}}
"""Nobody's session ends while this measures: the wipe at its end is a figure of ``hang``."""


class Weeks:
    """Weeks without a line: fills the store of a terminal that is not running."""

    def __init__(self, paths: TerminalPaths, url: str) -> None:
        self._clock = SystemClock()
        self._credentials = Credentials.load(paths)
        self._paths = paths
        self._url = url
        platform_clock = PlatformClock(self._clock)
        self._maker = EventMaker(self._credentials.enrolment.terminal_id, self._clock, platform_clock)
        self._client = ProvinceClient(url, self._credentials, self._clock, platform_clock)
        self.bytes_of_a_batch = 0

    def pass_by(self, events: int) -> None:
        """So many events wait afterwards, and the terminal knows the province's items."""
        keys = KeyFileProvider(self._paths.store_key)
        store = OfflineStore.open(self._paths.store, keys, clock=self._clock, boot_id=boot_id())
        try:
            batch = self._items(store)
            item = batch.find("call-back")
            if item is None:
                raise RuntimeError("the platform has no matter that needs no sign-in")
            cases = events // EVENTS_OF_A_CASE
            for begin in range(0, cases, CASES_IN_A_TRANSACTION):
                self._hand_in(store, item, batch, min(CASES_IN_A_TRANSACTION, cases - begin))
        finally:
            self._client.close()
            store.close()

    def _items(self, store: OfflineStore) -> ItemBatch:
        known = threading.Event()
        verifier = self._credentials.item_verifier
        keeper = ItemKeeper(self._client, store.catalogue, verifier, self._clock, lambda _: known.set())
        keeper.start()
        try:
            if not known.wait(_WITHIN_S) or (batch := keeper.current_batch()) is None:
                raise RuntimeError("the platform gave no items")
        finally:
            keeper.stop()
        return batch

    def _hand_in(self, store: OfflineStore, item: Item, batch: ItemBatch, cases: int) -> None:
        events = []
        for _ in range(cases):
            submission = Submission(
                session_id=str(uuid.uuid4()),
                item=item,
                batch_id=batch.batch_id,
                signed_in=None,
                answers={"mobile": "13800000126", "convenient": "any"},
                notice_version=batch.notice.version,
                started_at=self._maker.now(),
                offline=True,
            )
            number = store.ledger.next_receipt_number()
            file = case_file(
                submission, self._credentials, self._credentials.enrolment.site, number, self._maker
            )
            rating = Rating(
                rating_id=str(uuid.uuid4()),
                case_id=file.case.case_id,
                service_id=file.service.service_id,
                service_no=1,
                level=Satisfaction.SATISFIED,
                rated_at=self._maker.now(),
            )
            events += [*case_events(self._maker, file.case, file.service), rating_event(self._maker, rating)]
        store.outbox.append(events)
        self.bytes_of_a_batch = sum(len(event.data) for event in events[:LARGEST_BATCH])


class Arrivals:
    """What the platform has, by its own ledger, read beside it."""

    def __init__(self, hall: Hall) -> None:
        self._file = hall.platform_root / "platform.sqlite"

    def number(self) -> int:
        """How many events of citizens there are."""
        return int(str(self._ask(f"SELECT count(*) {_OF_CITIZENS}")[0]))

    def seconds(self) -> float:
        """From the first to the last of them that was handed in without a line."""
        first, last = self._ask(f"SELECT min(received_at), max(received_at) {_OF_CITIZENS}")
        return (parse_rfc3339(str(last)) - parse_rfc3339(str(first))).total_seconds()

    def case_meanwhile_ms(self) -> float:
        """How long the one case that was handed in with a line was under way."""
        occurred, received = self._ask("SELECT occurred_at, received_at FROM cases WHERE NOT offline")
        times: list[datetime] = [parse_rfc3339(str(each)) for each in (received, occurred)]
        return (times[0] - times[1]).total_seconds() * 1000

    def _ask(self, question: str) -> tuple[object, ...]:
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as database:
            found: tuple[object, ...] = database.execute(question).fetchone()
            return found


def leave(visit: Visit) -> None:
    """From the slip's number to the resting screen, without rating."""
    visit.tap("结束办理")
    visit.reads("您的信息已从本机清除")
    visit.tap("我拿好了")
    visit.sees("attract")


def measure(folder: Path, *, events: int) -> list[Row]:
    """Lets ``events`` wait, lets the line come back, and watches."""
    with Parts(folder / "logs", offscreen(folder)) as parts:
        hall = Hall(parts, folder)
        hall.start_platform()
        hall.start_devices()
        hall.provision(_PATIENCE)
        weeks = Weeks(TerminalPaths(hall.terminal_root), hall.platform_url)
        weeks.pass_by(events)
        hall.console.set_fault(refuse=True)
        terminal = hall.start_terminal(module="benchmarks.watched_terminal")
        try:
            rows = _watch(hall, terminal, events)
        finally:
            hall.console.close()
        bare = _bare_events_per_s(hall, weeks.bytes_of_a_batch)
    rows[0] = Row(rows[0].figure, "events/s", "higher", rows[0].ours, {"bare posts of as many bytes": bare})
    return rows


def _watch(hall: Hall, terminal: Part, events: int) -> list[Row]:
    stalls = StallFile(hall.terminal_root / FILE_NAME)
    screen = Lines(hall.screen_socket, timeout_s=60.0)
    visit = Visit("catch-up", screen, hall.device_orders)
    process = psutil.Process(terminal.process_id)
    arrivals = Arrivals(hall)
    waiting = events // EVENTS_OF_A_CASE * EVENTS_OF_A_CASE
    pause = threading.Event()
    try:
        ask_for_a_call(visit)  # what is loaded at its first use is loaded, also by a session's end
        leave(visit)
        resident_mb = [process.memory_info().rss / _MB]
        hall.console.set_fault(refuse=False)
        visit.reads("网络正常", timeout_s=60.0)
        stalls.write_ms(0.0, 0.0)
        ask_for_a_call(visit)
        visit.reads("已提交")
        while_behind = arrivals.number() < waiting
        deadline_s = time.monotonic() + _ARRIVES_WITHIN_S
        while arrivals.number() < waiting + 4:  # two more cases, each with its act of handling
            if time.monotonic() > deadline_s:
                raise RuntimeError(f"only {arrivals.number()} of {waiting + 4} events arrived")
            pause.wait(_LOOK_EVERY_S)
            resident_mb.append(process.memory_info().rss / _MB)
        own_ms, whole_ms = stalls.read_ms()
    finally:
        screen.close()
        stalls.close()
    growth_mb = max(resident_mb) - resident_mb[0]
    return [
        Row("events_per_s", "events/s", "higher", round(waiting / arrivals.seconds(), 1), {}),
        Row("memory_growth_mb", "MB", "lower", round(growth_mb, 2), {"limit": GROWTH_LIMIT_MB}),
        Row(
            "longest_stall_ms",
            "ms",
            "lower",
            round(own_ms, 2),
            {"limit": STALL_LIMIT_MS, "with other programs' turns": round(whole_ms, 2)},
        ),
        Row(
            "case_meanwhile_ms",
            "ms",
            "lower",
            round(arrivals.case_meanwhile_ms(), 1),
            {"limit": CASE_LIMIT_MS, "others were waiting still": float(while_behind)},
        ),
    ]


def _bare_events_per_s(hall: Hall, bytes_of_a_batch: int) -> float:
    credentials = Credentials.load(TerminalPaths(hall.terminal_root))
    bare = Exchange(hall.platform_url, credentials.tls, SystemClock())
    body = b"x" * bytes_of_a_batch
    try:
        started_s = time.perf_counter()
        for _ in range(BARE_POSTS):
            reply = bare.send("POST", NOWHERE, _WITHIN_S, body=body, headers={})
            if not isinstance(reply, Reply) or reply.status != HTTPStatus.NOT_FOUND:
                raise RuntimeError(f"the platform did not answer as nothing does: {reply}")
        return round(BARE_POSTS * LARGEST_BATCH / (time.perf_counter() - started_s), 1)
    finally:
        bare.close()


def main() -> None:
    """Measures in a folder that is removed afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="catch_up-", dir=FOLDER))
    try:
        write_report("catch_up", measure(folder, events=EVENTS))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
