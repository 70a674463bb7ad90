"""A confirmed payload goes at once, its row after a period; what is not delivered never goes by age."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offline_store.events import Confirmation
from tests.fakes.clock import START
from tests.offline_store.making import StoreMaker, decrypted_pages, new_event, state_everything

A_DAY = timedelta(days=1)


def test_a_row_goes_after_its_period_and_the_figures_stay(maker: StoreMaker) -> None:
    store = maker.open()
    outbox = store.outbox
    names = ("old", "aside", "young", "waiting")
    old, aside, young, waiting = outbox.append([new_event(f"case/{name}") for name in names])
    outbox.confirm([Confirmation(old.id, "stored", "42-1")])
    outbox.set_aside(aside.id, code="PROV-006", reason="no")
    maker.clock.advance(A_DAY.total_seconds())
    outbox.confirm([Confirmation(young.id, "stored", "42-2")])
    state_everything(store)
    before = outbox.board()
    assert outbox.forget_confirmed(START) == 0
    assert outbox.forget_confirmed(START + A_DAY / 2) == 1
    assert (outbox.case_number("case/old"), outbox.case_number("case/young")) == (None, "42-2")
    assert outbox.board() == before
    assert outbox.forget_confirmed(START + 1000 * A_DAY) == 1
    assert [event.id for event in outbox.peek(10)] == [waiting.id]
    assert [event.id for event in outbox.board().set_aside] == [aside.id]


def test_what_something_undelivered_depends_on_stays(maker: StoreMaker) -> None:
    store = maker.open()
    outbox = store.outbox
    case = new_event("case/a")
    rating = new_event("case/a", "rating", needs=(case.id,))
    outbox.append([case, rating])
    outbox.confirm([Confirmation(case.id, "stored", "42-1")])
    state_everything(store)
    assert outbox.forget_confirmed(START + A_DAY) == 0
    outbox.confirm([Confirmation(rating.id, "stored")])
    state_everything(store)
    assert outbox.forget_confirmed(START + A_DAY) == 2
    assert outbox.peek(10) == []


def test_it_goes_in_portions(maker: StoreMaker) -> None:
    store = maker.open()
    outbox = store.outbox
    stored = outbox.append([new_event(f"case/{number}") for number in range(10)])
    outbox.confirm([Confirmation(event.id, "stored") for event in stored])
    state_everything(store)
    assert [outbox.forget_confirmed(START + A_DAY, at_most=4) for _ in range(4)] == [4, 4, 2, 0]


@pytest.mark.parametrize("part", ["payload", "row"])
def test_what_went_is_not_in_the_file(maker: StoreMaker, part: str) -> None:
    """Read with the key, page by page: overwritten, and not only unlinked."""
    store = maker.open()
    outbox = store.outbox
    mark = b"PLANTED-PAYLOAD" if part == "payload" else b"case/PLANTED-SUBJECT"
    event = new_event("case/PLANTED-SUBJECT", data=b"PLANTED-PAYLOAD" * 500)
    outbox.append([event, new_event("case/b")])
    outbox.confirm([Confirmation(event.id, "stored")])
    if part == "row":
        state_everything(store)
        assert outbox.forget_confirmed(START + A_DAY) == 1
    maker.close()
    assert mark not in b"".join(decrypted_pages(maker.path))


def test_the_pages_are_really_read(maker: StoreMaker) -> None:
    maker.open().outbox.append([new_event("case/PLANTED-SUBJECT")])
    maker.close()
    assert b"case/PLANTED-SUBJECT" in b"".join(decrypted_pages(maker.path))
