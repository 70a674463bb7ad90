"""A face is compared only by consent, three times at most, and what needs no face is always there."""

from __future__ import annotations

import msgspec
import pytest

from contract.answers import Identity
from contract.items import Notice
from contract.sets import Assurance, FaceConsent, FaceLiveness, FaceOutcome
from foundation.errors import Errors
from kiosk_app.terminal.answers import FaceAnswered
from kiosk_app.terminal.consent_views import FaceConsentView
from kiosk_app.terminal.face_views import FaceView
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CameraAdvised, CapabilitiesChanged, CardGone
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.views import Connection, Screen
from tests.fakes import faces
from tests.fakes.calls import Call
from tests.fakes.faces import CONSENT, TWICE, WITH_A_FACE, batch_with_consent
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk, secrets_left
from tests.fakes.people import a_citizen, another_citizen
from tests.fakes.proofs import proved

CHILD = Identity(
    name="欧阳小禾", number="429999201506010029", birth_date="2015-06-01", address="湖北省武汉市演示路15号"
)


def kiosk_with_a_camera(
    *, capabilities: frozenset[str] = WITH_A_FACE, consent: Notice | None = CONSENT
) -> Kiosk:
    kiosk = Kiosk(batch_with_consent(consent), capabilities=capabilities)
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [proved(call, Assurance.KNOWN_TWICE)]
    return kiosk


def submitted(kiosk: Kiosk, person: Identity | None = None) -> Kiosk:
    """Signed in by card, everything answered, and 提交 pressed."""
    kiosk.start_signed_in(TWICE.code, person)
    kiosk.says(CardGone())
    kiosk.answer("two", "yes")
    kiosk.tap(Wish.SUBMIT)
    return kiosk


def asked(**more: object) -> Kiosk:
    kiosk = submitted(kiosk_with_a_camera(**more))  # type: ignore[arg-type]
    assert kiosk.shows(Screen.FACE_CONSENT)
    return kiosk


def before_the_camera() -> Kiosk:
    kiosk = asked()
    kiosk.tap(Wish.AGREE)
    assert kiosk.shows(Screen.FACE)
    assert camera_is_open(kiosk)
    return kiosk


def camera_is_open(kiosk: Kiosk) -> bool:
    return kiosk.desk.faces.open


def consent(kiosk: Kiosk) -> FaceConsentView:
    body = kiosk.view.body
    assert isinstance(body, FaceConsentView)
    return body


def page(kiosk: Kiosk) -> FaceView:
    body = kiosk.view.body
    assert isinstance(body, FaceView)
    return body


def session_of(kiosk: Kiosk) -> CitizenSession:
    assert kiosk.situation.session is not None
    return kiosk.situation.session


def compared(kiosk: Kiosk, outcome: FaceOutcome) -> Call:
    kiosk.says(faces.taken())
    call = kiosk.desk.last("compare")
    kiosk.says(faces.came_of(call, outcome))
    return call


def test_she_is_asked_first_and_the_camera_stays_shut_until_she_agrees() -> None:
    kiosk = asked()
    assert consent(kiosk).lines == ("只比一次。", "比完就删。")
    assert consent(kiosk).guardian == ""
    assert not camera_is_open(kiosk)
    kiosk.says(faces.taken())
    assert not kiosk.desk.named("compare"), "a picture that nobody asked for goes nowhere"
    kiosk.tap(Wish.SHOW_WHOLE_NOTICE)
    assert consent(kiosk).whole_shown
    kiosk.tap(Wish.SHOW_WHOLE_NOTICE)
    kiosk.tap(Wish.AGREE)
    assert camera_is_open(kiosk)
    assert session_of(kiosk).face.consent is FaceConsent.GIVEN
    assert session_of(kiosk).face.consent_version == "face-7"


def test_a_face_that_matches_leads_back_to_the_form_which_then_is_submitted() -> None:
    kiosk = before_the_camera()
    kiosk.says(CameraAdvised("camera.come_closer"))
    assert page(kiosk).advice == kiosk.say("camera.come_closer")
    call = compared(kiosk, FaceOutcome.MATCHED)
    assert (call.what.picture, call.what.consent_version) == (faces.PICTURE, "face-7")
    assert faces.PICTURE in kiosk.needles[0].pictures, "the wipe looks for it"
    assert not camera_is_open(kiosk)
    assert len(kiosk.check.rows) == 2
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.signed_in.assurance is Assurance.FACE_MATCHED
    assert kiosk.result.tone == "done"


