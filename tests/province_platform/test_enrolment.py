"""Enrolment: one code, one terminal; and what happens to every other way of asking."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from contract.answers import Enrolment
from contract.enrolment_code import parse_code
from foundation.errors import Errors
from province_platform.authority import Keys
from province_platform.enrolment import CODE_VALID, REPEAT_WITHIN, UnknownSiteError
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import (
    SITE,
    anybody,
    ask_to_enrol,
    enrolled,
    new_key,
    signing_request,
    with_certificate,
)

REFUSED = (403, Errors.ENROLMENT_CODE_REFUSED.code)
MALFORMED = (400, Errors.ENROLMENT_CODE_MALFORMED.code)


def verdict(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_a_code_makes_a_terminal_with_a_certificate_for_its_own_key(
    server: PlatformServer, tmp_path: Path
) -> None:
    key = new_key()
    code = server.make_enrolment_code(SITE, "一号机")
    enrolment = msgspec.json.decode(
        ask_to_enrol(server, tmp_path, code, signing_request(key)).content, type=Enrolment
    )
    certificate = x509.load_pem_x509_certificate(enrolment.certificate.encode("ascii"))
    assert certificate.public_key() == key.public_key()
    assert certificate.subject.rfc4514_string() == f"CN={enrolment.terminal_id}"
    assert enrolment.site.site_id == SITE
    assert enrolment.terminal_name == "一号机"
    with with_certificate(server, tmp_path, enrolment, key) as terminal:
        assert terminal.call("GET", "/v1/time").json()["terminal_id"] == enrolment.terminal_id


def test_the_code_names_the_authority_that_answers(server: PlatformServer, tmp_path: Path) -> None:
    code = parse_code(server.make_enrolment_code(SITE, "一号机"))
    with anybody(server, tmp_path) as session:
        pem = session.get(f"{server.terminal_url}/v1/authority", timeout=5).json()["certificate"]
    der = x509.load_pem_x509_certificate(pem.encode("ascii")).public_bytes(Encoding.DER)
    assert code.believes(der)


def test_every_terminal_has_a_number_of_five_figures_of_its_own(
    server: PlatformServer, tmp_path: Path
) -> None:
    with enrolled(server, tmp_path, "一号机") as one, enrolled(server, tmp_path, "二号机") as two:
        numbers = {one.enrolment.terminal_number, two.enrolment.terminal_number}
    assert numbers == {"20001", "20002"}


def test_a_used_code_is_refused_to_another_device(server: PlatformServer, tmp_path: Path) -> None:
    code = server.make_enrolment_code(SITE, "一号机")
    assert ask_to_enrol(server, tmp_path, code, signing_request(new_key())).status_code == 200
    assert verdict(ask_to_enrol(server, tmp_path, code, signing_request(new_key()))) == REFUSED


def test_the_same_device_may_ask_again_when_the_answer_was_lost(
    server: PlatformServer, clock: ManualClock, tmp_path: Path
) -> None:
    code, key = server.make_enrolment_code(SITE, "一号机"), new_key()
    first = ask_to_enrol(server, tmp_path, code, signing_request(key))
    clock.advance(REPEAT_WITHIN.total_seconds() - 1)
    assert ask_to_enrol(server, tmp_path, code, signing_request(key)).json() == first.json()
    clock.advance(2)
    assert verdict(ask_to_enrol(server, tmp_path, code, signing_request(key))) == REFUSED


def test_a_code_expires(server: PlatformServer, clock: ManualClock, tmp_path: Path) -> None:
    code = server.make_enrolment_code(SITE, "一号机")
    clock.advance(CODE_VALID.total_seconds() + 1)
    assert verdict(ask_to_enrol(server, tmp_path, code, signing_request(new_key()))) == REFUSED


def test_an_unknown_secret_is_refused(server: PlatformServer, tmp_path: Path) -> None:
    answer = ask_to_enrol(server, tmp_path, "", signing_request(new_key()), secret="00" * 15)
    assert verdict(answer) == REFUSED


@pytest.mark.parametrize("request_text", ["", "no request", "-----BEGIN CERTIFICATE REQUEST-----\n!!\n"])
def test_a_malformed_certificate_request_uses_no_code_up(
    server: PlatformServer, tmp_path: Path, request_text: str
) -> None:
    code = server.make_enrolment_code(SITE, "一号机")
    assert verdict(ask_to_enrol(server, tmp_path, code, request_text)) == MALFORMED
    assert ask_to_enrol(server, tmp_path, code, signing_request(new_key())).status_code == 200


def test_a_request_that_its_own_key_did_not_sign_is_malformed(server: PlatformServer, tmp_path: Path) -> None:
    code = server.make_enrolment_code(SITE, "一号机")
    lines = signing_request(new_key()).splitlines()
    lines[-2] = lines[-2][:-8] + "AAAA" + lines[-2][-4:]
    assert verdict(ask_to_enrol(server, tmp_path, code, "\n".join(lines))) == MALFORMED


def test_a_code_is_made_for_a_known_site_only(server: PlatformServer) -> None:
    with pytest.raises(UnknownSiteError, match=SITE):
        server.make_enrolment_code("NOWHERE", "一号机")


def test_the_keys_are_private_and_stay_over_a_restart(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}
    again = Keys(tmp_path / "keys")
    assert again.authority_pem == keys.authority_pem
    assert again.subject_ref("429999194408170026") == keys.subject_ref("429999194408170026")
    assert json.loads(again.opener.public_key()) == json.loads(keys.opener.public_key())


def test_a_key_on_another_curve_is_malformed(server: PlatformServer, tmp_path: Path) -> None:
    code = server.make_enrolment_code(SITE, "一号机")
    other = ec.generate_private_key(ec.SECP384R1())
    assert verdict(ask_to_enrol(server, tmp_path, code, signing_request(other))) == MALFORMED
