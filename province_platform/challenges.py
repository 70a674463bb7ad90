"""A code on a terminal's screen that a person confirms on the telephone.

Who photographs the screen learns the code and no more: the session is given to the terminal that showed it,
by an id that is not in the code. The telephone says where one is about to sign in, so that nobody confirms a
code that was sent to her from elsewhere without being told.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from contract.answers import ChallengeAnswer, SignInChallenge
from contract.items import LocalText
from contract.payloads import Site
from contract.sets import ChallengeState, Relation
from foundation.clock import parse_rfc3339, rfc3339
from province_platform.authority import Keys
from province_platform.callers import Citizen, Terminal
from province_platform.licences import note_licence
from province_platform.publication import item_in_force
from province_platform.reference_people import Person, find_person
from province_platform.refused import Refused
from province_platform.schema import sites, terminals
from province_platform.sign_in import Held, start_session_of
from province_platform.sign_in_schema import challenge_purposes, challenges

CHALLENGE_VALID = timedelta(minutes=2)
_KEPT = timedelta(days=1)


class SeenOnTelephone(msgspec.Struct, frozen=True):
    """What a telephone shows before its owner confirms: where the code stands."""

    challenge_id: str
    terminal_name: str
    place: str
    expires_at: str
    purpose: LocalText | None = None
    """Who wants to do what for her; None when it is her own sign-in."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Somebody wants to help whoever confirms. ``helper`` is the name, masked."""

    helper: str
    relation: Relation
    item_code: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was done on the telephone."""

    person: Person
    confirmed: bool
    firm_id: str = ""
    """Of the firm whose licence was opened on it; empty when she confirms for herself."""


def make_challenge(
    connection: Connection, terminal: Terminal, now: datetime, purpose: Purpose | None = None
) -> SignInChallenge:
    """A new code for this terminal's screen; one that it showed before and nobody confirmed is void."""
    connection.execute(delete(challenges).where(challenges.c.expires_at < rfc3339(now - _KEPT)))
    connection.execute(
        update(challenges)
        .where(
            challenges.c.terminal_id == terminal.terminal_id,
            challenges.c.state == ChallengeState.WAITING.value,
        )
        .values(state=ChallengeState.EXPIRED.value)
    )
    code, challenge_id = f"DXQC1.{secrets.token_urlsafe(24)}", str(uuid.uuid4())
    connection.execute(
        insert(challenges).values(
            challenge_id=challenge_id,
            code_digest=_digest(code),
            terminal_id=terminal.terminal_id,
            expires_at=rfc3339(now + CHALLENGE_VALID),
            state=ChallengeState.WAITING.value,
        )
    )
    if purpose is not None:
        connection.execute(
            insert(challenge_purposes).values(
                challenge_id=challenge_id,
                helper=purpose.helper,
                relation=purpose.relation.value,
                item_code=purpose.item_code,
            )
        )
    return SignInChallenge(
        challenge_id=challenge_id, code=code, expires_in_s=int(CHALLENGE_VALID.total_seconds())
    )


def scan_challenge(connection: Connection, code: str, now: datetime) -> SeenOnTelephone | None:
    """What the telephone shows that has scanned ``code``; None when it is not to be confirmed any more."""
    found = [each for each in _waiting(connection, now) if each.code_digest == _digest(code)]
    return _seen(connection, found[0]) if found else None


def waiting_challenges(connection: Connection, now: datetime) -> list[SeenOnTelephone]:
    """Every code that stands on a screen now, for who plays a telephone without a camera."""
    return [_seen(connection, each) for each in _waiting(connection, now)]


def decide(connection: Connection, challenge_id: str, decision: Decision, now: datetime) -> str | None:
    """Takes what was done on the telephone; the terminal's id, or None when it is too late for that."""
    row = next((each for each in _waiting(connection, now) if each.challenge_id == challenge_id), None)
    if row is None:
        return None
    state = ChallengeState.CONFIRMED if decision.confirmed else ChallengeState.REFUSED
    connection.execute(
        update(challenges)
        .where(challenges.c.challenge_id == challenge_id)
        .values(state=state.value, person_id=decision.person.person_id)
    )
    if decision.confirmed and decision.firm_id:
        note_licence(connection, challenge_id, decision.firm_id)
    terminal_id: str = row.terminal_id
    return terminal_id


