"""Sessions of citizens: by a card that answered the terminal's reader, or by the code on a telephone.

A sign-in may be made beside a session that the same person has at the same terminal: the new session then has
the proofs of both, and with two different things its assurance is known_twice (docs/adr/0025).
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select, update

from contract.answers import CardSignIn, CitizenSession, CodeSignIn, Identity
from contract.sealing import NotOpenedError, Opener
from contract.sets import Assurance
from foundation.clock import parse_rfc3339, rfc3339
from province_platform.authority import Keys
from province_platform.block_list import is_issuer_blocked
from province_platform.callers import Citizen, Terminal
from province_platform.cards import open_identity, proof_holds
from province_platform.code_issuers import CodeIssuer, codes_blocked, issuer_of
from province_platform.earlier_cases import earlier_cases
from province_platform.licences import acting_for, firm_shown, note_licence, with_organisation
from province_platform.reference_people import Person, find_person
from province_platform.refused import (
    Refused,
    card_read_too_long_ago,
    code_refused,
    other_person,
    sign_in_refused,
)
from province_platform.schema import citizen_sessions, dynamic_codes, nonces
from province_platform.sign_in_schema import delegations, session_proofs

SESSION_VALID = timedelta(minutes=15)
CARD_READ_WITHIN = timedelta(minutes=5)
CODE_VALID = timedelta(minutes=1)
_NONCES_KEPT = timedelta(days=1)
"""Far longer than a reading of a card stays fresh, so that a nonce is never forgotten too early."""


class Proof(Enum):
    """A thing by which somebody was known. Whatever comes off one telephone is one thing."""

    CARD = "card"
    TELEPHONE = "telephone"
    FACE = "face"


def assurance_of(proofs: set[Proof]) -> Assurance:
    """What they come to together."""
    if Proof.FACE in proofs:
        return Assurance.FACE_MATCHED
    return Assurance.KNOWN_TWICE if len(proofs) > 1 else Assurance.CARD_VERIFIED


@dataclass(frozen=True, slots=True)
class Shown:
    """Who shows what, and beside which session of hers; None where it stands for itself."""

    number: str
    proof: Proof
    beside: Citizen | None = None


@dataclass(frozen=True, slots=True)
class VerifiedCard:
    """A sign-in by card of which everything but the nonce has been checked."""

    nonce: str
    identity: Identity


def verify_card(
    opener: Opener, terminal: Terminal, request: CardSignIn, now: datetime
) -> VerifiedCard | Refused:
    """All checks that need no database."""
    if not proof_holds(terminal, request.proof, request.nonce, request.sealed):
        return sign_in_refused()
    try:
        read_at = parse_rfc3339(request.proof.read_at)
    except ValueError:
        return sign_in_refused()
    if abs(now - read_at) > CARD_READ_WITHIN:
        return card_read_too_long_ago()
    identity = open_identity(opener, request.sealed)
    return sign_in_refused() if identity is None else VerifiedCard(request.nonce, identity)


def sign_in_by_card(
    connection: Connection,
    keys: Keys,
    terminal: Terminal,
    card: VerifiedCard,
    now: datetime,
    beside: Citizen | None = None,
) -> CitizenSession | Refused:
    """A session for the card; its nonce is used up by it."""
    if not _use_nonce(connection, card.nonce, terminal, now):
        return sign_in_refused()
    return start_session(connection, keys, terminal, Shown(card.identity.number, Proof.CARD, beside), now)


def sign_in_by_code(
    connection: Connection,
    keys: Keys,
    terminal: Terminal,
    request: CodeSignIn,
    now: datetime,
    beside: Citizen | None = None,
) -> CitizenSession | Refused:
    """A session for the code, which is used up by it; the answer tells the terminal who it is."""
    try:
        code = keys.opener.open(request.sealed)
    except NotOpenedError:
        return code_refused()
    issuer = issuer_of(code)
    if issuer is None:
        return code_refused()
    if is_issuer_blocked(connection, issuer):
        return codes_blocked()
    this_code = dynamic_codes.c.code_digest == hashlib.sha256(code).hexdigest()
    row = connection.execute(select(dynamic_codes).where(this_code)).one_or_none()
    person = find_person(row.person_id) if row is not None else None
    if row is None or person is None or row.used_at is not None or now > parse_rfc3339(row.expires_at):
        return code_refused()
    if not _use_nonce(connection, request.nonce, terminal, now):
        return code_refused()
    connection.execute(update(dynamic_codes).where(this_code).values(used_at=rfc3339(now)))
    return start_session_of(connection, keys, terminal, Held(person, row.code_digest), now, beside)


@dataclass(frozen=True, slots=True)
class Held:
    """A telephone: whose it is, and what is shown on it (the digest of a code, the id of a challenge)."""

    person: Person
    shown: str


def start_session_of(
    connection: Connection,
    keys: Keys,
    terminal: Terminal,
    held: Held,
    now: datetime,
    beside: Citizen | None,
) -> CitizenSession | Refused:
    """A session for whoever holds this telephone; it tells the terminal who that is, and for which firm."""
    person, firm_id = held.person, firm_shown(connection, held.shown)
    acting = acting_for(keys, firm_id, person.person_id, now) if firm_id else None
    if firm_id and acting is None:
        return code_refused()
    shown = Shown(person.identity.number, Proof.TELEPHONE, beside)
    session = start_session(connection, keys, terminal, shown, now)
    if isinstance(session, Refused):
        return session
    session = msgspec.structs.replace(session, identity=person.identity)
    return session if acting is None else with_organisation(connection, session, acting)


def make_dynamic_code(
    connection: Connection,
    person: Person,
    now: datetime,
    issuer: CodeIssuer = CodeIssuer.RESIDENT_CODE,
    firm_id: str = "",
) -> str:
    """The reference issuers: a code as a telephone shows it, good for one use within :data:`CODE_VALID`.

    ``firm_id`` is that of the firm whose licence is shown.
    """
    code = f"{issuer.value}.{secrets.token_urlsafe(32)}"
    connection.execute(delete(dynamic_codes).where(dynamic_codes.c.expires_at < rfc3339(now - _NONCES_KEPT)))
    digest = hashlib.sha256(code.encode("ascii")).hexdigest()
    if firm_id:
        note_licence(connection, digest, firm_id)
    connection.execute(
        insert(dynamic_codes).values(
            code_digest=digest,
            person_id=person.person_id,
            expires_at=rfc3339(now + CODE_VALID),
        )
    )
    return code


def find_citizen(connection: Connection, terminal: Terminal, token: str, now: datetime) -> Citizen | None:
    """The session behind a token, if it is this terminal's and has not ended."""
    row = connection.execute(
        select(citizen_sessions).where(citizen_sessions.c.token_digest == _digest(token))
    ).one_or_none()
    if row is None or row.terminal_id != terminal.terminal_id or row.ended_at is not None:
        return None
    if now > parse_rfc3339(row.expires_at):
        return None
    return Citizen(row.session_id, row.subject_ref, Assurance(row.assurance))


