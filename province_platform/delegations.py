"""帮办: two sessions at one terminal that belong together, and the case that comes of it.

The person's session is good for this one matter: nobody lists her cases or asks about her in it. Either ends
both.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from contract.delegation import AGREEMENT_VERSION, HELPING, Delegation, DelegationRequest
from contract.payloads import Case
from contract.sets import Assurance, reaches
from foundation.clock import in_china, rfc3339
from foundation.masking import mask_name
from province_platform.authority import Keys
from province_platform.callers import Citizen, Terminal
from province_platform.publication import item_in_force
from province_platform.reference_helpers import is_known
from province_platform.reference_people import reference_people
from province_platform.refused import Refused, helped_alone, relation_unknown, sign_in_expired
from province_platform.sign_in import find_citizen
from province_platform.sign_in_schema import delegations

DELEGATION_VALID = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class KnownDelegation:
    """What a case that names it has to agree with."""

    terminal_id: str
    helper_session: str
    person_ref: str
    relation: str
    item_code: str

    def is_of(self, case: Case, terminal_id: str) -> bool:
        """Whether this very case was agreed to."""
        return (
            self.terminal_id == terminal_id
            and self.helper_session == case.actor.province_session
            and self.relation == case.relation.value
            and self.item_code == case.item_code
            and case.subject.subject_ref in ("", self.person_ref)
        )


def delegate(
    connection: Connection,
    keys: Keys,
    terminal: Terminal,
    helper: Citizen,
    request: DelegationRequest,
    now: datetime,
) -> Delegation | Refused:
    """Notes that the person agreed, where item and record allow this helper to act for her."""
    person = find_citizen(connection, terminal, request.person_token, now)
    if person is None:
        return sign_in_expired()
    if person.subject_ref == helper.subject_ref:
        return helped_alone()
    item = item_in_force(connection, request.item_code)
    allowed = (
        item is not None
        and request.relation in HELPING.intersection(item.for_others)
        and request.agreement_version == AGREEMENT_VERSION
        and reaches(helper.assurance, Assurance.CARD_VERIFIED)
        and reaches(person.assurance, Assurance.CARD_VERIFIED)
    )
    known = {keys.subject_ref(each.identity.number): each.person_id for each in reference_people()}
    helper_id, person_id = known.get(helper.subject_ref, ""), known.get(person.subject_ref, "")
    today = in_china(now).date().isoformat()
    if not allowed or not is_known(helper_id, request.relation, person_id, today):
        return relation_unknown()
    delegation = Delegation(
        delegation_id=str(uuid.uuid4()),
        relation=request.relation,
        expires_in_s=int(DELEGATION_VALID.total_seconds()),
    )
    connection.execute(
        insert(delegations).values(
            delegation_id=delegation.delegation_id,
            terminal_id=terminal.terminal_id,
            helper_session=helper.session_id,
            person_session=person.session_id,
            helper_ref=helper.subject_ref,
            person_ref=person.subject_ref,
            relation=request.relation.value,
            item_code=request.item_code,
            agreement_version=request.agreement_version,
            agreed_at=request.agreed_at,
            made_at=rfc3339(now),
        )
    )
    return delegation


def masked_name(keys: Keys, citizen: Citizen) -> str:
    """Who somebody is, as another person may read it."""
    names = (
        each.identity.name
        for each in reference_people()
        if keys.subject_ref(each.identity.number) == citizen.subject_ref
    )
    return mask_name(next(names, ""))


def is_helped(connection: Connection, session_id: str) -> bool:
    """Whether this is the session of a person who agreed to be helped."""
    this = select(delegations.c.delegation_id).where(delegations.c.person_session == session_id)
    return connection.execute(this).first() is not None


def delegations_among(connection: Connection, ids: Collection[str]) -> dict[str, KnownDelegation]:
    """What is known of these delegations, by id."""
    rows = connection.execute(select(delegations).where(delegations.c.delegation_id.in_(ids)))
    return {
        row.delegation_id: KnownDelegation(
            row.terminal_id, row.helper_session, row.person_ref, row.relation, row.item_code
        )
        for row in rows
    }
