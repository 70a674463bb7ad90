"""A case as it is handed in: sealed to the province, numbered, and with nothing of a person in the open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from contract.answers import Identity, SealedCase
from contract.payloads import Case
from contract.sealing import NotOpenedError, Opener, make_private_key
from contract.sets import Assurance, CaseState, Relation, ServiceKind, ServiceOutcome, SubjectKind
from contract.signing import Verifier, card_proof_content
from foundation.clock import SystemClock, parse_rfc3339
from kiosk_app.matters.handing_in import CaseFile, case_file
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.cases import case_events
from kiosk_app.reporting.events import EventMaker
from kiosk_app.terminal.desk import Helped, Submission
from kiosk_app.terminal.session import SignedIn
from offline_store.attachments import KeptAttachment, UploadOrder, read_order
from tests.fakes import items
from tests.fakes.desk import a_province_session
from tests.fakes.discretion import found_in
from tests.fakes.firms import FIRM_CODE, FIRM_NAME, LICENCE_CODE, MANDATE, acting, for_the_firm
from tests.fakes.kiosk import SAM_NUMBER
from tests.fakes.people import MOBILE, a_citizen, another_citizen, secrets_of
from tests.fixtures.enrolments import TERMINAL_ID, a_site
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal

READ_AT = "2026-11-21T02:10:00.000Z"
STARTED_AT = "2026-11-21T02:09:00.000Z"
JUST_BEFORE_MIDNIGHT = "2026-11-21T15:59:59.000Z"
"""23:59:59 in Hubei."""

DIGEST = "sha256:" + "0" * 64
PROOF = "00000000-0000-4000-c000-000000000003"
HELPERS_SESSION = "00000000-0000-4000-9000-000000000001"

ALLOWANCE = {
    "household_register": "authority_checks",
    "household_address": a_citizen().address,
    "birth_date": a_citizen().birth_date,
    "payment": "social_security_card",
    "living": "alone",
    "mobile": MOBILE,
}


class StoppedClock:
    """It is always the same time."""

    def __init__(self, now: str) -> None:
        self._now = now

    def now(self) -> str:
        return self._now


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> EnrolledTerminal:
    return an_enrolled_terminal(tmp_path_factory.mktemp("terminal"))


Maker = Callable[..., CaseFile]


@pytest.fixture
def hand_in(terminal: EnrolledTerminal) -> Maker:
    def make(submission: Submission, times: StoppedClock | None = None, number: int = 42) -> CaseFile:
        clock = times or StoppedClock("2026-11-21T02:15:00.000Z")
        return case_file(submission, terminal.credentials, a_site(), number, clock)

    return make


def a_submission(code: str = items.OFFLINE_FORM, *, online: bool = False, **more: Any) -> Submission:
    signed_in = SignedIn(
        a_citizen(),
        Assurance.CARD_VERIFIED if online else Assurance.CARD_PRESENT,
        province=a_province_session() if online else None,
        sam_number=SAM_NUMBER,
        read_at=READ_AT,
    )
    submission = Submission(
        session_id="00000000-0000-4000-8000-000000000001",
        item=items.reference_item(code),
        batch_id="2026-11.1",
        signed_in=signed_in,
        answers=dict(ALLOWANCE),
        notice_version="2026-11",
        started_at=STARTED_AT,
        offline=not online,
    )
    return replace(submission, **more)


def test_the_province_opens_exactly_what_was_answered(terminal: EnrolledTerminal, hand_in: Maker) -> None:
    file = hand_in(a_submission())
    sealed = msgspec.json.decode(terminal.opener.open(file.case.sealed), type=SealedCase)
    assert sealed == SealedCase(person=a_citizen(), answers=dict(ALLOWANCE), call_back_number=MOBILE)


def test_who_helps_stands_in_it_beside_whose_it_is(terminal: EnrolledTerminal, hand_in: Maker) -> None:
    person = SignedIn(another_citizen(), Assurance.CARD_VERIFIED, province=a_province_session(number=2))
    helper = SignedIn(a_citizen(), Assurance.CARD_VERIFIED, province=a_province_session(number=1))
    case = hand_in(
        a_submission(online=True, signed_in=person, helped=Helped(helper, Relation.NEIGHBOUR, PROOF))
    ).case
    assert (case.actor.subject_ref, case.actor.province_session) == ("subject-1", HELPERS_SESSION)
    assert (case.subject.subject_ref, case.relation, case.relation_proof) == (
        "subject-2",
        Relation.NEIGHBOUR,
        PROOF,
    )
    sealed = msgspec.json.decode(terminal.opener.open(case.sealed), type=SealedCase)
    assert (sealed.person, sealed.helper) == (another_citizen(), a_citizen())
    assert not found_in(msgspec.json.encode(case), secrets_of(a_citizen(), another_citizen()))


def test_for_a_firm_the_agent_is_the_actor_and_the_firm_the_subject(
    terminal: EnrolledTerminal, hand_in: Maker
) -> None:
    licensed = for_the_firm(a_province_session(number=1), LICENCE_CODE)
    agent = SignedIn(a_citizen(), Assurance.CARD_VERIFIED, province=licensed)
    case = hand_in(a_submission("enterprise-appeal", online=True, signed_in=agent)).case
    assert case.actor.subject_ref == "subject-1"
    assert (case.subject.kind, case.subject.subject_ref) == (SubjectKind.ORGANISATION, f"firm-{FIRM_CODE}")
    assert (case.relation, case.relation_proof) == (Relation.AGENT, MANDATE)
    sealed = msgspec.json.decode(terminal.opener.open(case.sealed), type=SealedCase)
    assert (sealed.person, sealed.organisation) == (a_citizen(), acting().organisation)
    assert not found_in(msgspec.json.encode(case), (*secrets_of(a_citizen()), FIRM_NAME, f'"{FIRM_CODE}"'))
    own = hand_in(a_submission(online=True, signed_in=agent)).case
    assert (own.subject.kind, own.relation) == (SubjectKind.PERSON, Relation.SELF)


def test_files_stand_in_the_case_by_their_digests_and_go_before_it(hand_in: Maker) -> None:
    first = KeptAttachment(
        "3f0c9a3e-3f57-4a2e-8a0c-6c1c6a0f7a11", DIGEST, 70, 900, "image/jpeg", "户口簿首页", b"print"
    )
    again = replace(first, name="户口簿本人页")
    file = hand_in(a_submission(attachments=(first, again)))
    assert [(each.digest, each.size, each.name) for each in file.case.attachments] == [
        (DIGEST, 70, "户口簿首页"),
        (DIGEST, 70, "户口簿本人页"),
    ]
    clock = SystemClock()
    maker = EventMaker(TERMINAL_ID, clock, PlatformClock(clock))
    upload, case, service = case_events(maker, file.case, file.service, [first, again])
    assert (upload.id, upload.stream, upload.subject) == (first.id, "upload", f"attachment/{first.id}")
    assert read_order(upload.data) == UploadOrder(file.case.case_id, DIGEST, 900)
    assert case.depends_on == (first.id,)
    assert service.depends_on == (case.id,)


def test_nobody_else_opens_it_and_no_two_envelopes_are_alike(hand_in: Maker) -> None:
    first, second = hand_in(a_submission()), hand_in(a_submission())
    assert first.case.sealed != second.case.sealed
    assert first.case.case_id != second.case.case_id
    with pytest.raises(NotOpenedError):
        Opener(make_private_key()).open(first.case.sealed)


@pytest.mark.parametrize("online", [True, False])
def test_nothing_of_the_person_stands_in_the_open_part(hand_in: Maker, online: bool) -> None:
    file = hand_in(a_submission(online=online))
    wire = (msgspec.json.encode(file.case), msgspec.json.encode(file.service))
    assert not found_in(wire, secrets_of(a_citizen()))
    assert found_in(msgspec.json.encode(file.case), [TERMINAL_ID]), "the search does read what is on the wire"
    assert not found_in((repr(file), repr(a_submission())), secrets_of(a_citizen()))


def test_offline_the_case_carries_the_proof_that_the_card_answered(
    terminal: EnrolledTerminal, hand_in: Maker
) -> None:
    case = hand_in(a_submission()).case
    proof = case.actor.proof
    assert proof is not None
    assert (case.actor.assurance, case.actor.subject_ref, case.offline) == (Assurance.CARD_PRESENT, "", True)
    content = card_proof_content(TERMINAL_ID, case.case_id, SAM_NUMBER, READ_AT, case.sealed)
    verifier = Verifier(terminal.credentials.signer.public_key())
    assert verifier.verifies(content, proof.signature)
    for forged in (
        card_proof_content(TERMINAL_ID, "another-case", SAM_NUMBER, READ_AT, case.sealed),
        card_proof_content(TERMINAL_ID, case.case_id, SAM_NUMBER, READ_AT, case.sealed + "A"),
        card_proof_content("another-terminal", case.case_id, SAM_NUMBER, READ_AT, case.sealed),
    ):
        assert not verifier.verifies(forged, proof.signature)


def test_online_the_provinces_session_stands_for_the_person(hand_in: Maker) -> None:
    actor = hand_in(a_submission(online=True)).case.actor
    assert actor.proof is None
    assert actor.subject_ref == a_province_session().subject_ref
    assert actor.province_session == a_province_session().session_id
    assert actor.assurance is Assurance.CARD_VERIFIED


def test_whoever_does_not_sign_in_stays_unknown(terminal: EnrolledTerminal, hand_in: Maker) -> None:
    answers = {"mobile": MOBILE, "convenient": "any"}
    case = hand_in(a_submission(items.CALL_BACK, signed_in=None, answers=answers)).case
    assert case.actor.assurance is Assurance.ANONYMOUS
    assert (case.actor.subject_ref, case.subject.subject_ref, case.actor.proof) == ("", "", None)
    assert case.call_back
    sealed = msgspec.json.decode(terminal.opener.open(case.sealed), type=SealedCase)
    assert sealed.person is None
    assert sealed.call_back_number == MOBILE


def test_the_days_are_those_of_hubei(hand_in: Maker) -> None:
    before = hand_in(a_submission(), StoppedClock(JUST_BEFORE_MIDNIGHT)).case
    after = hand_in(a_submission(), StoppedClock("2026-11-21T16:00:00.000Z")).case
    assert (before.hear_by, before.deadline) == ("2026-12-11", "2026-11-24")
    assert (after.hear_by, after.deadline) == ("2026-12-12", "2026-11-25")


def test_what_promises_no_day_has_none(hand_in: Maker) -> None:
    case = hand_in(a_submission(items.QUERY, online=True, answers={"period": "3"})).case
    assert (case.hear_by, case.deadline, case.call_back) == ("", "", False)


def test_the_receipt_is_five_figures_of_the_terminal_and_six_running(hand_in: Maker) -> None:
    assert hand_in(a_submission(), number=7).case.receipt_number == "00017000007"
    assert hand_in(a_submission(), number=999_999).case.receipt_number == "00017999999"


@pytest.mark.parametrize(
    ("code", "state", "kind", "outcome"),
    [
        (items.QUERY, CaseState.COMPLETED, ServiceKind.QUERY, ServiceOutcome.DONE),
        (items.OFFLINE_FORM, CaseState.SUBMITTED, ServiceKind.APPLICATION, ServiceOutcome.HANDED_IN),
    ],
)
def test_case_and_act_of_handling_belong_together(
    hand_in: Maker, code: str, state: CaseState, kind: ServiceKind, outcome: ServiceOutcome
) -> None:
    item = items.reference_item(code)
    file = hand_in(a_submission(code, online=True))
    assert file.subject == f"case/{file.case.case_id}"
    assert (file.case.state, file.service.kind, file.service.outcome) == (state, kind, outcome)
    assert (file.service.case_id, file.service.service_no) == (file.case.case_id, 1)
    assert (file.case.item_code, file.case.item_version, file.case.item_batch) == (code, 1, "2026-11.1")
    assert (file.case.task_code, file.case.handle_code) == (item.task_code, item.handle_code)
    assert (file.case.site_id, file.case.region_code) == (a_site().site_id, a_site().region_code)


def test_what_failed_is_withdrawn_from_the_start_and_names_nobody(hand_in: Maker) -> None:
    submission = a_submission(items.QUERY, online=True)
    file = hand_in(replace(submission, signed_in=None, answers={}, failed="PROV-001"))
    assert file.case.state is CaseState.WITHDRAWN
    assert (file.case.sealed, file.case.hear_by, file.case.deadline, file.case.call_back) == (
        "",
        "",
        "",
        False,
    )
    assert (file.case.actor.subject_ref, file.case.actor.province_session) == ("", "")
    assert (file.service.outcome, file.service.error) == (ServiceOutcome.FAILED, "PROV-001")


def test_nothing_of_a_case_ends_before_it_begins(hand_in: Maker) -> None:
    file = hand_in(a_submission(), StoppedClock("2026-11-21T02:15:00.000Z"))
    proof = file.case.actor.proof
    assert proof is not None
    times = [file.service.started_at, proof.read_at, file.service.ended_at]
    assert times == sorted(times, key=parse_rfc3339)
    assert file.case.submitted_at == file.service.ended_at


def test_the_case_goes_over_the_wire_and_comes_back(hand_in: Maker) -> None:
    case = hand_in(a_submission()).case
    assert msgspec.json.decode(msgspec.json.encode(case), type=Case) == case


@pytest.mark.parametrize("name", ["䶮𠮷𬱖·买买提", "A" * 60])
def test_any_name_is_sealed_whole(terminal: EnrolledTerminal, hand_in: Maker, name: str) -> None:
    person: Identity = msgspec.structs.replace(a_citizen(), name=name)
    case = hand_in(a_submission(signed_in=SignedIn(person, Assurance.CARD_PRESENT))).case
    sealed = msgspec.json.decode(terminal.opener.open(case.sealed), type=SealedCase)
    assert sealed.person == person
    assert case.actor.proof is None, "without a card there is nothing to prove"
