"""A command is taken once, however often it comes; what it put in force survives a restart."""

from __future__ import annotations

from offline_store.commands import KeptCommand, StandingOrder
from tests.offline_store.making import StoreMaker

TAKEN_AT = "2026-11-21T02:10:07.123Z"


def test_the_same_command_is_taken_once_also_after_it_was_answered(maker: StoreMaker) -> None:
    book = maker.open().commands
    assert book.take("one", b"{}", TAKEN_AT)
    assert book.take("two", b"{2}", TAKEN_AT)
    assert not book.take("one", b"{another}", TAKEN_AT)
    book.begin("one")
    assert book.without_answer() == [KeptCommand("one", b"{}", True), KeptCommand("two", b"{2}", False)]
    book.answered("one", "done")
    maker.close()
    book = maker.open().commands
    assert not book.take("one", b"{}", TAKEN_AT)
    assert book.without_answer() == [KeptCommand("two", b"{2}", False)]


def test_what_is_in_force_stays_in_force_until_it_is_lifted(maker: StoreMaker) -> None:
    orders = maker.open().standing_orders
    stop = StandingOrder("service", "检修", "maintenance", TAKEN_AT)
    item = StandingOrder("item/elder-allowance", "政策调整", "rules are changing", TAKEN_AT)
    for order in (stop, StandingOrder("item/elder-allowance", "-", "-", "-"), item):
        orders.put(order)
    maker.close()
    orders = maker.open().standing_orders
    assert orders.all() == [item, stop]
    orders.lift("service")
    orders.lift("service")
    assert orders.all() == [item]
