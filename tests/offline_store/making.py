"""Events and stores for the tests of the store."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from foundation.clock import Clock, rfc3339
from offline_store.attachments import UPLOAD, KeptAttachment
from offline_store.events import NewEvent
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider

BOOT = "6f0f8f3e-0000-4000-8000-000000000001"
PAGE_BYTES, RESERVED_BYTES = 4096, 80
NEXT_BOOT = "6f0f8f3e-0000-4000-8000-000000000002"


def new_event(
    subject: str = "case/a",
    stream: str = "case",
    *,
    priority: int = 0,
    needs: tuple[str, ...] = (),
    data: bytes = b'{"sealed":"..."}',
    clock: Clock | None = None,
) -> NewEvent:
    """An event as a matter hands it in."""
    clock = clock or ManualClock()
    return NewEvent(
        id=str(uuid.uuid4()),
        stream=stream,
        type=f"cn.gov.hubei.dianxiaoer.{stream}",
        subject=subject,
        time=rfc3339(clock.utc_now()),
        monotonic_ms=round(clock.monotonic_s() * 1000),
        clock_trust="synchronised",
        data=data,
        priority=priority,
        depends_on=needs,
    )


def state_everything(store: OfflineStore, day: str = "2026-11-21") -> None:
    """States what is settled of every stream, as the terminal does once a day."""
    for stream in store.deliveries.due(day):
        while (stretch := store.deliveries.next_stretch(stream)) is not None:
            store.deliveries.stated(stretch, day)


def new_upload(kept: KeptAttachment, case_id: str = "case-1") -> NewEvent:
    """The row of a sealed file."""
    event = new_event(f"attachment/{kept.id}", UPLOAD, data=kept.order_for(case_id))
    return replace(event, id=kept.id)


def decrypted_pages(path: Path) -> list[bytes]:
    """Every page of a store under the first key of ``MemoryKeyProvider`` in clear, free ones too.

    AES-256 in CBC mode, 16 bytes of salt before the first page's content, and behind each the initialisation
    vector and the digest (SQLCipher 4, "Security Design").
    """
    content, pages = path.read_bytes(), []
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start : start + PAGE_BYTES]
        body, tail = page[16 if start == 0 else 0 : -RESERVED_BYTES], page[-RESERVED_BYTES:]
        cipher = Cipher(algorithms.AES256(MemoryKeyProvider().get()), modes.CBC(tail[:16])).decryptor()
        pages.append(cipher.update(body) + cipher.finalize())
    return pages


class StoreMaker:
    """Opens stores that cost nothing to make: copies of one that was made for the whole run."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template = template
        self._opened: list[OfflineStore] = []
        self.path = folder / "store.db"
        self.keys = MemoryKeyProvider()
        self.clock = ManualClock()

    def open(self, boot_id: str = BOOT) -> OfflineStore:
        """Opens this test's one store; the first time it is a fresh one."""
        if not self.path.exists():
            shutil.copy(self._template, self.path)
        store = OfflineStore.open(self.path, self.keys, clock=self.clock, boot_id=boot_id)
        self._opened.append(store)
        return store

    def close(self) -> None:
        """Closes everything that it opened."""
        while self._opened:
            self._opened.pop().close()
