"""The code on a slip: who finds it can ask where the case stands, and nobody can make one up.

``DXS1.`` and five parts between points: receipt number, case id, terminal, time, signature. The terminal
signs the first four (:meth:`contract.signing.Signer.sign`); nothing of the person is in it. A case id is its
16 bytes in base64url, a time is milliseconds since 1970, and of the detached JWS only the signature is
carried, because its header is always the same. These 150 characters a camera reads off a narrow slip. Where
the province has a page for telephones (``ThemePack.slip_page``), its address stands before them.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contract.base64url import decoded, encoded
from contract.signing import Signer, Verifier
from foundation.clock import parse_rfc3339, rfc3339

_PREFIX = "DXS1"
_HEADER = encoded(b'{"alg":"ES256"}')
_CASE_ID_BYTES = 16
_SIGNATURE_BYTES = 64
_RECEIPT = re.compile(r"[0-9]{11}")
_TERMINAL = re.compile(r"[A-Za-z0-9_-]{1,32}")
_MILLISECONDS = re.compile(r"[1-9][0-9]{11,12}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class MalformedSlipCodeError(ValueError):
    """What was scanned is no code of a slip, or not all of it. The message holds nothing of it."""


@dataclass(frozen=True, slots=True)
class SlipCode:
    """A code as it was made or read; what it says is believed only when ``is_signed_by`` says so."""

    receipt_number: str
    case_id: str
    terminal_id: str
    issued_at: str
    """When it was signed, as a time of the wire."""
    signature: str

    def is_signed_by(self, terminal: Verifier) -> bool:
        """Whether the terminal of ``terminal``'s key has signed exactly this."""
        content = slip_content(self.receipt_number, self.case_id, self.terminal_id, self.issued_at)
        return terminal.verifies(content, f"{_HEADER}..{self.signature}")

    def text(self) -> str:
        """As it is printed and shown."""
        milliseconds = (parse_rfc3339(self.issued_at) - _EPOCH) // timedelta(milliseconds=1)
        case = encoded(uuid.UUID(self.case_id).bytes)
        return ".".join(
            (_PREFIX, self.receipt_number, case, self.terminal_id, str(milliseconds), self.signature)
        )


def sign_slip(
    signer: Signer, receipt_number: str, case_id: str, terminal_id: str, issued_at: str
) -> SlipCode:
    """The code of a case's slip. ``case_id`` is a UUID in lower case, ``issued_at`` a time of the wire."""
    signed = signer.sign(slip_content(receipt_number, case_id, terminal_id, issued_at))
    return SlipCode(receipt_number, case_id, terminal_id, issued_at, signed.rpartition(".")[2])


def slip_content(receipt_number: str, case_id: str, terminal_id: str, issued_at: str) -> bytes:
    """What a terminal signs. Canonical: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        {
            "case_id": case_id,
            "issued_at": issued_at,
            "receipt_number": receipt_number,
            "terminal_id": terminal_id,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode("utf-8")


def parse_slip_code(scanned: str) -> SlipCode:
    """The code that was scanned. Raises :class:`MalformedSlipCodeError`.

    Before it may stand the address of the province's page for it, up to the last stroke. There is one way to
    write a code: what differs from it in any character is refused, also where base64
    would not notice.
    """
    text = scanned.strip().rpartition("/")[2]
    parts = text.split(".")
    if len(parts) != 6 or parts[0] != _PREFIX:
        raise MalformedSlipCodeError("this is no code of a slip")
    _, receipt_number, case, terminal_id, milliseconds, signature = parts
    case_bytes = decoded(case)
    well_formed = (
        _RECEIPT.fullmatch(receipt_number)
        and _TERMINAL.fullmatch(terminal_id)
        and _MILLISECONDS.fullmatch(milliseconds)
        and len(case_bytes) == _CASE_ID_BYTES
        and len(decoded(signature)) == _SIGNATURE_BYTES
    )
    if not well_formed:
        raise MalformedSlipCodeError("a part of the slip's code is missing or altered")
    issued_at = rfc3339(_EPOCH + timedelta(milliseconds=int(milliseconds)))
    code = SlipCode(receipt_number, str(uuid.UUID(bytes=case_bytes)), terminal_id, issued_at, signature)
    if code.text() != text:
        raise MalformedSlipCodeError("a part of the slip's code is altered")
    return code
