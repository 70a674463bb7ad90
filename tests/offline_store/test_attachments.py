"""Files of a case: sealed as they come, whole or absent, kept once, and gone when the province has them."""

from __future__ import annotations

import errno
import io
import os
import secrets
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.sealed_stream import open_stream
from contract.sealing import Opener, Sealer, make_private_key
from foundation.errors import Errors
from offline_store import disk_room
from offline_store.attachments import Attachments, KeptAttachment, in_pieces, read_order
from offline_store.errors import StoreUnwritableError
from offline_store.events import Confirmation
from offline_store.files import StoreFiles
from offline_store.store import OfflineStore
from tests.offline_store.making import StoreMaker, new_event, new_upload, state_everything

OPENER = Opener(make_private_key())
SEALER = Sealer(OPENER.public_key())
PICTURE = b"\xff\xd8\xff" + secrets.token_bytes(300_000)


@pytest.fixture
def attachments(tmp_path: Path) -> Attachments:
    return Attachments(StoreFiles(tmp_path / "store.db"))


def keep(attachments: Attachments, content: bytes = PICTURE, **options: object) -> KeptAttachment:
    kept = attachments.keep([content], SEALER, media_type="image/jpeg", name="户口簿", **options)  # type: ignore[arg-type]
    assert isinstance(kept, KeptAttachment)
    return kept


def folder_of(tmp_path: Path) -> Path:
    return StoreFiles(tmp_path / "store.db").attachments


def test_only_the_province_can_read_what_was_kept(attachments: Attachments, tmp_path: Path) -> None:
    kept = keep(attachments)
    (file,) = folder_of(tmp_path).iterdir()
    assert file.stat().st_mode & 0o077 == 0
    sealed = file.read_bytes()
    assert PICTURE[1000:1050] not in sealed
    assert (len(sealed), kept.size) == (kept.sealed_size, len(PICTURE))
    assert b"".join(open_stream(io.BytesIO(sealed), OPENER)) == PICTURE
    assert attachments.is_sound(kept.id, read_order(kept.order_for("case-1")))
    assert attachments.read(kept.id, 100_000, 50) == sealed[100_000:100_050]
    assert attachments.read(kept.id, len(sealed) - 10, 50) == sealed[-10:]


def test_the_same_picture_twice_in_one_case_is_one_file(attachments: Attachments, tmp_path: Path) -> None:
    first = keep(attachments)
    again = attachments.keep([PICTURE], SEALER, media_type="image/jpeg", name="首页", among=[first])
    assert isinstance(again, KeptAttachment)
    assert (again.id, again.digest, again.name) == (first.id, first.digest, "首页")
    other_case = keep(attachments)
    assert other_case.digest != first.digest  # nobody can tell from the digest that it is the same picture
    assert len(list(folder_of(tmp_path).iterdir())) == 2


def test_a_large_file_never_stands_whole_in_memory(attachments: Attachments) -> None:
    content = io.BytesIO(bytes(15_000_000))
    tracemalloc.start()
    try:
        kept = attachments.keep(in_pieces(content), SEALER, media_type="application/pdf", name="附件")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(kept, KeptAttachment)
    assert kept.size == 15_000_000
    assert peak < 1_000_000


def test_what_is_too_large_or_empty_leaves_nothing(tmp_path: Path) -> None:
    attachments = Attachments(StoreFiles(tmp_path / "store.db"), largest_bytes=100_000)

    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(1000)

    for content in (endless(), iter([]), iter([b""])):
        refusal = attachments.keep(content, SEALER, media_type="image/jpeg", name="户口簿")
        assert refusal is Errors.ATTACHMENT_TOO_LARGE
    assert list(folder_of(tmp_path).iterdir()) == []


def test_the_quota_refuses_and_makes_room_again(tmp_path: Path) -> None:
    attachments = Attachments(
        StoreFiles(tmp_path / "store.db"), largest_bytes=350_000, largest_together_bytes=700_000
    )
    first = keep(attachments)
    second = attachments.keep([PICTURE], SEALER, media_type="image/jpeg", name="户口簿")
    assert isinstance(second, KeptAttachment)
    third = attachments.keep([PICTURE], SEALER, media_type="image/jpeg", name="户口簿")
    assert third is Errors.ATTACHMENT_NO_ROOM
    attachments.forget(first.id)
    attachments.forget(first.id)
    assert isinstance(keep(attachments), KeptAttachment)


