"""Codes that are scanned or typed: what is read is refused, or can be written again just as it was."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import timedelta

from contract.enrolment_code import MalformedCodeError, parse_code
from contract.grants import MalformedGrantError, StaffRole, make_grant, parse_grant
from contract.sealing import make_private_key
from contract.signing import Signer
from contract.slip_code import MalformedSlipCodeError, parse_slip_code, sign_slip
from tests.fakes.clock import START

_SIGNER = Signer(make_private_key())
_SLIP = sign_slip(
    _SIGNER, "20001000001", "0b1c0a9e-7a51-4f0e-9f5c-0f9f8b7d1c22", "hubei-20001", "2026-11-21T02:10:07.123Z"
)
_GRANT, _ = make_grant(
    _SIGNER, "WH-1024", StaffRole.TECHNICIAN, "site/WH-WC-001", START, START + timedelta(hours=8)
)
SEEDS = tuple(code.text().encode("ascii") for code in (_SLIP, _GRANT))


def scanned_codes(pieces: Sequence[bytes]) -> None:
    """Codes of slips and grants off a scanner, and an enrolment code as somebody types it."""
    text = b"".join(pieces).decode("utf-8", "replace")
    with contextlib.suppress(MalformedSlipCodeError):
        assert parse_slip_code(text).text() == text.strip()
    with contextlib.suppress(MalformedGrantError):
        grant = parse_grant(text)
        assert grant.text() == text.strip()
        assert grant.staff_number not in repr(grant)
    with contextlib.suppress(MalformedCodeError):
        parse_code(text)