def sign_out(connection: Connection, terminal: Terminal, token: str, now: datetime) -> None:
    """Ends the session, and those that belong together with it; no error when it has ended or never was."""
    this = select(citizen_sessions.c.session_id).where(
        citizen_sessions.c.token_digest == _digest(token),
        citizen_sessions.c.terminal_id == terminal.terminal_id,
    )
    session_id = connection.scalar(this)
    if session_id is not None:
        connection.execute(
            update(citizen_sessions)
            .where(
                citizen_sessions.c.session_id.in_(_together_with(connection, session_id)),
                citizen_sessions.c.ended_at.is_(None),
            )
            .values(ended_at=rfc3339(now))
        )


def _together_with(connection: Connection, session_id: str) -> set[str]:
    """A helper's session and that of whom she helps; a session alone otherwise."""
    helper, person = delegations.c.helper_session, delegations.c.person_session
    rows = connection.execute(select(helper, person).where(or_(helper == session_id, person == session_id)))
    return {session_id}.union(*(tuple(row) for row in rows))


def start_session(
    connection: Connection, keys: Keys, terminal: Terminal, shown: Shown, now: datetime
) -> CitizenSession | Refused:
    """A session at this terminal; refused when it stands beside that of another person."""
    subject_ref, proofs = keys.subject_ref(shown.number), {shown.proof}
    if shown.beside is not None:
        if shown.beside.subject_ref != subject_ref:
            return other_person()
        proofs |= proofs_of(connection, shown.beside.session_id)
    token = secrets.token_urlsafe(32)
    session = CitizenSession(
        session_id=str(uuid.uuid4()),
        token=token,
        subject_ref=subject_ref,
        assurance=assurance_of(proofs),
        expires_in_s=int(SESSION_VALID.total_seconds()),
        earlier=earlier_cases(connection, subject_ref),
    )
    connection.execute(
        insert(citizen_sessions).values(
            session_id=session.session_id,
            token_digest=_digest(token),
            terminal_id=terminal.terminal_id,
            subject_ref=subject_ref,
            assurance=session.assurance.value,
            started_at=rfc3339(now),
            expires_at=rfc3339(now + SESSION_VALID),
        )
    )
    connection.execute(
        insert(session_proofs),
        [{"session_id": session.session_id, "proof": proof.value} for proof in proofs],
    )
    return session


def proofs_of(connection: Connection, session_id: str) -> set[Proof]:
    """By what this session was proved."""
    rows = connection.scalars(select(session_proofs.c.proof).where(session_proofs.c.session_id == session_id))
    return {Proof(proof) for proof in rows}


def _use_nonce(connection: Connection, nonce: str, terminal: Terminal, now: datetime) -> bool:
    connection.execute(delete(nonces).where(nonces.c.used_at < rfc3339(now - _NONCES_KEPT)))
    if connection.scalar(select(nonces.c.nonce).where(nonces.c.nonce == nonce)) is not None:
        return False
    connection.execute(
        insert(nonces).values(nonce=nonce, terminal_id=terminal.terminal_id, used_at=rfc3339(now))
    )
    return True


def _digest(token: str) -> str:
    # 32 random bytes: a plain digest cannot be searched.
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
