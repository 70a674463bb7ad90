"""What is stated about delivery: settled stretches, each once, and again when the province asks."""

from __future__ import annotations

from contract.reconciliation import LONGEST_STATEMENT, stretch_digest
from offline_store.events import Confirmation, PendingEvent
from offline_store.quotas import Quota
from offline_store.store import OfflineStore
from tests.fakes.clock import START
from tests.offline_store.making import BOOT, NEXT_BOOT, StoreMaker, new_event, state_everything

TODAY, TOMORROW = "2026-11-21", "2026-11-22"


def deliver(store: OfflineStore, *events: PendingEvent) -> None:
    store.outbox.confirm([Confirmation(event.id, "stored") for event in events])


def test_a_stretch_ends_before_the_first_that_waits(maker: StoreMaker) -> None:
    store = maker.open()
    first, second, third = store.outbox.append([new_event(f"case/{name}") for name in "abc"])
    assert store.deliveries.due(TODAY) == ["case"]
    assert store.deliveries.next_stretch("case") is None
    deliver(store, first, third)
    stretch = store.deliveries.next_stretch("case")
    assert stretch is not None
    assert (stretch.first, stretch.last, stretch.count) == (1, 1, 1)
    assert stretch.digest == stretch_digest([(1, first.id)])
    store.deliveries.stated(stretch, TODAY)
    assert (store.deliveries.due(TODAY), store.deliveries.due(TOMORROW)) == ([], ["case"])
    deliver(store, second)
    rest = store.deliveries.next_stretch("case")
    assert rest is not None
    assert (rest.first, rest.last, rest.count) == (2, 3, 2)
    assert rest.digest == stretch_digest([(3, third.id), (2, second.id)])


def test_what_was_set_aside_is_named_and_not_counted(maker: StoreMaker) -> None:
    store = maker.open()
    first, second = store.outbox.append([new_event("case/a"), new_event("case/b")])
    store.outbox.set_aside(first.id, code="PROV-006", reason="no")
    deliver(store, second)
    stretch = store.deliveries.next_stretch("case")
    assert stretch is not None
    assert (stretch.last, stretch.count, stretch.set_aside) == (2, 1, (1,))
    assert stretch.digest == stretch_digest([(2, second.id)])


def test_superseded_status_is_covered_by_the_event_that_names_it(maker: StoreMaker) -> None:
    store = maker.open()
    store.outbox._quotas = {"status": Quota(2, is_superseded=True)}
    for _ in range(5):
        store.outbox.append([new_event("terminal/1", "status")])
    assert store.deliveries.next_stretch("status") is None
    waiting = store.outbox.peek(10)
    deliver(store, *waiting)
    stretch = store.deliveries.next_stretch("status")
    assert stretch is not None
    assert (stretch.first, stretch.last, stretch.count) == (1, 5, len(waiting))


def test_much_is_stated_in_portions(maker: StoreMaker) -> None:
    store = maker.open()
    events = store.outbox.append([new_event(f"case/{number}") for number in range(LONGEST_STATEMENT + 5)])
    deliver(store, *events)
    portions = []
    while (stretch := store.deliveries.next_stretch("case")) is not None:
        portions.append((stretch.first, stretch.last, stretch.count))
        store.deliveries.stated(stretch, TODAY)
    assert portions == [
        (1, LONGEST_STATEMENT, LONGEST_STATEMENT),
        (LONGEST_STATEMENT + 1, LONGEST_STATEMENT + 5, 5),
    ]


def test_what_was_asked_for_again_is_stated_again(maker: StoreMaker) -> None:
    store = maker.open()
    events = store.outbox.append([new_event(f"case/{number}") for number in range(4)])
    deliver(store, *events)
    state_everything(store)
    assert store.deliveries.due(TODAY) == []
    store.deliveries.reopen("case", 3)
    assert store.deliveries.due(TODAY) == ["case"]
    stretch = store.deliveries.next_stretch("case")
    assert stretch is not None
    assert (stretch.first, stretch.last, stretch.count) == (3, 4, 2)
    store.deliveries.reopen("rating", 1)  # of which nothing was ever stated
    assert store.deliveries.next_stretch("rating") is None


def test_a_row_that_was_not_stated_is_not_forgotten(maker: StoreMaker) -> None:
    store = maker.open()
    stuck, delivered = store.outbox.append([new_event("case/a"), new_event("case/b")])
    deliver(store, delivered)
    maker.clock.advance(24 * 3600)
    state_everything(store)
    assert store.outbox.forget_confirmed(maker.clock.utc_now()) == 0
    deliver(store, stuck)
    state_everything(store)
    maker.clock.advance(1)
    assert store.outbox.forget_confirmed(maker.clock.utc_now()) == 2


def test_what_the_province_misses_is_due_at_once_when_it_is_still_here(maker: StoreMaker) -> None:
    store = maker.open(BOOT)
    names = ("waiting", "aside", "delivered", "beyond")
    waiting, aside, delivered, beyond = store.outbox.append([new_event(f"case/{name}") for name in names])
    rating = new_event("case/aside", "rating", needs=(aside.id,))
    store.outbox.append([rating])
    store.outbox.step_back([waiting.id, beyond.id], code="PROV-002", answer="busy", delay_s=300)
    store.outbox.set_aside(aside.id, code="PROV-006", reason="no")
    deliver(store, delivered)
    assert store.outbox.peek(10) == []
    assert store.outbox.send_again("another-epoch", "case", 1, 3) == 0
    assert store.outbox.send_again(store.store_id, "case", 1, 3) == 2
    assert [event.id for event in store.outbox.peek(10)] == [waiting.id, aside.id, rating.id]


def test_it_stands_after_a_restart(maker: StoreMaker) -> None:
    store = maker.open(BOOT)
    deliver(store, *store.outbox.append([new_event("case/a")]))
    state_everything(store)
    maker.close()
    store = maker.open(NEXT_BOOT)
    assert store.deliveries.due(TODAY) == []
    assert store.deliveries.next_stretch("case") is None
    assert store.outbox.forget_confirmed(START) == 0