def challenge_state(
    connection: Connection, terminal: Terminal, challenge_id: str, now: datetime
) -> ChallengeState:
    """Where a challenge of this terminal stands; one of another terminal, or none at all, has expired."""
    row = _of_terminal(connection, terminal, challenge_id)
    if row is None or row.collected_at is not None or now > parse_rfc3339(row.expires_at):
        return ChallengeState.EXPIRED
    return ChallengeState(row.state)


def collect(
    connection: Connection,
    keys: Keys,
    terminal: Terminal,
    challenge_id: str,
    now: datetime,
    beside: Citizen | None = None,
) -> ChallengeAnswer | Refused:
    """The answer to the terminal. The session of a confirmed challenge is started by it, once."""
    state = challenge_state(connection, terminal, challenge_id, now)
    row = _of_terminal(connection, terminal, challenge_id)
    person = find_person(row.person_id) if row is not None and row.person_id else None
    if state is not ChallengeState.CONFIRMED or person is None:
        return ChallengeAnswer(state=state)
    connection.execute(
        update(challenges).where(challenges.c.challenge_id == challenge_id).values(collected_at=rfc3339(now))
    )
    session = start_session_of(connection, keys, terminal, Held(person, challenge_id), now, beside)
    return session if isinstance(session, Refused) else ChallengeAnswer(state=state, session=session)


def bell_of(terminal_id: str) -> str:
    """The name of the bell that rings when somebody has decided about a code of this terminal."""
    return f"challenge/{terminal_id}"


def _of_terminal(
    connection: Connection, terminal: Terminal, challenge_id: str
) -> Row[tuple[object, ...]] | None:
    return connection.execute(
        select(challenges).where(
            challenges.c.challenge_id == challenge_id, challenges.c.terminal_id == terminal.terminal_id
        )
    ).one_or_none()


def _waiting(connection: Connection, now: datetime) -> list[Row[tuple[object, ...]]]:
    question = (
        select(challenges, terminals.c.name.label("terminal_name"), sites.c.record.label("site"))
        .join(terminals, terminals.c.terminal_id == challenges.c.terminal_id)
        .join(sites, sites.c.site_id == terminals.c.site_id)
        .where(
            challenges.c.state == ChallengeState.WAITING.value,
            challenges.c.expires_at >= rfc3339(now),
            terminals.c.revoked_at.is_(None),
        )
        .order_by(challenges.c.expires_at.desc())
    )
    return list(connection.execute(question).all())


def _seen(connection: Connection, row: Row[tuple[object, ...]]) -> SeenOnTelephone:
    place = msgspec.json.decode(row.site, type=Site).name
    purpose = _purpose(connection, row.challenge_id)
    return SeenOnTelephone(row.challenge_id, row.terminal_name, place, row.expires_at, purpose)


def _purpose(connection: Connection, challenge_id: str) -> LocalText | None:
    """To whom and for what somebody is asked to confirm, where it is no sign-in of her own."""
    this = select(challenge_purposes).where(challenge_purposes.c.challenge_id == challenge_id)
    row = connection.execute(this).one_or_none()
    item = item_in_force(connection, row.item_code) if row is not None else None
    if row is None or item is None:
        return None
    relation = Relation(row.relation)
    return LocalText(
        f"{row.helper}（{relation.zh}）想替您办：{item.title.zh}",
        f"{row.helper} ({relation.en}) wants to do this for you: {item.title.en}",
    )


def _digest(code: str) -> str:
    # 24 random bytes: a plain digest cannot be searched.
    return hashlib.sha256(code.encode("utf-8")).hexdigest()
