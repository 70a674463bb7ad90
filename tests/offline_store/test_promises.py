"""What somebody was promised is known until it is delivered, those due first by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offline_store.database import Database
from offline_store.events import Confirmation
from offline_store.migrations import migrate, migrate_down
from offline_store.promises import OpenPromises, Promised
from tests.offline_store.making import StoreMaker, new_event


def test_nothing_is_promised_at_first_and_telemetry_never_is(maker: StoreMaker) -> None:
    store = maker.open()
    store.outbox.append([new_event("terminal/1", "status")])
    assert store.promises.open(10) == OpenPromises(0, "", ())


def test_those_without_a_day_come_first_and_then_the_earliest(maker: StoreMaker) -> None:
    store = maker.open()
    days = {
        "late": "2026-12-24",
        "soon": "2026-11-24",
        "aside": "2026-11-25",
        "no day": "",
        "done": "2026-11-23",
    }
    events = {name: replace(new_event(f"case/{name}"), due_on=day) for name, day in days.items()}
    store.outbox.append(list(events.values()))
    store.outbox.confirm([Confirmation(events["done"].id, "stored", "42-1")])
    store.outbox.set_aside(events["aside"].id, code="PROV-006", reason="no")
    store.outbox.step_back([events["soon"].id], code="PROV-002", answer="busy", delay_s=60)
    content = events["soon"].data
    assert store.promises.open(3) == OpenPromises(
        4,
        "2026-11-24",
        (
            Promised("", False, "", content),
            Promised("2026-11-24", False, "PROV-002", content),
            Promised("2026-11-25", True, "PROV-006", content),
        ),
    )


def test_what_was_promised_before_the_column_was_there_is_promised_still(maker: StoreMaker) -> None:
    outbox = maker.open().outbox
    data = b'{"case_id":"a","deadline":"2026-11-24"}'
    outbox.append([new_event("case/a", data=data), new_event("case/b", data=b"{}"), new_event("t", "status")])
    maker.close()
    database = Database(maker.path, maker.keys.get())
    migrate_down(database.connect, "0005")
    migrate(database.connect)
    database.close()
    promises = maker.open().promises.open(10)
    assert (promises.count, promises.earliest) == (2, "2026-11-24")
    assert [one.due_on for one in promises.first] == ["", "2026-11-24"]


@pytest.mark.parametrize("at_most", [1, 2])
def test_it_names_no_more_than_it_is_asked_for(maker: StoreMaker, at_most: int) -> None:
    store = maker.open()
    store.outbox.append([replace(new_event(f"case/{n}"), due_on="2026-11-24") for n in range(3)])
    promises = store.promises.open(at_most)
    assert (promises.count, len(promises.first)) == (3, at_most)
