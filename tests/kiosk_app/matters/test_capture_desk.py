"""Papers are taken by the camera, kept sealed for their case, and gone with a session that left them."""

from __future__ import annotations

import queue
import secrets
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from contract.sealed_stream import open_stream
from contract.sealing import Opener, Sealer, make_private_key
from drivers.camera.device import Advice, DocumentProblem, Photograph
from drivers.vocabulary import DeviceLost
from foundation.errors import Errors
from kiosk_app.matters.capture_desk import CaptureDesk, Taking
from kiosk_app.terminal.answers import AttachmentKept, DocumentTaken
from offline_store.attachments import Attachments, KeptAttachment
from offline_store.files import StoreFiles

OPENER = Opener(make_private_key())
PICTURE = b"\xff\xd8" + secrets.token_bytes(100_000)


@dataclass
class Plate:
    """A camera that answers when the test says so."""

    takings: list[Taking] = field(default_factory=list)
    is_fitted: bool = True
    looks: bool = False

    def look_for_document(self, *, wanted: bool) -> None:
        self.looks = wanted

    def take_document(self) -> Taking | None:
        if not self.is_fitted:
            return None
        self.takings.append(Future())
        return self.takings[-1]


@dataclass
class Bench:
    plate: Plate
    desk: CaptureDesk
    folder: Path
    said: queue.Queue[Any]

    def files(self) -> list[str]:
        return sorted(file.name for file in self.folder.iterdir())

    def keeps(self, picture: bytes = PICTURE, *among: KeptAttachment) -> KeptAttachment:
        self.desk.keep("session", picture, "户口簿首页", among)
        answer = self.said.get(timeout=10)
        assert isinstance(answer, AttachmentKept)
        assert (answer.session_id, answer.error) == ("session", None)
        assert answer.kept is not None
        return answer.kept


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    files, plate, said = StoreFiles(tmp_path / "store.db"), Plate(), queue.Queue[Any]()
    desk = CaptureDesk(plate, Attachments(files), Sealer(OPENER.public_key()), said.put)
    yield Bench(plate, desk, files.attachments, said)
    desk.close()


def test_what_the_camera_gives_is_told_as_it_is(bench: Bench) -> None:
    for outcome, told in (
        (Photograph(PICTURE, 100, 200, 9.0), DocumentTaken("session", PICTURE)),
        (
            DocumentProblem(Advice.DOCUMENT_CUT_OFF),
            DocumentTaken("session", b"", advice="camera.document_cut_off"),
        ),
        (DeviceLost(Errors.CAMERA_LOST, begun=True), DocumentTaken("session", b"", error=Errors.CAMERA_LOST)),
    ):
        bench.desk.take("session")
        bench.plate.takings[-1].set_result(outcome)
        assert bench.said.get(timeout=10) == told
    bench.desk.take("session")
    bench.plate.takings[-1].set_exception(RuntimeError("a bug of the driver"))
    assert bench.said.get(timeout=10) == DocumentTaken("session", b"", error=Errors.CAMERA_LOST)
    bench.plate.is_fitted = False
    bench.desk.take("session")
    assert bench.said.get(timeout=10).error is Errors.CAMERA_LOST
    assert PICTURE[2:20] not in repr(DocumentTaken("session", PICTURE)).encode()


def test_what_is_kept_only_the_province_can_read(bench: Bench) -> None:
    kept = bench.keeps()
    (name,) = bench.files()
    assert (name, kept.media_type, kept.name) == (kept.id, "image/jpeg", "户口簿首页")
    with (bench.folder / name).open("rb") as sealed:
        assert b"".join(open_stream(sealed, OPENER)) == PICTURE


def test_what_was_handed_in_stays_and_everything_else_goes_with_the_session(bench: Bench) -> None:
    handed_in = bench.keeps()
    again = bench.keeps(PICTURE, handed_in)
    assert again.id == handed_in.id
    bench.keeps(PICTURE + b"1")
    bench.keeps(PICTURE + b"2")
    bench.desk.handed_in([handed_in, again])
    bench.desk.end_session()
    assert bench.files() == [handed_in.id]
    bench.desk.end_session()
    assert bench.files() == [handed_in.id]


def test_what_is_still_being_kept_when_the_session_ends_goes_too(bench: Bench) -> None:
    bench.desk.keep("session", PICTURE, "户口簿首页", ())
    bench.desk.end_session()
    assert bench.files() == []


def test_why_a_paper_is_not_kept_is_told(bench: Bench) -> None:
    bench.desk.keep("session", b"", "户口簿首页", ())
    assert bench.said.get(timeout=10) == AttachmentKept("session", None, Errors.ATTACHMENT_TOO_LARGE)
    bench.folder.rmdir()
    bench.folder.write_bytes(b"in the way")
    bench.desk.keep("session", PICTURE, "户口簿首页", ())
    assert bench.said.get(timeout=10) == AttachmentKept("session", None, Errors.STORE_UNWRITABLE)
    bench.folder.unlink()
