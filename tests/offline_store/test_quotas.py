"""Telemetry never takes the room of a case; superseded status is named by the one that stands for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from offline_store.database import Database
from offline_store.events import Confirmation, NewEvent, StreamCount
from offline_store.outbox import Outbox
from offline_store.quotas import Quota
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.offline_store.making import BOOT, StoreMaker, new_event

QUOTAS = {"status": Quota(4, is_superseded=True), "position": Quota(3)}


@pytest.fixture
def outbox(maker: StoreMaker) -> Iterator[Outbox]:
    maker.open().close()
    database = Database(maker.path, maker.keys.get())
    yield Outbox(database, store_id="store", clock=ManualClock(), boot_id=BOOT, quotas=QUOTAS)
    database.close()


def status(subject: str = "terminal/1") -> NewEvent:
    return new_event(subject, "status", priority=9)


def test_status_at_its_quota_is_coalesced_by_the_one_that_comes(outbox: Outbox) -> None:
    for _ in range(4):
        outbox.append([status()])
    (fifth,) = outbox.append([status()])
    assert (fifth.sequence, fifth.period) == (5, (1, 4))
    assert outbox.peek(10) == [fifth]
    assert outbox.board().streams["status"] == StreamCount(waiting=1, last_sequence=5, superseded=4)
    assert outbox.board().depth == 1


def test_what_stands_for_others_can_be_superseded_itself(outbox: Outbox) -> None:
    stored = [outbox.append([status()])[0] for _ in range(12)]
    assert [event.period for event in stored if event.period] == [(1, 4), (1, 8)]
    assert [event.sequence for event in outbox.peek(10)] == [9, 10, 11, 12]
    (last,) = outbox.append([status()])
    assert last.period == (1, 12)


def test_a_range_never_names_what_was_delivered_or_set_aside(outbox: Outbox) -> None:
    stored = [outbox.append([status()])[0] for _ in range(4)]
    outbox.confirm([Confirmation(stored[1].id, "stored")])
    (fifth,) = outbox.append([status()])
    (sixth,) = outbox.append([status()])
    assert (fifth.period, sixth.period) == (None, (3, 5))
    assert [event.sequence for event in outbox.peek(10)] == [1, 6]
    outbox.set_aside(sixth.id, code="PROV-006", reason="no")
    for _ in range(3):
        outbox.append([status()])
    assert outbox.append([status()])[0].period == (7, 9)
    assert [event.id for event in outbox.board().set_aside] == [sixth.id]


def test_a_late_word_on_a_superseded_event_changes_nothing(outbox: Outbox) -> None:
    first, *_ = [outbox.append([status()])[0] for _ in range(5)]
    board = outbox.board()
    outbox.confirm([Confirmation(first.id, "stored")])
    assert replace(outbox.board(), exchanges=board.exchanges) == board


def test_the_status_of_another_is_not_superseded(outbox: Outbox) -> None:
    for _ in range(4):
        outbox.append([status("terminal/1")])
    assert outbox.append([status("terminal/2")]) == []
    assert [event.subject for event in outbox.peek(10)] == ["terminal/1"] * 4
    assert outbox.board().streams["status"].refused == 1


def test_telemetry_that_is_not_superseded_is_refused_and_counted(outbox: Outbox) -> None:
    told: list[None] = []
    events = [new_event("terminal/1", "position", priority=9) for _ in range(5)]
    assert len(outbox.append(events[:3])) == 3
    outbox.on_committed = lambda: told.append(None)
    assert outbox.append(events[3:]) == []
    assert told == []
    count = outbox.board().streams["position"]
    assert (count.waiting, count.last_sequence, count.refused) == (3, 3, 2)
    assert [event.id for event in outbox.append(events[:3])] == [event.id for event in events[:3]]


def test_what_a_citizen_hands_in_is_never_refused_by_a_quota(outbox: Outbox) -> None:
    for number in range(4):
        outbox.append([status(), new_event(f"case/{number}")])
    outbox.append([status()])
    for number in range(4, 50):
        outbox.append([new_event(f"case/{number}")])
    assert outbox.board().streams["case"] == StreamCount(waiting=50, last_sequence=50)


def test_a_mixed_append_stores_the_case_and_not_the_telemetry(outbox: Outbox) -> None:
    outbox.append([new_event("terminal/1", "position", priority=9) for _ in range(3)])
    stored = outbox.append([new_event("terminal/1", "position", priority=9), new_event("case/a")])
    assert [event.stream for event in stored] == ["case"]


def test_a_store_has_the_quotas_of_telemetry_by_itself(store: OfflineStore, tmp_path: Path) -> None:
    store.outbox.append([status() for _ in range(1440)])
    (event,) = store.outbox.append([status()])
    assert event.period == (1, 1440)