def test_who_says_no_confirms_in_another_way_is_not_asked_again_and_it_counts_as_much() -> None:
    kiosk = asked()
    kiosk.tap(Wish.OTHER_WAY)
    assert kiosk.sign_in.asked == "twice"
    assert session_of(kiosk).face.consent is FaceConsent.REFUSED
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.SIGN_IN), "no is heard once"
    kiosk.show_code()
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.signed_in.assurance is Assurance.KNOWN_TWICE
    assert not kiosk.desk.named("compare")


def test_back_from_the_question_is_no_answer() -> None:
    kiosk = asked()
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.CHECK)
    assert session_of(kiosk).face.consent is FaceConsent.NOT_ASKED
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.FACE_CONSENT)


@pytest.mark.parametrize(
    ("capabilities", "words"),
    [(ALL_CAPABILITIES, CONSENT), (WITH_A_FACE, None)],
    ids=["no camera", "no words of the province"],
)
def test_it_is_never_offered_where_it_cannot_be(capabilities: frozenset[str], words: Notice | None) -> None:
    kiosk = submitted(kiosk_with_a_camera(capabilities=capabilities, consent=words))
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.asked == "twice"


@pytest.mark.parametrize("outcome", [FaceOutcome.NOT_MATCHED, FaceOutcome.NOT_LIVE])
def test_three_tries_and_no_more_and_the_other_way_is_there_each_time(outcome: FaceOutcome) -> None:
    kiosk = before_the_camera()
    for left in (2, 1):
        compared(kiosk, outcome)
        assert page(kiosk).advice == kiosk.say(f"face.{outcome.value}")
        assert page(kiosk).can_retry, left
        assert not camera_is_open(kiosk)
        kiosk.tap(Wish.RETRY)
        assert camera_is_open(kiosk)
    compared(kiosk, outcome)
    assert page(kiosk).advice == kiosk.error(Errors.FACE_TRIES_USED)
    assert not page(kiosk).can_retry
    kiosk.tap(Wish.RETRY)
    assert not camera_is_open(kiosk)
    kiosk.tap(Wish.OTHER_WAY)
    assert kiosk.sign_in.asked == "twice"
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.SIGN_IN), "it is not offered a fourth time"


def test_a_service_that_is_away_costs_no_try() -> None:
    kiosk = before_the_camera()
    compared(kiosk, FaceOutcome.UNAVAILABLE)
    assert page(kiosk).advice == kiosk.say("face.unavailable")
    assert session_of(kiosk).face.tries == 0
    kiosk.tap(Wish.RETRY)
    kiosk.says(faces.taken())
    kiosk.says(faces.not_compared(kiosk.desk.last("compare"), Errors.PROVINCE_UNREACHABLE))
    assert page(kiosk).can_retry


def test_the_line_that_breaks_before_the_camera_loses_nothing() -> None:
    kiosk = before_the_camera()
    kiosk.connection(Connection.OFFLINE)
    kiosk.says(faces.taken())
    assert not kiosk.desk.named("compare")
    assert page(kiosk).advice == kiosk.say("face.unavailable")
    kiosk.tap(Wish.BACK)
    assert len(kiosk.check.rows) == 2


def test_a_camera_that_dies_in_the_middle_says_so_and_goes_on_when_it_is_back() -> None:
    kiosk = before_the_camera()
    kiosk.says(CapabilitiesChanged(ALL_CAPABILITIES, demonstration=False))
    assert page(kiosk).advice == kiosk.say("face.no_camera")
    assert page(kiosk).lamp == ""
    kiosk.says(CapabilitiesChanged(WITH_A_FACE, demonstration=False))
    assert page(kiosk).lamp == kiosk.say("camera.lamp")
    compared(kiosk, FaceOutcome.MATCHED)
    assert kiosk.shows(Screen.CHECK)


def test_a_sign_in_that_ended_meanwhile_is_renewed_and_the_form_stays() -> None:
    kiosk = before_the_camera()
    kiosk.says(faces.taken())
    kiosk.says(faces.not_compared(kiosk.desk.last("compare"), Errors.SIGN_IN_EXPIRED))
    assert kiosk.sign_in.asked == "again"
    kiosk.lay_card()
    assert len(kiosk.check.rows) == 2


def test_an_answer_after_she_has_gone_back_counts_and_moves_nothing() -> None:
    kiosk = before_the_camera()
    kiosk.says(faces.taken())
    call = kiosk.desk.last("compare")
    kiosk.tap(Wish.BACK)
    kiosk.says(faces.came_of(call, FaceOutcome.MATCHED))
    assert kiosk.shows(Screen.CHECK)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.tone == "done"


