"""A grant: the province's leave for one member of staff to work at one terminal or site for some hours.

It travels as a code on the member's telephone or on paper, so that it is good without a line: ``DXG1.`` and
nine parts between points: id, staff number, role, what it is for, from when, until when, salt, verifier,
signature. Whoever has it needs the visit code as well, eight figures that came by another way: the grant only
holds what checks it (scrypt, RFC 7914). Two factors, as level 3 asks (GB/T 22239-2019, 8.1.4.1 d).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from contract.base64url import decoded, encoded
from contract.sets import Coded
from contract.signing import Signer, Verifier

VISIT_CODE_FIGURES = 8
LONGEST_GRANT = timedelta(hours=72)
"""A visit is not a standing right: a grant that says longer is not believed."""

_PREFIX = "DXG1"
_HEADER = encoded(b'{"alg":"ES256"}')
_STAFF_NUMBER = re.compile(r"[A-Za-z0-9-]{1,16}")
_PLACE = re.compile(r"(terminal|site)/[A-Za-z0-9_-]{1,32}")
_MILLISECONDS = re.compile(r"[1-9][0-9]{11,12}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ID_BYTES, _SALT_BYTES, _VERIFIER_BYTES, _SIGNATURE_BYTES = 16, 16, 32, 64
_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024, "dklen": _VERIFIER_BYTES}
"""About 80 ms on a terminal: all eight figures take a thief of the grant three months, and it is good for
hours."""


class StaffRole(Coded):
    """What a member of staff may do at a terminal."""

    KEEPER = "keeper", "管理人", "keeper"
    TECHNICIAN = "technician", "技术员", "technician"


class MalformedGrantError(ValueError):
    """What was scanned is no grant, or not all of it. The message holds nothing of it."""


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """A grant as it was made or read; what it says is believed only when ``is_signed_by`` says so."""

    grant_id: str
    staff_number: str
    role: StaffRole
    place: str
    """``terminal/<terminal_id>`` or ``site/<site_id>``."""
    not_before: datetime
    expires_at: datetime
    salt: bytes
    verifier: bytes
    signature: str = ""

    def is_signed_by(self, province: Verifier) -> bool:
        """Whether the province has signed exactly this."""
        return province.verifies(_content(self), f"{_HEADER}..{self.signature}")

    def is_for(self, terminal_id: str, site_id: str) -> bool:
        """Whether it lets somebody work at this terminal."""
        return self.place in (f"terminal/{terminal_id}", f"site/{site_id}")

    def is_good_at(self, moment: datetime) -> bool:
        """Whether it is in force; one for longer than :data:`LONGEST_GRANT` never is."""
        short = self.expires_at - self.not_before <= LONGEST_GRANT
        return short and self.not_before <= moment < self.expires_at

    def is_opened_by(self, visit_code: str) -> bool:
        """Whether this is the visit code that came with it. Takes about a tenth of a second, always."""
        return hmac.compare_digest(_verifier(visit_code, self.salt), self.verifier)

    def text(self) -> str:
        """As it stands in the QR code."""
        parts = (
            encoded(uuid.UUID(self.grant_id).bytes),
            self.staff_number,
            self.role.value,
            self.place,
            str(_milliseconds(self.not_before)),
            str(_milliseconds(self.expires_at)),
            encoded(self.salt),
            encoded(self.verifier),
            self.signature,
        )
        return ".".join((_PREFIX, *parts))


def make_grant(
    signer: Signer, staff_number: str, role: StaffRole, place: str, not_before: datetime, expires_at: datetime
) -> tuple[Grant, str]:
    """A signed grant and its visit code, kept nowhere. Raises ``ValueError`` for what cannot be one."""
    if not _STAFF_NUMBER.fullmatch(staff_number):
        raise ValueError("a staff number has 1 to 16 letters, figures and hyphens")
    if not _PLACE.fullmatch(place):
        raise ValueError("a grant is for terminal/ID or site/ID")
    if not timedelta() < expires_at - not_before <= LONGEST_GRANT:
        raise ValueError(f"a grant is good for at most {LONGEST_GRANT.total_seconds() / 3600:.0f} hours")
    visit_code = str(secrets.randbelow(10**VISIT_CODE_FIGURES)).zfill(VISIT_CODE_FIGURES)
    salt = secrets.token_bytes(_SALT_BYTES)
    unsigned = Grant(
        str(uuid.uuid4()),
        staff_number,
        role,
        place,
        _whole(not_before),
        _whole(expires_at),
        salt,
        _verifier(visit_code, salt),
    )
    return _signed(unsigned, signer), visit_code


def parse_grant(scanned: str) -> Grant:
    """The grant that was scanned. Raises :class:`MalformedGrantError`.

    There is one way to write a grant: what differs from it in any character is refused.
    """
    text = scanned.strip()
    parts = text.split(".")
    if len(parts) != 10 or parts[0] != _PREFIX:
        raise MalformedGrantError("this is no grant")
    _, grant_id, staff_number, role, place, not_before, expires_at, salt, verifier, signature = parts
    well_formed = (
        _STAFF_NUMBER.fullmatch(staff_number)
        and role in {each.value for each in StaffRole}
        and _PLACE.fullmatch(place)
        and _MILLISECONDS.fullmatch(not_before)
        and _MILLISECONDS.fullmatch(expires_at)
        and len(decoded(grant_id)) == _ID_BYTES
        and len(decoded(salt)) == _SALT_BYTES
        and len(decoded(verifier)) == _VERIFIER_BYTES
        and len(decoded(signature)) == _SIGNATURE_BYTES
    )
    if not well_formed:
        raise MalformedGrantError("a part of the grant is missing or altered")
    return Grant(
        str(uuid.UUID(bytes=decoded(grant_id))),
        staff_number,
        StaffRole(role),
        place,
        _EPOCH + timedelta(milliseconds=int(not_before)),
        _EPOCH + timedelta(milliseconds=int(expires_at)),
        decoded(salt),
        decoded(verifier),
        signature,
    )


def _content(grant: Grant) -> bytes:
    """What the province signs. Canonical: sorted keys, no spaces, UTF-8; it says what it is."""
    return json.dumps(
        {
            "expires_at": _milliseconds(grant.expires_at),
            "grant_id": grant.grant_id,
            "grants": "staff_visit",
            "not_before": _milliseconds(grant.not_before),
            "place": grant.place,
            "role": grant.role.value,
            "salt": encoded(grant.salt),
            "staff_number": grant.staff_number,
            "verifier": encoded(grant.verifier),
        },
        sort_keys=True,
        separators=(",", ":"),
    ).encode("ascii")


def _signed(grant: Grant, signer: Signer) -> Grant:
    return replace(grant, signature=signer.sign(_content(grant)).rpartition(".")[2])


def _verifier(visit_code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(visit_code.encode("utf-8"), salt=salt, **_SCRYPT)


def _whole(moment: datetime) -> datetime:
    return _EPOCH + timedelta(milliseconds=_milliseconds(moment))


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)