def test_a_low_disk_refuses_before_anything_is_written(
    attachments: Attachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_room, "LEAST_FREE_BYTES", 2**60)
    refusal = attachments.keep([PICTURE], SEALER, media_type="image/jpeg", name="户口簿")
    assert refusal is Errors.ATTACHMENT_NO_ROOM
    assert list(folder_of(tmp_path).iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_in_the_middle_leaves_nothing(
    attachments: Attachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def failing(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("offline_store.attachments.os.fsync", failing)
    if number == errno.ENOSPC:
        refusal = attachments.keep([PICTURE], SEALER, media_type="image/jpeg", name="户口簿")
        assert refusal is Errors.ATTACHMENT_NO_ROOM
    else:
        with pytest.raises(StoreUnwritableError):
            attachments.keep([PICTURE], SEALER, media_type="image/jpeg", name="户口簿")
    assert list(folder_of(tmp_path).iterdir()) == []


def test_a_source_that_breaks_leaves_nothing(attachments: Attachments, tmp_path: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield PICTURE
        raise RuntimeError("the camera went away")

    with pytest.raises(RuntimeError):
        attachments.keep(breaking(), SEALER, media_type="image/jpeg", name="户口簿")
    assert list(folder_of(tmp_path).iterdir()) == []


def test_a_flipped_byte_and_a_missing_file_are_noticed(attachments: Attachments, tmp_path: Path) -> None:
    kept = keep(attachments)
    order = read_order(kept.order_for("case-1"))
    file = folder_of(tmp_path) / kept.id
    content = bytearray(file.read_bytes())
    content[200_000] ^= 1
    file.write_bytes(content)
    assert not attachments.is_sound(kept.id, order)
    file.unlink()
    assert not attachments.is_sound(kept.id, order)
    with pytest.raises(StoreUnwritableError):
        attachments.read(kept.id, 0, 10)


def test_uploads_are_no_events_and_the_case_waits_for_them(store: OfflineStore) -> None:
    kept = keep(store.attachments)
    case = new_event("case/with", needs=(kept.id,))
    service = new_event("case/with", "service", needs=(case.id,))
    without = new_event("case/without")
    store.outbox.append([new_upload(kept), case, service, without])
    assert [event.id for event in store.outbox.peek(10)] == [without.id]
    (upload,) = store.outbox.peek(10, uploads=True)
    assert upload.id == kept.id
    assert read_order(upload.data).sealed_size == kept.sealed_size
    store.outbox.confirm([Confirmation(kept.id, "stored")])
    assert [event.id for event in store.outbox.peek(10)] == [case.id, service.id, without.id]
    assert store.outbox.peek(10, uploads=True) == []


def test_a_case_is_set_aside_with_its_attachment_and_comes_back_with_it(store: OfflineStore) -> None:
    kept = keep(store.attachments)
    case = new_event("case/with", needs=(kept.id,))
    store.outbox.append([new_upload(kept), case])
    store.outbox.set_aside(kept.id, code="ATCH-004", reason="too many")
    assert {event.id for event in store.outbox.board().set_aside} == {kept.id, case.id}
    assert store.forget_stray_attachments() == 0  # it may still be released
    assert set(store.outbox.release(kept.id)) == {kept.id, case.id}


def test_the_start_removes_what_nobody_handed_in(maker: StoreMaker) -> None:
    store = maker.open()
    abandoned, delivered, waiting = (keep(store.attachments, PICTURE + bytes([n])) for n in range(3))
    store.outbox.append([new_upload(delivered), new_upload(waiting)])
    store.outbox.confirm([Confirmation(delivered.id, "stored")])
    folder = StoreFiles(maker.path).attachments
    (folder / f"{abandoned.id}.part").write_bytes(b"half")
    maker.close()
    store = maker.open()
    assert store.forget_stray_attachments() == 3
    assert [file.name for file in folder.iterdir()] == [waiting.id]
    assert store.forget_stray_attachments() == 0


def test_a_file_is_confirmed_by_its_digest_and_is_no_part_of_what_is_stated(maker: StoreMaker) -> None:
    store = maker.open()
    kept = keep(store.attachments)
    case = new_event("case/with", needs=(kept.id,))
    store.outbox.append([new_upload(kept), case])
    store.outbox.confirm([Confirmation(kept.id, "stored"), Confirmation(case.id, "stored", "42-1")])
    assert store.deliveries.due("2026-11-21") == ["case"]
    state_everything(store)
    maker.clock.advance(10)
    assert store.outbox.forget_confirmed(maker.clock.utc_now()) == 2
