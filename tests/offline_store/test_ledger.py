from __future__ import annotations

import pytest

from offline_store.errors import StoreFullError
from offline_store.ledger import LAST_RECEIPT_NUMBER
from tests.offline_store.making import StoreMaker


def test_receipt_numbers_go_on_after_a_restart(maker: StoreMaker) -> None:
    assert [maker.open().ledger.next_receipt_number() for _ in range(3)] == [1, 2, 3]
    maker.close()
    assert maker.open().ledger.next_receipt_number() == 4


def test_after_the_last_receipt_number_comes_the_first(maker: StoreMaker) -> None:
    store = maker.open()
    store.ledger.next_receipt_number()
    with store._database.writing() as transaction:
        transaction.execute("UPDATE counter SET value = ?", (LAST_RECEIPT_NUMBER - 1,))
    assert [store.ledger.next_receipt_number() for _ in range(2)] == [999_999, 1]


def test_counters_survive_a_restart(maker: StoreMaker) -> None:
    store = maker.open()
    store.ledger.next_receipt_number()
    store.counters.count("id_card_reader.bad_checksum")
    store.counters.count("id_card_reader.noise_bytes", 12)
    store.counters.flush()
    store.counters.count("id_card_reader.noise_bytes", 3)
    expected = {"id_card_reader.bad_checksum": 1, "id_card_reader.noise_bytes": 15}
    assert store.counters.figures() == expected
    maker.close()
    assert maker.open().counters.figures() == expected


def test_counting_alone_writes_nothing(maker: StoreMaker) -> None:
    store = maker.open()
    log = maker.path.with_name("store.db-wal")
    size = log.stat().st_size
    for _ in range(100):
        store.counters.count("qr_scanner.garbage")
    assert log.stat().st_size == size


def test_a_flush_that_fails_forgets_nothing(maker: StoreMaker) -> None:
    store = maker.open()
    store.counters.count("qr_scanner.garbage", 2)
    with store._database.writing() as transaction:
        (pages,) = transaction.execute("PRAGMA page_count").fetchall()[0]
    filler = store._database._writer.connection
    filler.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(500):
        store.counters.count(f"filler.{number}.{'x' * 100}")
    with pytest.raises(StoreFullError):
        store.counters.flush()
    filler.execute("PRAGMA max_page_count = 1000000")
    store.counters.flush()
    assert store.counters.figures()["qr_scanner.garbage"] == 2
