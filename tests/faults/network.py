"""A terminal's uplink on a line that a test spoils: real sockets, mutual TLS, the real store."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foundation.backoff import Backoff
from foundation.clock import Clock, SystemClock
from foundation.errors import ErrorCode
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.uplink import Uplink
from kiosk_app.reporting.queue_board import board_lines
from offline_store.board import ANSWERED
from offline_store.store import OfflineStore
from tests.fakes.event_ledger import EventLedger
from tests.fakes.kiosk import all_words
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store, an_event
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal
from tests.journeys.halls import eventually

WITHIN_S = 20.0
PAGE = b"<!doctype html><html><body><h1>Welcome to the hotel</h1></body></html>"
ROWS = 3


def page(status: int, *headers: tuple[str, str]) -> Callable[[Request], Response]:
    """What something on the way answers that is not the platform."""
    return lambda _: Response(status, PAGE, (("content-type", "text/html"), *headers))


@dataclass
class Line:
    """Begins with the fault; :meth:`mend` ends it."""

    terminal: EnrolledTerminal
    store: OfflineStore
    server: ScriptedServer
    ledger: EventLedger
    uplink: Uplink
    confirmed: queue.Queue[str]

    def hand_in(self) -> None:
        """Three events, of which each needs the one before."""
        subject = "case/6f1a4d2e-0f3b-4c58-9a61-1b2c3d4e5f60"
        case = an_event("case", subject, priority=0, data=b'{"case":1}')
        service = an_event("service", subject, priority=0, depends_on=(case.id,))
        rating = an_event("rating", subject, priority=0, depends_on=(service.id,))
        self.store.outbox.append([case, service, rating])

    def says(self, error: ErrorCode) -> None:
        """The board has this word for the last exchange, in words too; every row waits, none is set aside."""

        def last() -> str:
            return next(reversed([*self.store.outbox.board().exchanges]), "")

        assert eventually(lambda: last() not in ("", ANSWERED) and last(), WITHIN_S) == error.code
        board = self.store.outbox.board()
        assert (board.depth, board.set_aside) == (ROWS, ())
        assert any(error.code in line.text for line in board_lines(board, all_words()["zh"]))

    def mend(self) -> None:
        """The platform answers again: everything arrives by itself, once and in order."""
        self.server.answer = self.ledger
        self.arrives()

    def arrives(self) -> None:
        told = [self.confirmed.get(timeout=WITHIN_S) for _ in range(ROWS)]
        assert told == ["case", "service", "rating"]
        assert [event.type.split(".")[4] for event in self.ledger.stored] == told
        assert self.store.outbox.board().depth == 0


@contextmanager
def a_line(
    folder: Path,
    fault: Callable[[Request], Response | None] | None = None,
    *,
    host: str = "127.0.0.1",
    clock: Clock | None = None,
) -> Iterator[Line]:
    """Without a ``fault`` the platform answers as it should. ``host`` is another name of this machine."""
    clock = clock or SystemClock()
    terminal, ledger = an_enrolled_terminal(folder), EventLedger()
    authority = folder / "authority-for-server.pem"
    authority.write_text(terminal.credentials.enrolment.authority)
    confirmed: queue.Queue[str] = queue.Queue()
    with (
        a_store(folder) as store,
        ScriptedServer(fault or ledger, certificate=terminal.server_files, authority=authority) as server,
    ):
        where = server.url.replace("127.0.0.1", host)
        client = ProvinceClient(where, terminal.credentials, clock, PlatformClock(clock))
        uplink = Uplink(
            store.outbox,
            client,
            TERMINAL_ID,
            clock,
            lambda _subject, stream, _number: confirmed.put(stream),
            backoff=Backoff(0.02, 0.05),
        )
        store.outbox.on_committed = uplink.wake
        line = Line(terminal, store, server, ledger, uplink, confirmed)
        line.hand_in()
        try:
            yield line
        finally:
            client.close()
            assert uplink.stop()
