"""The code of a slip is short, says nothing of the person, and no character of it can be changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.sealing import make_private_key
from contract.signing import Signer, Verifier
from contract.slip_code import MalformedSlipCodeError, parse_slip_code, sign_slip

RECEIPT, CASE_ID, TERMINAL = "20001000001", "0b1c0a9e-7a51-4f0e-9f5c-0f9f8b7d1c22", "hubei-20001"
ISSUED_AT = "2026-11-21T02:10:07.123Z"
SIGNER = Signer(make_private_key())
VERIFIER = Verifier(SIGNER.public_key())
TEXT = sign_slip(SIGNER, RECEIPT, CASE_ID, TERMINAL, ISSUED_AT).text()


def test_what_was_signed_is_read_again_and_holds() -> None:
    code = parse_slip_code(f" {TEXT}\r\n")
    assert (code.receipt_number, code.case_id, code.terminal_id) == (RECEIPT, CASE_ID, TERMINAL)
    assert code.issued_at == ISSUED_AT
    assert code.is_signed_by(VERIFIER)
    assert not code.is_signed_by(Verifier(Signer(make_private_key()).public_key()))


def test_it_is_the_same_code_behind_the_address_of_the_page_for_telephones() -> None:
    assert parse_slip_code(f"https://zwfw.example.gov.cn/slips/{TEXT}") == parse_slip_code(TEXT)
    with pytest.raises(MalformedSlipCodeError):
        parse_slip_code(f"{TEXT}/slips/")


def test_it_fits_on_a_narrow_slip() -> None:
    assert len(TEXT) <= 160
    assert TEXT.isascii()


@pytest.mark.parametrize("at", range(len(TEXT)))
def test_not_one_character_can_be_changed(at: int) -> None:
    for other in {"A", "B", "0", "1", ".", chr(ord(TEXT[at]) ^ 1)} - {TEXT[at]}:
        altered = TEXT[:at] + other + TEXT[at + 1 :]
        if altered.strip() == TEXT:
            continue
        try:
            code = parse_slip_code(altered)
        except MalformedSlipCodeError:
            continue
        assert not code.is_signed_by(VERIFIER)


@given(st.text(max_size=300) | st.text("DXS1.0aA-_=", max_size=300))
def test_anything_else_is_refused_in_words_that_quote_nothing(scanned: str) -> None:
    with pytest.raises(MalformedSlipCodeError) as refusal:
        parse_slip_code(scanned)
    assert len(scanned) < 5 or scanned not in str(refusal.value)
