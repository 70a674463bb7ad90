"""Comparing a face: by consent, three times at most, and under 14 only with a guardian who is here too."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection, func, insert, select, update

from contract.faces import FACE_TRIES, LARGEST_PICTURE_BYTES, FaceAnswer, FaceComparison
from contract.sealing import NotOpenedError
from contract.sets import FaceLiveness, FaceOutcome, Relation
from foundation.clock import in_china, rfc3339
from foundation.errors import Errors
from foundation.identity_numbers import AGREES_FROM_YEARS, age_on, citizen_birth_date
from province_platform import face_register
from province_platform.authority import Keys
from province_platform.callers import Citizen, Terminal
from province_platform.calls import Answer, Call
from province_platform.platform import Platform
from province_platform.reference_helpers import is_known
from province_platform.reference_people import Person, reference_people
from province_platform.refused import Refused, face_tries_used, guardian_needed, not_understood
from province_platform.schema import citizen_sessions
from province_platform.sign_in import Proof, assurance_of, find_citizen, proofs_of
from province_platform.sign_in_schema import face_tries, session_proofs


async def compare(platform: Platform, call: Call) -> Answer:
    """What came of one comparison; a face that matches is a further proof of the citizen's session."""
    request, terminal, citizen = call.content_as(FaceComparison), call.terminal, call.citizen
    keys, now = platform.keys, platform.clock.utc_now()
    refused = await platform.database.read(partial(_may_not, keys, terminal, citizen, request, now))
    if refused is not None:
        return refused
    if platform.switches.now.face_service_down:
        return FaceAnswer(outcome=FaceOutcome.UNAVAILABLE, assurance=citizen.assurance)
    outcome = await platform.database.work(partial(_compared, keys, citizen, request))
    if isinstance(outcome, Refused):
        return outcome
    return await platform.database.write(partial(_noted, citizen, request, outcome, now))


def _may_not(
    keys: Keys,
    terminal: Terminal,
    citizen: Citizen,
    request: FaceComparison,
    now: datetime,
    connection: Connection,
) -> Refused | None:
    """Why no face is compared: no consent, no guardian, or no try left."""
    if not request.consent_version:
        return not_understood(Errors.QUERY_REFUSED)
    if _tries(connection, citizen) >= FACE_TRIES:
        return face_tries_used()
    today = in_china(now).date()
    person = _person(keys, citizen)
    if person is not None and _is_child(person, today):
        guardian = find_citizen(connection, terminal, request.guardian_token, now)
        agrees = _person(keys, guardian) if guardian is not None else None
        if agrees is None or not is_known(
            agrees.person_id, Relation.GUARDIAN, person.person_id, today.isoformat()
        ):
            return guardian_needed()
    return None


def _is_child(person: Person, today: date) -> bool:
    birth = citizen_birth_date(person.identity.number)
    return birth is None or age_on(birth, today) < AGREES_FROM_YEARS


def _compared(keys: Keys, citizen: Citizen, request: FaceComparison) -> FaceOutcome | Refused:
    """The picture is opened, compared and let go of; nothing of it is written anywhere."""
    try:
        picture = keys.opener.open(request.sealed)
    except NotOpenedError:
        return not_understood(Errors.QUERY_REFUSED)
    if len(picture) > LARGEST_PICTURE_BYTES:
        return not_understood(Errors.QUERY_REFUSED)
    if request.liveness is not FaceLiveness.PASSED:
        return FaceOutcome.NOT_LIVE
    person = _person(keys, citizen)
    alike = face_register.score(picture, person.person_id) if person is not None else 0.0
    return FaceOutcome.MATCHED if alike >= face_register.MATCHED_FROM else FaceOutcome.NOT_MATCHED


def _noted(
    citizen: Citizen, request: FaceComparison, outcome: FaceOutcome, now: datetime, connection: Connection
) -> FaceAnswer | Refused:
    number = _tries(connection, citizen) + 1
    if number > FACE_TRIES:  # another one came between
        return face_tries_used()
    connection.execute(
        insert(face_tries).values(
            session_id=citizen.session_id,
            number=number,
            outcome=outcome.value,
            consent_version=request.consent_version,
            tried_at=rfc3339(now),
        )
    )
    proofs = proofs_of(connection, citizen.session_id)
    if outcome is FaceOutcome.MATCHED and Proof.FACE not in proofs:
        proofs.add(Proof.FACE)
        connection.execute(
            insert(session_proofs).values(session_id=citizen.session_id, proof=Proof.FACE.value)
        )
        connection.execute(
            update(citizen_sessions)
            .where(citizen_sessions.c.session_id == citizen.session_id)
            .values(assurance=assurance_of(proofs).value)
        )
    return FaceAnswer(outcome=outcome, assurance=assurance_of(proofs))


def _tries(connection: Connection, citizen: Citizen) -> int:
    counted = select(func.count()).where(face_tries.c.session_id == citizen.session_id)
    return connection.scalar(counted) or 0


def _person(keys: Keys, citizen: Citizen) -> Person | None:
    found = (
        each for each in reference_people() if keys.subject_ref(each.identity.number) == citizen.subject_ref
    )
    return next(found, None)
