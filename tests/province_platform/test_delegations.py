"""帮办 at the platform: who may help whom, what of it is in a case, and what a helper does not get."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
import pytest
import requests

from contract import payloads
from contract.answers import CitizenSession
from contract.delegation import AGREEMENT_VERSION
from contract.sets import Assurance, Outcome, Relation, Stream, SubjectKind
from foundation.clock import rfc3339
from foundation.errors import Errors
from province_platform.server import PlatformServer
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, outcomes, rows

ITEM = "elder-allowance"
PERSON = "wang-xiuying"


def wish(terminal: EnrolledTerminal, person: CitizenSession, relation: Relation, **changed: str) -> Any:
    agreed = {"agreement_version": AGREEMENT_VERSION, "agreed_at": rfc3339(terminal.server.clock.utc_now())}
    return {"person_token": person.token, "relation": relation.value, "item_code": ITEM, **agreed, **changed}


def asks(
    terminal: EnrolledTerminal, helper: CitizenSession, body: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    answer = terminal.call("POST", "/v1/delegations", json=body, headers=terminal.with_token(helper))
    return answer.status_code, answer.json()


def agreed(terminal: EnrolledTerminal, helper: CitizenSession, person: CitizenSession) -> str:
    status, answer = asks(terminal, helper, wish(terminal, person, Relation.FAMILY))
    assert status == 200, answer
    return str(answer["delegation_id"])


def helped_case(
    terminal: EnrolledTerminal, helper: CitizenSession, person: CitizenSession, proof: str, **changed: Any
) -> payloads.Case:
    facts: dict[str, Any] = {
        "item_code": ITEM,
        "actor": payloads.Actor(
            assurance=Assurance.CARD_VERIFIED,
            subject_ref=helper.subject_ref,
            province_session=helper.session_id,
        ),
        "subject": payloads.Subject(kind=SubjectKind.PERSON, subject_ref=person.subject_ref),
        "relation": Relation.FAMILY,
        "relation_proof": proof,
    }
    return terminal.case(**(facts | changed))


@pytest.mark.parametrize(
    ("helper", "relation"),
    [("li-jianguo", Relation.FAMILY), ("chen-guilan", Relation.NEIGHBOUR), ("ouyang-yi", Relation.HELPER)],
)
def test_the_record_knows_family_neighbours_and_official_helpers(
    terminal: EnrolledTerminal, helper: str, relation: Relation
) -> None:
    status, answer = asks(
        terminal, terminal.sign_in(helper), wish(terminal, terminal.sign_in(PERSON), relation)
    )
    assert (status, answer["relation"]) == (200, relation.value)


@pytest.mark.parametrize(
    ("helper", "relation", "changed"),
    [
        ("ouyang-yi", Relation.FAMILY, {}),
        ("zhao-yan", Relation.HELPER, {}),  # whose time as a helper has ended
        ("li-jianguo", Relation.GUARDIAN, {}),
        ("li-jianguo", Relation.FAMILY, {"item_code": "pension-payments"}),
        ("li-jianguo", Relation.FAMILY, {"item_code": "unheard-of"}),
        ("li-jianguo", Relation.FAMILY, {"agreement_version": "of another sentence"}),
    ],
)
def test_what_the_record_does_not_know_is_refused(
    server: PlatformServer,
    terminal: EnrolledTerminal,
    helper: str,
    relation: Relation,
    changed: dict[str, str],
) -> None:
    body = wish(terminal, terminal.sign_in(PERSON), relation, **changed)
    status, answer = asks(terminal, terminal.sign_in(helper), body)
    assert (status, answer["code"]) == (403, Errors.RELATION_UNKNOWN.code)
    assert rows(server, "SELECT count(*) FROM delegations") == [(0,)]


def test_nobody_helps_herself_or_somebody_who_is_not_there(terminal: EnrolledTerminal) -> None:
    helper, again = terminal.sign_in("li-jianguo"), terminal.sign_in("li-jianguo")
    assert asks(terminal, helper, wish(terminal, again, Relation.FAMILY))[1]["code"] == (
        Errors.SAME_PERSON.code
    )
    gone = terminal.sign_in(PERSON)
    terminal.call("DELETE", "/v1/session", headers=terminal.with_token(gone))
    assert asks(terminal, helper, wish(terminal, gone, Relation.FAMILY))[1]["code"] == (
        Errors.SIGN_IN_EXPIRED.code
    )


def test_a_helped_case_is_the_person_s_and_names_both(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    helper, person = terminal.sign_in("li-jianguo"), terminal.sign_in(PERSON)
    case = helped_case(terminal, helper, person, agreed(terminal, helper, person))
    assert outcomes(terminal, terminal.event(Stream.CASE, case)) == [Outcome.STORED]
    assert rows(server, "SELECT subject_ref FROM cases") == [(person.subject_ref,)]
    stored = msgspec.json.decode(rows(server, "SELECT document FROM events")[0][0])["data"]
    assert (stored["actor"]["subject_ref"], stored["relation"]) == (helper.subject_ref, "family")


def test_a_case_in_a_relation_that_was_not_agreed_to_is_refused(terminal: EnrolledTerminal) -> None:
    helper, person = terminal.sign_in("li-jianguo"), terminal.sign_in(PERSON)
    proof = agreed(terminal, helper, person)
    other = terminal.sign_in("chen-guilan")
    wrong = [
        helped_case(terminal, helper, person, str(uuid.uuid4())),
        helped_case(terminal, helper, person, ""),
        helped_case(terminal, helper, person, proof, item_code="disability-subsidy"),
        helped_case(terminal, helper, person, proof, relation=Relation.HELPER),
        helped_case(terminal, other, person, proof),
        helped_case(terminal, helper, other, proof),
    ]
    answers = terminal.send(*(terminal.event(Stream.CASE, case) for case in wrong))
    assert {answer.reason for answer in answers} == {"data.relation_proof is of no delegation that fits"}


def test_the_helper_gets_nothing_else_of_the_person_and_both_sessions_end_together(
    terminal: EnrolledTerminal,
) -> None:
    helper, person = terminal.sign_in("li-jianguo"), terminal.sign_in(PERSON)
    agreed(terminal, helper, person)
    hers, his = terminal.with_token(person), terminal.with_token(helper)
    assert terminal.call("GET", "/v1/cases", headers=hers).status_code == 403
    assert terminal.call("POST", "/v1/queries/pension-payments", json={}, headers=hers).status_code == 403
    assert terminal.call("GET", "/v1/cases", headers=his).status_code == 200
    terminal.call("DELETE", "/v1/session", headers=his)
    assert terminal.call("GET", "/v1/cases", headers=hers).status_code == 401


def test_the_telephone_says_to_whom_and_for_what_before_she_confirms(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    helper = terminal.with_token(terminal.sign_in("li-jianguo"))
    asked = {"item_code": ITEM, "relation": Relation.FAMILY.value}
    seen = f"{server.console_url}/console/challenges"

    def shown() -> Any:
        return requests.get(seen, timeout=WITHIN_S).json()["challenges"][0]["purpose"]

    assert terminal.call("POST", "/v1/sign-in/challenges", json=asked, headers=helper).status_code == 200
    assert shown()["zh"] == "李**（亲属）想替您办：高龄津贴申领"
    assert terminal.call("POST", "/v1/sign-in/challenges", json={}).status_code == 200
    assert shown() is None
    assert terminal.call("POST", "/v1/sign-in/challenges", json=asked).status_code == 200
    assert shown() is None, "nobody has signed in who could help"
