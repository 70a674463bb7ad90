"""Twelve threads on one store: no error, no duplicate, no lock."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from offline_store.events import Confirmation, PendingEvent
from offline_store.store import OfflineStore
from tests.offline_store.making import new_event

WRITERS = 6
CASES_PER_WRITER = 30
SENDERS = 3
LOOKERS = 3


class Traffic:
    """What the threads of a busy terminal do, all at once."""

    def __init__(self, store: OfflineStore) -> None:
        self._store = store
        self._together = threading.Barrier(WRITERS + SENDERS + LOOKERS)
        self._lock = threading.Lock()
        self._writing = WRITERS
        self.stored: dict[str, PendingEvent] = {}
        self.sent: list[list[str]] = [[] for _ in range(SENDERS)]

    def write(self, number: int) -> None:
        self._together.wait()
        try:
            for case in range(CASES_PER_WRITER):
                subject = f"case/{number}-{case}"
                first = new_event(subject, "case")
                rating = new_event(subject, "rating", needs=(first.id,))
                for events in ([first], [rating, first]):  # the first is handed in twice
                    for event in self._store.outbox.append(events):
                        assert self.stored.setdefault(event.id, event).sequence == event.sequence
        finally:
            with self._lock:
                self._writing -= 1

    def send(self, number: int) -> None:
        outbox = self._store.outbox
        self._together.wait()
        while self._goes_on():
            batch = outbox.peek(10)
            self.sent[number] += [event.id for event in batch]
            outbox.step_back([event.id for event in batch[:1]], code="PROV-002", answer="", delay_s=0)
            for stream in ("case", "rating"):
                chosen = [event for event in batch if event.stream == stream]
                outbox.confirm([Confirmation(event.id, "stored", event.subject) for event in chosen])
            outbox.confirm([Confirmation(event.id, "duplicate") for event in batch])

    def look(self, number: int) -> None:
        self._together.wait()
        while self._goes_on():
            for count in self._store.outbox.board().streams.values():
                assert count.waiting + count.set_aside + count.confirmed == count.last_sequence
            self._store.outbox.case_number(f"case/{number}-0")
            self._store.counters.count("looks")
            self._store.counters.flush()
            self._store.ledger.next_receipt_number()

    def _goes_on(self) -> bool:
        with self._lock:
            writing = self._writing
        return writing > 0 or self._store.outbox.board().depth > 0


def test_twelve_threads_append_send_confirm_and_look(store: OfflineStore) -> None:
    traffic = Traffic(store)
    with ThreadPoolExecutor(WRITERS + SENDERS + LOOKERS) as pool:
        jobs = [(traffic.write, WRITERS), (traffic.send, SENDERS), (traffic.look, LOOKERS)]
        for future in [pool.submit(job, number) for job, threads in jobs for number in range(threads)]:
            future.result()

    rows = WRITERS * CASES_PER_WRITER
    board = store.outbox.board()
    assert {name: count.confirmed for name, count in board.streams.items()} == {"case": rows, "rating": rows}
    assert board.sent == {"stored": 2 * rows, "duplicate": 0}
    assert len(traffic.stored) == 2 * rows
    for stream in ("case", "rating"):
        sequences = [event.sequence for event in traffic.stored.values() if event.stream == stream]
        assert sorted(sequences) == list(range(1, rows + 1))
    assert store.outbox.case_number("case/0-0") == "case/0-0"