def child_asked() -> Kiosk:
    kiosk = kiosk_with_a_camera()
    kiosk.secrets = (*kiosk.secrets, CHILD.name, CHILD.number)
    submitted(kiosk, CHILD)
    assert consent(kiosk).guardian == kiosk.say("face.guardian")
    return kiosk


def test_for_a_child_the_guardian_signs_in_first_and_leaves_nothing() -> None:
    kiosk = child_asked()
    kiosk.tap(Wish.AGREE)
    assert kiosk.sign_in.asked == "guardian"
    assert not camera_is_open(kiosk)
    kiosk.lay_card(another_citizen())
    assert kiosk.shows(Screen.FACE)
    assert camera_is_open(kiosk)
    assert kiosk.view.top.signed_in_as.startswith("欧"), "it is still the child's matter"
    guardian = session_of(kiosk).face.guardian
    assert guardian is not None
    call = compared(kiosk, FaceOutcome.MATCHED)
    assert call.what.guardian_token == guardian.token
    assert guardian in [signed_out.what for signed_out in kiosk.desk.named("sign_out")]
    assert session_of(kiosk).face.guardian is None
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.signed_in.identity == CHILD
    kiosk.says(CardGone())
    kiosk.tap(Wish.END)
    assert secrets_left(kiosk, kiosk.secrets) == set()


def test_neither_the_child_herself_nor_another_child_is_a_guardian() -> None:
    kiosk = child_asked()
    kiosk.tap(Wish.AGREE)
    kiosk.lay_card(CHILD)
    assert kiosk.sign_in.advice == kiosk.error(Errors.FACE_GUARDIAN_NEEDED)
    kiosk.says(CardGone())
    kiosk.lay_card(msgspec.structs.replace(CHILD, number="429999201406010014", birth_date="2014-06-01"))
    assert kiosk.sign_in.advice == kiosk.error(Errors.FACE_GUARDIAN_NEEDED)
    assert not camera_is_open(kiosk)


def test_a_guardian_whom_the_province_does_not_know_leads_to_the_other_way() -> None:
    kiosk = child_asked()
    kiosk.tap(Wish.AGREE)
    kiosk.lay_card(another_citizen())
    kiosk.says(faces.taken())
    kiosk.says(faces.not_compared(kiosk.desk.last("compare"), Errors.FACE_GUARDIAN_NEEDED))
    assert page(kiosk).advice == kiosk.error(Errors.FACE_GUARDIAN_NEEDED)
    assert not page(kiosk).can_retry
    kiosk.tap(Wish.OTHER_WAY)
    assert kiosk.sign_in.asked == "twice"


def test_a_child_who_says_no_needs_no_guardian_for_the_equal_way() -> None:
    kiosk = child_asked()
    kiosk.tap(Wish.OTHER_WAY)
    assert kiosk.sign_in.asked == "twice"


def test_fourteen_years_to_the_day_is_no_child_any_more() -> None:
    today = kiosk_with_a_camera().clock.utc_now().date()
    for days, is_child in ((0, False), (1, True)):
        born = f"{today.year - 14}{today.month:02d}{today.day + days:02d}"
        kiosk = kiosk_with_a_camera()
        submitted(kiosk, msgspec.structs.replace(a_citizen(), number=f"429999{born}0010"))
        assert bool(consent(kiosk).guardian) is is_child


@pytest.mark.parametrize("answer", [Wish.AGREE, Wish.OTHER_WAY])
def test_the_next_person_is_asked_anew(answer: Wish) -> None:
    kiosk = asked()
    kiosk.tap(answer)
    kiosk.tap(Wish.END)
    kiosk.wait(20)
    submitted(kiosk)
    assert kiosk.shows(Screen.FACE_CONSENT)
    assert session_of(kiosk).face.consent is FaceConsent.NOT_ASKED


def test_a_late_answer_for_somebody_who_has_left_changes_nothing() -> None:
    kiosk = before_the_camera()
    kiosk.says(faces.taken(liveness=FaceLiveness.NOT_SEEN))
    late = kiosk.desk.last("compare")
    kiosk.tap(Wish.END)
    assert not camera_is_open(kiosk)
    answer = faces.came_of(late, FaceOutcome.MATCHED)
    assert isinstance(answer, FaceAnswered)
    kiosk.says(answer)
    assert kiosk.shows(Screen.FAREWELL)
