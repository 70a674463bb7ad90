"""How long it takes until the province sees what a citizen has just done.

The platform runs in a process of its own; the terminal's store, uplink and client run here as its composition
wires them, and beside them a watcher of the console's stream, as an operator's browser is one. A rating is
committed; the clock runs from the call that commits it until the watcher is told of that very rating. So all
is in it: the disk, the wake of the uplink, mutual TLS, the platform's own commit and the stream.

In turns with each rating, the same number of bytes is posted from here to the same platform over a connection
that is kept alive, to an address where nothing is done with it (and which therefore answers 404): the least
that a network call of this kind takes.
"""

from __future__ import annotations

import http.client
import json
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from benchmarks.report import FOLDER, Row, write_report
from contract.answers import BatchAnswer
from contract.sets import Satisfaction
from demo.hall import Hall
from demo.parts import Parts
from foundation.clock import SystemClock, boot_id
from kiosk_app.config import TerminalPaths
from kiosk_app.matters.handing_in import CaseFile
from kiosk_app.matters.recording import CaseRecorder
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.exchange import Exchange, Reply
from kiosk_app.province.outcomes import Answered, Outcome
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.uplink import Uplink
from kiosk_app.reporting.events import EventMaker
from kiosk_app.terminal.desk import GivenRating, Submission
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore

RATINGS = 1000
WARM_UP = 20
NOWHERE = "/v1/nowhere"
_WITHIN_S = 30.0


class Watcher:
    """Sits before the console: knows when each event became visible there."""

    def __init__(self, console_url: str) -> None:
        where = urlsplit(console_url)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=_WITHIN_S)
        self._connection.request("GET", "/console/stream")
        self._stream = self._connection.getresponse()
        self._seen_s: dict[tuple[str, str], float] = {}
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._watch, name="watcher")
        self._thread.start()

    def _watch(self) -> None:
        while line := self._stream.readline():
            seen_s = time.perf_counter()
            if line.startswith(b"data: "):
                event = json.loads(line.removeprefix(b"data: "))
                with self._news:
                    self._seen_s[event.get("stream", ""), event.get("subject", "")] = seen_s
                    self._news.notify_all()

    def seen_s(self, stream: str, files: Sequence[CaseFile]) -> float:
        """When the last event of ``stream`` about these cases was seen; waits. Raises ``TimeoutError``."""
        wanted = [(stream, file.subject) for file in files]
        with self._news:
            if not self._news.wait_for(lambda: all(each in self._seen_s for each in wanted), _WITHIN_S):
                raise TimeoutError(f"an event of stream {stream} was not seen on the console")
            return max(self._seen_s[each] for each in wanted)

    def close(self) -> None:
        """Waits for the end of the stream, which comes with the end of the platform."""
        self._thread.join()
        self._connection.close()


class MeasuringClient(ProvinceClient):
    """The terminal's client, which also knows how large its last batch was."""

    last_batch_bytes = 0

    def send_events(self, batch: bytes) -> Outcome[BatchAnswer]:
        self.last_batch_bytes = len(batch)
        return super().send_events(batch)


class Sender:
    """The terminal's store, recorder, client and uplink."""

    def __init__(self, paths: TerminalPaths, url: str) -> None:
        clock, self._credentials = SystemClock(), Credentials.load(paths)
        platform_clock = PlatformClock(clock)
        enrolment = self._credentials.enrolment
        keys = KeyFileProvider(paths.store_key)
        self._store = OfflineStore.open(paths.store, keys, clock=clock, boot_id=boot_id())
        self._maker = EventMaker(enrolment.terminal_id, clock, platform_clock)
        self._recorder = CaseRecorder(self._store, self._maker, self._credentials, enrolment.site)
        self.client = MeasuringClient(url, self._credentials, clock, platform_clock)
        self._uplink = Uplink(self._store.outbox, self.client, enrolment.terminal_id, clock, lambda *_: None)
        self._store.outbox.on_committed = self._uplink.wake
        self._bare = Exchange(url, self._credentials.tls, clock)

    def start(self) -> None:
        """Starts the uplink."""
        self._uplink.start()

    def hand_in(self, count: int) -> list[CaseFile]:
        """So many calls for a call back: cases, each with its act of handling, that can be rated."""
        items = self.client.items()
        if not isinstance(items, Answered) or items.value is None:
            raise RuntimeError(f"no items: {items}")
        batch = items.value.batch
        item = batch.find("call-back")
        if item is None:
            raise RuntimeError("the platform has no matter that needs no sign-in")
        submission = Submission(
            session_id=str(uuid.uuid4()),
            item=item,
            batch_id=batch.batch_id,
            signed_in=None,
            answers={"mobile": "13800000126", "convenient": "any"},
            notice_version=batch.notice.version,
            started_at=self._maker.now(),
            offline=False,
        )
        return [self._recorder.record(submission) for _ in range(count)]

    def rate(self, file: CaseFile) -> None:
        """Commits a rating."""
        given = GivenRating(
            case_id=file.case.case_id,
            service_id=file.service.service_id,
            level=Satisfaction.VERY_SATISFIED,
            tags=("510", "512"),
        )
        self._recorder.record_rating(given)

    def post(self) -> None:
        """As many bytes as the last batch had, to where nothing is done with them."""
        body = b"x" * self.client.last_batch_bytes
        reply = self._bare.send("POST", NOWHERE, _WITHIN_S, body=body, headers={})
        if not isinstance(reply, Reply) or reply.status != http.HTTPStatus.NOT_FOUND:
            raise RuntimeError(f"the platform did not answer as nothing does: {reply}")

    def close(self) -> None:
        """Ends all."""
        self.client.close()
        self._bare.close()
        self._uplink.stop()
        self._store.close()


@contextmanager
def province_and_terminal(folder: Path) -> Iterator[tuple[Sender, Watcher]]:
    """A platform in a process of its own, a terminal that is enrolled with it, and somebody who watches."""
    with Parts(folder / "logs", {}) as parts:
        hall = Hall(parts, folder)
        hall.start_platform()
        hall.provision()
        watcher = Watcher(hall.console.url)
        sender = Sender(TerminalPaths(hall.terminal_root), hall.platform_url)
        try:
            yield sender, watcher
        finally:
            sender.close()
    watcher.close()


def measure(folder: Path, *, ratings: int, warm_up: int) -> list[Row]:
    """Sets up in ``folder`` and commits so many ratings, one after the other."""
    ours_s: list[float] = []
    bare_s: list[float] = []
    with province_and_terminal(folder) as (sender, watcher):
        files = sender.hand_in(ratings + warm_up)
        sender.start()
        watcher.seen_s("service", files)
        for file in files:
            started_s = time.perf_counter()
            sender.rate(file)
            ours_s.append(watcher.seen_s("rating", [file]) - started_s)
            started_s = time.perf_counter()
            sender.post()
            bare_s.append(time.perf_counter() - started_s)
    rows = []
    for percentile in (50, 99):
        ours, bare = (_percentile_ms(taken_s[warm_up:], percentile) for taken_s in (ours_s, bare_s))
        rows.append(
            Row(f"commit_to_visible_p{percentile}_ms", "ms", "lower", ours, {"a bare HTTPS POST": bare})
        )
    return rows


def _percentile_ms(taken_s: Sequence[float], percentile: int) -> float:
    return round(quantiles(taken_s, n=100)[percentile - 1] * 1000, 3)


def main() -> None:
    """Measures in a folder that is removed afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="realtime-", dir=FOLDER))
    try:
        write_report("realtime", measure(folder, ratings=RATINGS, warm_up=WARM_UP))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
