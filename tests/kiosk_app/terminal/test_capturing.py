"""A paper answers a question: it is laid under the camera, taken, looked at, and kept sealed."""

from __future__ import annotations

import pytest

from foundation.errors import Errors
from kiosk_app.matters.answering import AGAIN, TAKE, YES
from kiosk_app.terminal.answers import AttachmentKept, DocumentTaken
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CameraAdvised
from kiosk_app.terminal.views import Screen
from tests.fakes import capture, items
from tests.fakes.kiosk import Kiosk


@pytest.fixture
def kiosk() -> Kiosk:
    """At the first of two papers."""
    steps = (items.a_step("first", "capture"), items.a_step("second", "capture", optional=True))
    kiosk = Kiosk(items.a_batch_of(items.a_form("form", *steps)))
    kiosk.start_signed_in("form")
    return kiosk


def offered(kiosk: Kiosk) -> list[str]:
    return [option.value for option in kiosk.question.options]


def looks(kiosk: Kiosk) -> bool:
    """Whether the camera is open."""
    return kiosk.desk.camera_open


def picture_of(kiosk: Kiosk) -> bytes:
    return kiosk.question.picture


def take(kiosk: Kiosk) -> bytes:
    kiosk.tap(Wish.CHOOSE, TAKE)
    return picture_of(kiosk)


def test_two_papers_go_with_the_case_in_their_order(kiosk: Kiosk) -> None:
    assert looks(kiosk)
    assert (kiosk.question.help, offered(kiosk)) == (kiosk.say("camera.no_document"), [TAKE])
    kiosk.says(CameraAdvised("camera.document_ready"))
    assert kiosk.question.help == kiosk.say("camera.document_ready")
    first = take(kiosk)
    assert first
    assert not looks(kiosk), "who looks at the picture is not looked at"
    assert (kiosk.question.help, offered(kiosk)) == (kiosk.say("capture.look_at_it"), [YES, AGAIN])
    kiosk.tap(Wish.CHOOSE, YES)
    assert (kiosk.question.step, picture_of(kiosk), looks(kiosk)) == (2, b"", True)
    second = take(kiosk)
    kiosk.tap(Wish.CHOOSE, YES)
    assert kiosk.shows(Screen.CHECK)
    assert not looks(kiosk)
    assert [row.value for row in kiosk.check.rows] == [kiosk.say("capture.kept")] * 2
    assert kiosk.needles[-1].pictures == {first, second}, "the wipe looks for both"
    kiosk.tap(Wish.SUBMIT)
    submission = kiosk.desk.last("submit").what
    assert [call.what[0] for call in kiosk.desk.named("keep")] == [first, second]
    assert [call.what[1] for call in kiosk.desk.named("keep")] == [
        kept.name for kept in submission.attachments
    ]
    assert submission.answers == {
        field: kept.digest for field, kept in zip(("first", "second"), submission.attachments, strict=True)
    }


def test_a_picture_can_be_taken_again_before_and_after_it_was_kept(kiosk: Kiosk) -> None:
    first = take(kiosk)
    kiosk.tap(Wish.CHOOSE, AGAIN)
    assert looks(kiosk)
    assert offered(kiosk) == [TAKE]
    second = take(kiosk)
    assert second != first
    kiosk.tap(Wish.CHOOSE, YES)
    kiosk.tap(Wish.BACK)
    assert (picture_of(kiosk), kiosk.question.help) == (b"", kiosk.say("capture.kept")), (
        "nobody sees it again"
    )
    assert not looks(kiosk)
    kiosk.tap(Wish.CHOOSE, AGAIN)
    third = take(kiosk)
    kiosk.tap(Wish.CHOOSE, YES)
    kiosk.tap(Wish.SKIP)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("keep").what[0] == third
    assert len(kiosk.desk.last("submit").what.attachments) == 1


