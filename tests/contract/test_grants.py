"""A grant is good for one member of staff, one place and some hours; no character of it can be changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.grants import LONGEST_GRANT, Grant, MalformedGrantError, StaffRole, make_grant, parse_grant
from contract.sealing import make_private_key
from contract.signing import Signer, Verifier
from tests.fakes.clock import START

SIGNER = Signer(make_private_key())
VERIFIER = Verifier(SIGNER.public_key())
ENDS = START + timedelta(hours=8)
MADE, VISIT_CODE = make_grant(SIGNER, "WH-1024", StaffRole.TECHNICIAN, "terminal/hubei-20001", START, ENDS)
TEXT = MADE.text()


def read() -> Grant:
    return parse_grant(f" {TEXT}\r\n")


def test_what_was_signed_is_read_again_and_holds() -> None:
    grant = read()
    assert (grant.staff_number, grant.role) == ("WH-1024", StaffRole.TECHNICIAN)
    assert grant.is_signed_by(VERIFIER)
    assert not grant.is_signed_by(Verifier(Signer(make_private_key()).public_key()))
    assert len(TEXT) <= 260, "a telephone shows it in a code that any scanner reads"


def test_it_is_good_in_its_place_and_its_hours() -> None:
    grant = read()
    assert grant.is_for("hubei-20001", "WH-WC-001")
    assert not grant.is_for("hubei-20002", "WH-WC-001")
    assert not grant.is_good_at(START - timedelta(milliseconds=1))
    assert grant.is_good_at(START)
    assert not grant.is_good_at(ENDS)
    of_the_site, _ = make_grant(SIGNER, "K-7", StaffRole.KEEPER, "site/WH-WC-001", START, ENDS)
    assert of_the_site.is_for("hubei-20002", "WH-WC-001")


def test_only_its_visit_code_opens_it() -> None:
    grant = read()
    assert grant.is_opened_by(VISIT_CODE)
    assert not grant.is_opened_by(str((int(VISIT_CODE) + 1) % 10**8).zfill(8))
    assert not grant.is_opened_by("")
    assert VISIT_CODE not in TEXT
    assert VISIT_CODE not in repr(grant)


@pytest.mark.parametrize(
    ("number", "place", "hours"),
    [
        ("王秀英", "terminal/hubei-20001", 8),
        ("", "terminal/hubei-20001", 8),
        ("WH-1024", "hubei-20001", 8),
        ("WH-1024", "terminal/*", 8),
        ("WH-1024", "terminal/hubei-20001", 0),
        ("WH-1024", "terminal/hubei-20001", 73),
    ],
)
def test_what_cannot_be_a_grant_is_not_made(number: str, place: str, hours: int) -> None:
    with pytest.raises(ValueError, match=r"grant|staff number"):
        make_grant(SIGNER, number, StaffRole.KEEPER, place, START, START + timedelta(hours=hours))


def test_a_standing_right_is_not_believed_even_under_the_right_key() -> None:
    assert not Grant(
        MADE.grant_id,
        MADE.staff_number,
        MADE.role,
        MADE.place,
        START,
        START + LONGEST_GRANT + timedelta(seconds=1),
        MADE.salt,
        MADE.verifier,
    ).is_good_at(START)


def test_no_character_can_be_changed() -> None:
    for at, character in enumerate(TEXT):
        for other in {"A", "0", "1", ".", chr(ord(character) ^ 1)} - {character}:
            altered = TEXT[:at] + other + TEXT[at + 1 :]
            if altered.strip() == TEXT:
                continue
            try:
                grant = parse_grant(altered)
            except MalformedGrantError:
                continue
            assert not grant.is_signed_by(VERIFIER), f"character {at}"


@given(st.text(max_size=300) | st.text("DXG1.0aA-_=/", max_size=300))
def test_anything_else_is_refused_in_words_that_quote_nothing(scanned: str) -> None:
    with pytest.raises(MalformedGrantError) as refusal:
        parse_grant(scanned)
    assert len(scanned) < 5 or scanned not in str(refusal.value)
