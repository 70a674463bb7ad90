from __future__ import annotations

from offline_store.catalogue import SignedBatch
from offline_store.store import OfflineStore

TODAY = "2026-11-21T00:00:00.000Z"


def test_there_is_nothing_before_the_first_batch(store: OfflineStore) -> None:
    assert store.catalogue.current() is None
    assert store.catalogue.previous() is None


def test_the_two_newest_batches_are_kept_to_the_byte(store: OfflineStore) -> None:
    content = bytes(range(256)) * 4000
    for name in ("b1", "b2", "b3"):
        store.catalogue.put(name, content + name.encode(), f"signature of {name}", TODAY)
    assert store.catalogue.current() == SignedBatch("b3", content + b"b3", "signature of b3", TODAY)
    assert store.catalogue.previous() == SignedBatch("b2", content + b"b2", "signature of b2", TODAY)
    assert "signature of b3" in repr(store.catalogue.current())
    with store._database.reading() as transaction:
        assert transaction.execute("SELECT count(*) FROM item_batch").fetchall() == [(2,)]


def test_a_batch_that_is_put_again_is_the_newest(store: OfflineStore) -> None:
    store.catalogue.put("b1", b"old", "s1", TODAY)
    store.catalogue.put("b2", b"other", "s2", TODAY)
    store.catalogue.put("b1", b"new", "s3", TODAY)
    current, previous = store.catalogue.current(), store.catalogue.previous()
    assert current is not None
    assert previous is not None
    assert (current.batch_id, current.content, previous.batch_id) == ("b1", b"new", "b2")
