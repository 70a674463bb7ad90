"""Sign-in by card and by code: what is believed, what is not, and for how long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from contract.answers import CitizenSession
from contract.operations import SESSION_HEADER
from foundation.errors import Errors
from province_platform.code_issuers import CodeIssuer
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import (
    WITHIN_S,
    EnrolledTerminal,
    enrolled,
    identity,
    new_key,
    rows,
)

CARD_REFUSED = (403, Errors.SIGN_IN_REFUSED.code)
CODE_REFUSED = (403, Errors.CODE_REFUSED.code)
ENDED = (401, Errors.SIGN_IN_EXPIRED.code)
PERSON = "wang-xiuying"


def by_card(terminal: EnrolledTerminal, body: dict[str, Any]) -> tuple[int, str]:
    answer = terminal.call("POST", "/v1/sign-in/card", json=body)
    return answer.status_code, answer.json().get("code", "")


def by_code(terminal: EnrolledTerminal, sealed: str) -> requests.Response:
    nonce = terminal.card_sign_in(identity(), terminal.server.clock.utc_now())["nonce"]
    return terminal.call("POST", "/v1/sign-in/code", json={"sealed": sealed, "nonce": nonce})


def telephone_code(
    server: PlatformServer, person_id: str = PERSON, issuer: CodeIssuer = CodeIssuer.RESIDENT_CODE
) -> str:
    url = f"{server.console_url}/console/codes"
    wish = {"person_id": person_id, "issuer": issuer.value}
    answer = requests.post(url, json=wish, timeout=WITHIN_S)
    return str(answer.json()["code"])


def seal_code(terminal: EnrolledTerminal, code: str) -> str:
    from contract.sealing import Sealer

    return Sealer(terminal.enrolment.sealing_key).seal(code.encode("ascii"))


def verdict(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_a_card_gives_a_session_and_always_the_same_reference(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    first, second = terminal.sign_in(PERSON), terminal.sign_in(PERSON)
    assert first.subject_ref == second.subject_ref
    assert first.token != second.token
    assert first.subject_ref != terminal.sign_in("li-jianguo").subject_ref
    assert (first.assurance.value, first.expires_in_s, first.identity) == ("card_verified", 900, None)
    everything = repr(rows(server, "SELECT * FROM citizen_sessions"))
    assert first.token not in everything
    assert identity(PERSON).number not in everything


def test_a_forged_proof_is_refused(terminal: EnrolledTerminal, clock: ManualClock) -> None:
    now = clock.utc_now()
    good = terminal.card_sign_in(identity(), now)
    other = terminal.card_sign_in(identity("li-jianguo"), now)
    by_another_key = terminal.card_sign_in(identity(), now, key=new_key())
    assert by_card(terminal, by_another_key) == CARD_REFUSED
    assert by_card(terminal, good | {"sealed": other["sealed"]}) == CARD_REFUSED
    assert by_card(terminal, good | {"nonce": other["nonce"]}) == CARD_REFUSED
    assert by_card(terminal, good | {"proof": good["proof"] | {"sam_number": "another"}}) == CARD_REFUSED
    assert by_card(terminal, good | {"proof": good["proof"] | {"signature": "a..b"}}) == CARD_REFUSED
    assert by_card(terminal, good)[0] == 200


def test_the_proof_of_one_terminal_is_none_of_another(
    server: PlatformServer, clock: ManualClock, tmp_path: Path
) -> None:
    with enrolled(server, tmp_path, "一号机") as one, enrolled(server, tmp_path, "二号机") as two:
        assert by_card(two, one.card_sign_in(identity(), clock.utc_now())) == CARD_REFUSED


def test_a_nonce_is_good_once(terminal: EnrolledTerminal, clock: ManualClock) -> None:
    body = terminal.card_sign_in(identity(), clock.utc_now())
    assert by_card(terminal, body)[0] == 200
    assert by_card(terminal, body) == CARD_REFUSED


@pytest.mark.parametrize(("minutes", "status"), [(-6, 403), (-4, 200), (4, 200), (6, 403)])
def test_the_card_was_read_just_now(
    terminal: EnrolledTerminal, clock: ManualClock, minutes: int, status: int
) -> None:
    read_at = clock.utc_now() + timedelta(minutes=minutes)
    assert by_card(terminal, terminal.card_sign_in(identity(), read_at))[0] == status


def test_an_identity_that_contradicts_itself_is_refused(
    terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    person = identity()
    wrong_check = person.number[:-1] + ("1" if person.number[-1] != "1" else "2")
    for changes in ({"number": wrong_check}, {"birth_date": "1950-01-01"}, {"name": " "}):
        altered = msgspec.structs.replace(person, **changes)
        assert by_card(terminal, terminal.card_sign_in(altered, clock.utc_now())) == CARD_REFUSED


def test_what_is_not_sealed_to_the_province_is_refused(
    terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    from contract.sealing import Opener, Sealer, make_private_key

    somebody = Sealer(Opener(make_private_key()).public_key()).seal(b"{}")
    body = terminal.card_sign_in(identity(), clock.utc_now())
    for sealed in (somebody, "not an envelope", "一二三"):
        assert by_card(terminal, body | {"sealed": sealed}) == CARD_REFUSED
        assert verdict(by_code(terminal, sealed)) == CODE_REFUSED


def test_a_code_gives_a_session_and_says_who_it_is(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    sealed = seal_code(terminal, telephone_code(server))
    session = msgspec.json.decode(by_code(terminal, sealed).content, type=CitizenSession)
    assert session.identity == identity(PERSON)
    assert session.subject_ref == terminal.sign_in(PERSON).subject_ref


def test_a_code_is_good_once(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    code = telephone_code(server)
    assert by_code(terminal, seal_code(terminal, code)).status_code == 200
    assert verdict(by_code(terminal, seal_code(terminal, code))) == CODE_REFUSED


def test_a_code_is_good_for_a_minute(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    early, late = telephone_code(server), telephone_code(server)
    clock.advance(59)
    assert by_code(terminal, seal_code(terminal, early)).status_code == 200
    clock.advance(2)
    assert verdict(by_code(terminal, seal_code(terminal, late))) == CODE_REFUSED


def test_a_code_that_nobody_issued_is_refused(terminal: EnrolledTerminal) -> None:
    assert verdict(by_code(terminal, seal_code(terminal, "DXRC1.made-up"))) == CODE_REFUSED


def test_a_session_ends_by_itself_and_by_signing_out(terminal: EnrolledTerminal, clock: ManualClock) -> None:
    kept, ended = terminal.sign_in(), terminal.sign_in()
    assert terminal.call("DELETE", "/v1/session", headers=terminal.with_token(ended)).status_code == 200
    assert terminal.call("DELETE", "/v1/session", headers=terminal.with_token(ended)).status_code == 200
    assert verdict(terminal.call("GET", "/v1/cases", headers=terminal.with_token(ended))) == ENDED
    assert terminal.call("GET", "/v1/cases", headers=terminal.with_token(kept)).status_code == 200
    clock.advance(kept.expires_in_s + 1)
    assert verdict(terminal.call("GET", "/v1/cases", headers=terminal.with_token(kept))) == ENDED


def test_a_token_is_good_at_its_own_terminal_only(server: PlatformServer, tmp_path: Path) -> None:
    with enrolled(server, tmp_path, "一号机") as one, enrolled(server, tmp_path, "二号机") as two:
        token = one.with_token(one.sign_in())
        assert verdict(two.call("GET", "/v1/cases", headers=token)) == ENDED
        two.call("DELETE", "/v1/session", headers=token)
        assert one.call("GET", "/v1/cases", headers=token).status_code == 200


@pytest.mark.parametrize("token", ["", "made-up", "x" * 4000])
def test_a_token_that_nobody_gave_is_no_session(terminal: EnrolledTerminal, token: str) -> None:
    answer = terminal.call("GET", "/v1/cases", headers={SESSION_HEADER: token})
    assert verdict(answer) == ENDED


@pytest.mark.parametrize("issuer", [each for each in CodeIssuer if each is not CodeIssuer.BUSINESS_LICENCE])
def test_the_code_of_every_issuer_is_an_equal_way_and_the_person_is_the_same(
    server: PlatformServer, terminal: EnrolledTerminal, issuer: CodeIssuer
) -> None:
    code = telephone_code(server, issuer=issuer)
    assert code.startswith(f"{issuer.value}.")
    answer = by_code(terminal, seal_code(terminal, code))
    session = msgspec.json.decode(answer.content, type=CitizenSession)
    assert session.identity == identity(PERSON)
    assert session.subject_ref == terminal.sign_in(PERSON).subject_ref
    assert verdict(by_code(terminal, seal_code(terminal, code))) == CODE_REFUSED


def test_a_code_of_nobody_who_is_known_is_refused(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    code = telephone_code(server)
    for strange in (code.replace("DXRC1", "DXZZ1"), code.replace(".", "", 1), "DXRC1", "https://example.org"):
        assert verdict(by_code(terminal, seal_code(terminal, strange))) == CODE_REFUSED
    assert by_code(terminal, seal_code(terminal, code)).status_code == 200, "only what was shown is used up"
