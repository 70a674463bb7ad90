"""The desk answers every call exactly once, also when something behind it has a bug."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from contract.answers import CitizenSession as ProvinceSession
from contract.answers import Identity, QueryResult
from contract.sealing import Opener, Sealer, make_private_key
from contract.session import Wiped
from contract.sets import Assurance, WayOut
from foundation.errors import Errors
from kiosk_app.matters.capture_desk import CaptureDesk
from kiosk_app.matters.documents import DocumentMaker
from kiosk_app.matters.draft_desk import DraftDesk
from kiosk_app.matters.face_desk import FaceDesk
from kiosk_app.matters.paper_desk import PaperDesk
from kiosk_app.matters.recording import CaseRecorder
from kiosk_app.matters.service_desk import Rooms, ServiceDesk
from kiosk_app.matters.slips import SlipMaker
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.outcomes import Outcome, Unreachable
from kiosk_app.terminal.answers import CaseCommitted, SignInAnswered
from kiosk_app.terminal.desk import Submission
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.session import CitizenSession, SignedIn
from kiosk_app.terminal.wipe import Needles
from offline_store.attachments import Attachments
from offline_store.drafts import Drafts
from offline_store.errors import StoreFullError
from offline_store.files import StoreFiles
from tests.fakes.clock import ManualClock
from tests.fakes.devices import NoDevices, NoEnd
from tests.fakes.items import a_form
from tests.fakes.staff import a_staff_desk

SOMEBODY = Identity(name="王某", number="42999919440817002X", birth_date="1944-08-17", address="某处")


class Broken:
    """Whatever is asked of it, it has a bug."""

    def __getattr__(self, name: str) -> Any:
        def fail(*_: object, **__: object) -> object:
            raise LookupError(name)

        return fail


class NeverSets:
    def interrupt(self) -> None:
        """Nothing is under way."""


class Full:
    def record(self, submission: Submission, along: object) -> object:
        raise StoreFullError("no room")


def a_capture_desk(post: Callable[[Message], None]) -> CaptureDesk:
    sealer = Sealer(Opener(make_private_key()).public_key())
    return CaptureDesk(NoDevices(), Attachments(StoreFiles(Path("nobody keeps anything"))), sealer, post)


def a_paper_desk(post: Callable[[Message], None]) -> PaperDesk:
    """Nothing is printed here."""
    return PaperDesk(NoDevices(), cast("SlipMaker", Broken()), cast("DocumentMaker", NeverSets()), post)


def rooms(post: Callable[[Message], None]) -> Rooms:
    drafts = DraftDesk(cast("Drafts", Broken()), ManualClock(), post)
    staff = a_staff_desk(post, ManualClock())
    face = FaceDesk(cast("ProvinceClient", Broken()), NoDevices(), post)
    return Rooms(a_paper_desk(post), a_capture_desk(post), drafts, staff, face)


@contextmanager
def desk_with(recorder: object) -> Iterator[tuple[ServiceDesk, queue.SimpleQueue[Any]]]:
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
    desk = ServiceDesk(
        cast("ProvinceClient", Broken()),
        cast("CaseRecorder", recorder),
        NoDevices(),
        NoEnd(),
        rooms(answers.put),
        answers.put,
    )
    try:
        yield desk, answers
    finally:
        desk.close()
    assert answers.empty(), "more than one answer"


def a_submission() -> Submission:
    return Submission(
        session_id="s",
        item=a_form("a-form"),
        batch_id="b",
        signed_in=None,
        answers={},
        notice_version="1",
        started_at="2026-11-21T02:10:07.123Z",
        offline=False,
    )


def test_a_sign_in_that_meets_a_bug_is_answered_all_the_same() -> None:
    with desk_with(Broken()) as (desk, answers):
        desk.sign_in_by_card("s", SOMEBODY, "1", "2026-11-21T02:10:07.123Z", None)
        answer = answers.get(timeout=5)
    assert isinstance(answer, SignInAnswered)
    assert answer.session is None
    assert answer.error is Errors.PROVINCE_NOT_UNDERSTOOD


@pytest.mark.parametrize(("recorder", "error"), [(Full(), Errors.STORE_FULL), (Broken(), Errors.STORE_BUSY)])
def test_what_was_not_committed_is_never_said_to_be_saved(recorder: object, error: object) -> None:
    with desk_with(recorder) as (desk, answers):
        desk.submit(a_submission())
        answer = answers.get(timeout=5)
    assert isinstance(answer, CaseCommitted)
    assert answer.error is error
    assert answer.case_id == ""


class Hanging:
    """A province that does not answer until nobody wants to know any more; a sign-out hangs once."""

    def __init__(self, *, hangs_at_sign_out: bool) -> None:
        self.asked = threading.Event()
        self.interrupted: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.heard: list[str] = []
        self._hangs_at_sign_out = hangs_at_sign_out

    def query(self, *_: object) -> Outcome[QueryResult]:
        self.asked.set()
        return self._never("query")

    def sign_out(self, _: object) -> Outcome[QueryResult]:
        if self._hangs_at_sign_out:
            return self._never("sign_out")
        self.heard.append("signed out")
        return Unreachable(Errors.PROVINCE_BUSY)

    def interrupt(self) -> None:
        self.interrupted.put(None)

    def _never(self, call: str) -> Outcome[QueryResult]:
        self.interrupted.get(timeout=10)
        self.heard.append(f"{call} broken off")
        return Unreachable(Errors.PROVINCE_UNREACHABLE)


class TheEnd(NoEnd):
    def __init__(self, client: Hanging) -> None:
        self._client = client
        self.heard_before: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def end(self, session: CitizenSession, way_out: WayOut, wiped: Sequence[Wiped]) -> None:
        self.heard_before.put(list(self._client.heard))


@pytest.mark.parametrize("hangs_at_sign_out", [False, True])
def test_who_leaves_while_the_province_hangs_is_cleared_when_nothing_is_asked_for_her_any_more(
    hangs_at_sign_out: bool,
) -> None:
    client = Hanging(hangs_at_sign_out=hangs_at_sign_out)
    end = TheEnd(client)
    desk = ServiceDesk(
        cast("ProvinceClient", client),
        cast("CaseRecorder", Broken()),
        NoDevices(),
        end,
        rooms(lambda _: None),
        lambda _: None,
    )
    province = ProvinceSession(
        session_id="p", token="t" * 43, subject_ref="r", assurance=Assurance.CARD_VERIFIED, expires_in_s=900
    )
    session = CitizenSession("s", "2026-11-21T02:10:07.123Z", Needles())
    session.signed_in = SignedIn(SOMEBODY, Assurance.CARD_VERIFIED, province=province)
    desk.query("s", province, a_form("a-form"), {})
    assert client.asked.wait(5)
    desk.end_session(session, WayOut.CANCELLED)
    heard = end.heard_before.get(timeout=10)
    desk.close()
    assert set(heard) == {"query broken off", "sign_out broken off" if hangs_at_sign_out else "signed out"}
