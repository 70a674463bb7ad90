"""Nobody who takes the disk reads anything, and what was confirmed is not there even for who has the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from offline_store.database import SALT_BYTES, salt_of
from offline_store.errors import StoreError
from offline_store.events import Confirmation
from tests.offline_store.making import StoreMaker, new_event

SUBJECT = "case/4bd5c4e8-made-up"
PLANTED = "欧阳娜娜 11010519491231002X 13912345678 武汉市江汉区解放大道".encode()

PAGE_BYTES = 4096
INITIALISATION_BYTES = 16
RESERVED_BYTES = INITIALISATION_BYTES + 64
"""SQLCipher 4's page: content, initialisation vector, HMAC-SHA512
(https://www.zetetic.net/sqlcipher/design/); with a raw key the key itself encrypts."""


def decrypted(path: Path, key: bytes) -> bytes:
    """The file as the cipher sees it, slack and free pages included, without asking SQLite."""
    content = path.read_bytes()
    pages: list[bytes] = []
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start : start + PAGE_BYTES]
        body = page[SALT_BYTES if start == 0 else 0 : -RESERVED_BYTES]
        vector = page[-RESERVED_BYTES:][:INITIALISATION_BYTES]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        pages.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(pages)


def test_no_file_of_the_store_holds_anything_in_clear(maker: StoreMaker) -> None:
    store = maker.open()
    event = new_event(SUBJECT, data=PLANTED * 50)
    store.outbox.append([event])
    store.outbox.step_back([event.id], code="PROV-002", answer="the relay is busy", delay_s=5)
    store.catalogue.put("b1", PLANTED, "a signature", "2026-11-21T00:00:00.000Z")
    while_open = {path.name: path.read_bytes() for path in maker.path.parent.iterdir()}
    maker.close()
    assert sorted(while_open) == ["store.db", "store.db-shm", "store.db-wal"]
    closed = maker.path.read_bytes()
    clear = (PLANTED[:12], b"11010519491231002X", SUBJECT.encode(), event.id.encode(), b"the relay is busy")
    for name, content in {**while_open, "closed": closed}.items():
        for text in (*clear, b"outbox", b"SQLite format", maker.keys.get(), maker.keys.get().hex().encode()):
            assert text not in content, (name, text)
    inside = decrypted(maker.path, maker.keys.get())
    assert all(text in inside for text in clear)
    assert closed.startswith(salt_of(maker.keys.get()))


@pytest.mark.parametrize("repeated", [1, 200], ids=["in one page", "over many pages"])
def test_confirming_erases_the_payload_from_the_file(maker: StoreMaker, repeated: int) -> None:
    store = maker.open()
    event = new_event(SUBJECT, data=PLANTED * repeated)
    store.outbox.append([event, new_event("case/other")])
    maker.close()
    assert PLANTED in decrypted(maker.path, maker.keys.get())
    store = maker.open()
    store.outbox.confirm([Confirmation(event.id, "stored", "42-0001")])
    maker.close()
    inside = decrypted(maker.path, maker.keys.get())
    assert PLANTED[:12] not in inside
    assert event.id.encode() in inside


def test_values_that_come_back_out_of_the_store_do_not_show_payloads(maker: StoreMaker) -> None:
    store = maker.open()
    (event,) = store.outbox.append([new_event(data=PLANTED)])
    assert "11010519491231002X" not in repr(event)
    store.catalogue.put("b1", PLANTED, "s", "2026-11-21T00:00:00.000Z")
    assert "11010519491231002X" not in repr(store.catalogue.current())


def test_a_fault_names_its_code_and_no_row(maker: StoreMaker) -> None:
    store = maker.open()
    with store._database.writing() as transaction:
        transaction.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError, match=r"^STOR-002: the disk has no room for another case$") as caught:
        store.outbox.append([new_event(data=PLANTED * 1000)])
    assert "11010519491231002X" not in f"{caught.value!r} {caught.value.__cause__!r}"
