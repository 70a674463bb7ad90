"""电子营业执照: who holds it, for which firm, in what; and the cases that come of it."""

from __future__ import annotations

import msgspec
import pytest
import requests

from contract import payloads
from contract.answers import CitizenSession
from contract.sets import Assurance, Outcome, Relation, Stream, SubjectKind
from foundation.errors import Errors
from foundation.identity_numbers import is_unified_social_credit_code
from province_platform.reference_firms import find_firm, reference_firms
from province_platform.server import PlatformServer
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, identity, outcomes, rows

FIRM = "river-light"


def licence_code(server: PlatformServer, person_id: str, firm_id: str = FIRM) -> str:
    wish = {"person_id": person_id, "issuer": "DXBL1", "firm_id": firm_id}
    answer = requests.post(f"{server.console_url}/console/codes", json=wish, timeout=WITHIN_S)
    return str(answer.json()["code"])


def show(terminal: EnrolledTerminal, code: str) -> requests.Response:
    from contract.sealing import Sealer

    nonce = terminal.card_sign_in(identity(), terminal.server.clock.utc_now())["nonce"]
    sealed = Sealer(terminal.enrolment.sealing_key).seal(code.encode("ascii"))
    return terminal.call("POST", "/v1/sign-in/code", json={"sealed": sealed, "nonce": nonce})


def signed_in(terminal: EnrolledTerminal, person_id: str) -> CitizenSession:
    answer = show(terminal, licence_code(terminal.server, person_id))
    return msgspec.json.decode(answer.content, type=CitizenSession)


def case_of(terminal: EnrolledTerminal, session: CitizenSession, **changed: object) -> payloads.Case:
    acting = session.acting
    assert acting is not None
    facts = {
        "item_code": "enterprise-appeal",
        "actor": payloads.Actor(
            assurance=Assurance.CARD_VERIFIED,
            subject_ref=session.subject_ref,
            province_session=session.session_id,
        ),
        "subject": payloads.Subject(kind=SubjectKind.ORGANISATION, subject_ref=acting.subject_ref),
        "relation": acting.relation,
        "relation_proof": acting.mandate,
    }
    return terminal.case(**(facts | changed))


def test_the_licence_says_the_firm_and_who_holds_it_and_what_she_may_do(terminal: EnrolledTerminal) -> None:
    session = signed_in(terminal, "ouyang-yi")
    firm = find_firm(FIRM)
    assert session.acting is not None
    assert firm is not None
    assert session.identity == identity("ouyang-yi")
    assert session.subject_ref == terminal.sign_in("ouyang-yi").subject_ref
    assert session.acting.organisation == firm.organisation
    assert session.acting.relation is Relation.AGENT
    assert session.acting.covers("enterprise-appeal")
    assert not session.acting.covers("tax-return")
    holder = signed_in(terminal, "li-jianguo")
    assert holder.acting is not None
    assert holder.acting.relation is Relation.LEGAL_REPRESENTATIVE
    assert holder.acting.covers("tax-return")
    assert holder.acting.subject_ref == session.acting.subject_ref != session.subject_ref
    assert firm.organisation.name not in repr(session)


def test_the_reference_firms_have_right_check_characters() -> None:
    assert all(is_unified_social_credit_code(each.organisation.credit_code) for each in reference_firms())


@pytest.mark.parametrize("person_id", ["chen-guilan", "zhao-yan"], ids=["ended", "never"])
def test_who_does_not_act_for_the_firm_today_is_not_signed_in(
    terminal: EnrolledTerminal, person_id: str
) -> None:
    answer = show(terminal, licence_code(terminal.server, person_id))
    assert (answer.status_code, answer.json()["code"]) == (403, Errors.CODE_REFUSED.code)


def test_a_licence_is_good_once_and_a_plain_code_is_no_licence(terminal: EnrolledTerminal) -> None:
    code = licence_code(terminal.server, "ouyang-yi")
    assert show(terminal, code).status_code == 200
    assert show(terminal, code).status_code == 403
    for wish in (
        {"person_id": "ouyang-yi", "issuer": "DXBL1"},
        {"person_id": "ouyang-yi", "issuer": "DXRC1", "firm_id": FIRM},
        {"person_id": "ouyang-yi", "issuer": "DXBL1", "firm_id": "no-such-firm"},
    ):
        url = f"{terminal.server.console_url}/console/codes"
        assert requests.post(url, json=wish, timeout=WITHIN_S).status_code == 404


def test_a_case_is_the_firms_and_the_one_who_acts_for_it_finds_it_again(terminal: EnrolledTerminal) -> None:
    session = signed_in(terminal, "ouyang-yi")
    case = case_of(terminal, session)
    assert outcomes(terminal, terminal.event(Stream.CASE, case)) == [Outcome.STORED]
    assert session.acting is not None
    assert rows(terminal.server, "SELECT subject_ref FROM cases") == [(session.acting.subject_ref,)]

    def listed(asker: CitizenSession) -> list[str]:
        answer = terminal.call("GET", "/v1/cases", headers=terminal.with_token(asker))
        return [each["case_id"] for each in answer.json()["cases"]]

    assert listed(signed_in(terminal, "li-jianguo")) == [case.case_id]
    assert listed(terminal.sign_in("ouyang-yi")) == [], "for herself she has handed in nothing"


def test_a_case_that_the_session_does_not_act_for_is_refused(terminal: EnrolledTerminal) -> None:
    agent, card = signed_in(terminal, "ouyang-yi"), terminal.sign_in("ouyang-yi")
    of_the_card = payloads.Actor(
        assurance=Assurance.CARD_VERIFIED, subject_ref=card.subject_ref, province_session=card.session_id
    )
    person = payloads.Subject(kind=SubjectKind.PERSON)
    wrong = [
        case_of(terminal, agent, actor=of_the_card),
        case_of(terminal, agent, subject=person),
        case_of(terminal, agent, actor=payloads.Actor(assurance=Assurance.ANONYMOUS)),
        case_of(terminal, agent, item_code="tax-return"),
        case_of(terminal, agent, relation=Relation.LEGAL_REPRESENTATIVE),
        case_of(terminal, agent, relation_proof="HB-MA-2026-999999"),
        case_of(terminal, agent, subject=payloads.Subject(kind=SubjectKind.ORGANISATION, subject_ref="0")),
    ]
    answers = terminal.send(*(terminal.event(Stream.CASE, case) for case in wrong))
    assert [answer.outcome for answer in answers] == [Outcome.REFUSED] * len(wrong)
    reasons = [answer.reason for answer in answers]
    assert reasons[:3] == ["data.subject is no organisation that the session acts for"] * 3
    assert reasons[3:] == ["data.relation_proof is of no mandate that fits"] * 4
    assert rows(terminal.server, "SELECT count(*) FROM cases") == [(0,)]


def test_the_code_on_the_screen_is_confirmed_for_the_firm(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    made = terminal.call("POST", "/v1/sign-in/challenges", json={}).json()
    decision = {"person_id": "li-jianguo", "confirmed": True, "firm_id": FIRM}
    url = f"{server.console_url}/console/challenges/{made['challenge_id']}"
    assert requests.post(url, json=decision, timeout=WITHIN_S).status_code == 200
    answer = terminal.call("POST", f"/v1/sign-in/challenges/{made['challenge_id']}", json={})
    session = answer.json()["session"]
    assert session["acting"]["relation"] == "legal_representative"
    assert session["identity"]["name"] == "李建国"