def test_the_same_paper_is_kept_once_among_those_of_its_case(kiosk: Kiosk) -> None:
    take(kiosk)
    kiosk.tap(Wish.CHOOSE, YES)
    take(kiosk)
    kiosk.tap(Wish.CHOOSE, YES)
    first, second = kiosk.desk.named("keep")
    assert (len(first.what[2]), len(second.what[2])) == (0, 1)


def test_an_optional_paper_that_was_taken_and_then_skipped_does_not_go_along(kiosk: Kiosk) -> None:
    for _ in range(2):
        take(kiosk)
        kiosk.tap(Wish.CHOOSE, YES)
    kiosk.tap(Wish.CHANGE, "second")
    kiosk.tap(Wish.SKIP)
    kiosk.tap(Wish.SUBMIT)
    submission = kiosk.desk.last("submit").what
    assert list(submission.answers) == ["first"]
    assert len(submission.attachments) == 1


@pytest.mark.parametrize("way", [Wish.HELP, Wish.BACK, Wish.END])
def test_the_camera_is_closed_as_soon_as_the_question_is_left(kiosk: Kiosk, way: Wish) -> None:
    assert looks(kiosk)
    kiosk.tap(way)
    assert not looks(kiosk)
    if way is Wish.HELP:
        kiosk.tap(Wish.CLOSE_HELP)
        assert looks(kiosk)


def test_while_a_picture_is_taken_no_second_wish_is_heard(kiosk: Kiosk) -> None:
    kiosk.desk.answers.pop("take")
    kiosk.tap(Wish.CHOOSE, TAKE)
    kiosk.tap(Wish.CHOOSE, TAKE)
    assert len(kiosk.desk.named("take")) == 1
    assert (kiosk.question.help, offered(kiosk)) == (kiosk.say("capture.taking"), [])
    kiosk.says(capture.taken(kiosk.desk.last("take")))
    assert offered(kiosk) == [YES, AGAIN]


def test_an_answer_that_comes_after_the_question_was_left_changes_nothing(kiosk: Kiosk) -> None:
    take(kiosk)
    kiosk.tap(Wish.CHOOSE, YES)
    kiosk.desk.answers.pop("take")
    kiosk.tap(Wish.CHOOSE, TAKE)
    kiosk.tap(Wish.BACK)
    kiosk.says(capture.taken(kiosk.desk.last("take")))
    assert (kiosk.question.step, picture_of(kiosk)) == (1, b"")
    kiosk.says(capture.taken(kiosk.desk.last("take")))
    assert picture_of(kiosk) == b""


def test_what_went_wrong_is_said_and_it_can_be_tried_again(kiosk: Kiosk) -> None:
    session_id = kiosk.desk.last("sign_in_by_card").session_id
    kiosk.desk.answers["take"] = lambda _: [DocumentTaken(session_id, b"", advice="camera.document_cut_off")]
    kiosk.tap(Wish.CHOOSE, TAKE)
    assert kiosk.question.problem == kiosk.say("camera.document_cut_off")
    kiosk.desk.answers["take"] = lambda _: [DocumentTaken(session_id, b"", error=Errors.CAMERA_LOST)]
    kiosk.tap(Wish.CHOOSE, TAKE)
    assert kiosk.question.problem == kiosk.say("error.CAMR-001")
    kiosk.desk.answers["take"] = lambda call: [capture.taken(call)]
    take(kiosk)
    kiosk.desk.answers["keep"] = lambda _: [AttachmentKept(session_id, None, Errors.ATTACHMENT_NO_ROOM)]
    kiosk.tap(Wish.CHOOSE, YES)
    assert kiosk.question.problem == kiosk.say("error.ATCH-002")
    assert offered(kiosk) == [TAKE]
    assert looks(kiosk)


def test_advice_of_the_camera_is_no_sign_of_life(kiosk: Kiosk) -> None:
    kiosk.tap(Wish.END)
    kiosk.says(CameraAdvised("camera.no_document"))
    assert not kiosk.shows(Screen.QUESTION)
    assert kiosk.situation.session is None
