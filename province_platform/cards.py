"""What a card that answered a terminal's reader proves: for a sign-in, and for a case handed in offline."""

from __future__ import annotations

import msgspec

from contract.answers import Identity
from contract.payloads import CardProof
from contract.sealing import NotOpenedError, Opener
from contract.signing import Verifier, card_proof_content
from foundation.identity_numbers import citizen_birth_date, is_citizen_number
from province_platform.authority import public_key_pem
from province_platform.callers import Terminal


def proof_holds(terminal: Terminal, proof: CardProof, bound_to: str, sealed: str) -> bool:
    """Whether this terminal signed that a card answered its reader, for exactly this and no other use."""
    try:
        content = card_proof_content(terminal.terminal_id, bound_to, proof.sam_number, proof.read_at, sealed)
    except UnicodeError:
        return False
    return Verifier(public_key_pem(terminal.certificate)).verifies(content, proof.signature)


def open_identity(opener: Opener, sealed: str) -> Identity | None:
    """The person in the envelope, or None when it does not open or the number contradicts itself."""
    try:
        identity = msgspec.json.decode(opener.open(sealed), type=Identity)
    except (NotOpenedError, msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return identity if is_consistent(identity) else None


def is_consistent(identity: Identity) -> bool:
    """Whether name, number and date of birth can belong together."""
    birth = citizen_birth_date(identity.number)
    return (
        bool(identity.name.strip())
        and is_citizen_number(identity.number)
        and birth is not None
        and birth.isoformat() == identity.birth_date
    )
