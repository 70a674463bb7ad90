"""电子营业执照: a code, or a confirmation on the telephone, that is shown for an organisation.

It says who holds the licence, a natural person, and for which firm. What she may do for it is looked up in
the register each time: a mandate that has ended opens nothing, whatever the telephone still shows.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select

from contract.answers import CitizenSession
from contract.organisation import ACTING, Acting
from contract.payloads import Case
from contract.sets import SubjectKind
from foundation.clock import in_china
from province_platform.authority import Keys
from province_platform.reference_firms import find_firm
from province_platform.sign_in_schema import licences_shown, session_organisations


@dataclass(frozen=True, slots=True)
class Represented:
    """What a case for an organisation has to agree with."""

    subject_ref: str
    relation: str
    mandate: str
    only: tuple[str, ...]

    def fits(self, case: Case) -> bool:
        """Whether the session that handed this case in acts for its subject, and in this matter."""
        return (
            case.subject.subject_ref == self.subject_ref
            and case.relation.value == self.relation
            and case.relation_proof == self.mandate
            and (not self.only or case.item_code in self.only)
        )


def note_licence(connection: Connection, shown: str, firm_id: str) -> None:
    """What is shown (the digest of a code, the id of a challenge) is shown for this firm."""
    connection.execute(insert(licences_shown).values(shown=shown, firm_id=firm_id))


def firm_shown(connection: Connection, shown: str) -> str:
    """For which firm it is shown; empty when for nobody but oneself."""
    return str(
        connection.scalar(select(licences_shown.c.firm_id).where(licences_shown.c.shown == shown)) or ""
    )


def acting_for(keys: Keys, firm_id: str, person_id: str, now: datetime) -> Acting | None:
    """For whom this person acts and in what, by the register; None when not for this firm, or not today."""
    firm = find_firm(firm_id)
    found = firm.represented_by(person_id, in_china(now).date().isoformat()) if firm is not None else None
    if firm is None or found is None:
        return None
    return Acting(
        organisation=firm.organisation,
        subject_ref=keys.subject_ref(firm.organisation.credit_code),
        relation=found.relation,
        mandate=found.mandate,
        only=list(found.only),
    )


def with_organisation(connection: Connection, session: CitizenSession, acting: Acting) -> CitizenSession:
    """The session of a person who acts for a firm; that it does is kept, for the cases that come of it."""
    connection.execute(
        insert(session_organisations).values(
            session_id=session.session_id,
            subject_ref=acting.subject_ref,
            relation=acting.relation.value,
            mandate=acting.mandate,
            only=" ".join(acting.only),
        )
    )
    return msgspec.structs.replace(session, acting=acting)


def represented_among(connection: Connection, sessions: Collection[str]) -> dict[str, Represented]:
    """For whom each of these sessions acts; those that act for nobody are not in it."""
    rows = connection.execute(
        select(session_organisations).where(session_organisations.c.session_id.in_(sessions))
    )
    return {
        row.session_id: Represented(row.subject_ref, row.relation, row.mandate, tuple(row.only.split()))
        for row in rows
    }


def objection(case: Case, represented: Represented | None) -> str:
    """What speaks against a case whose subject, or whose relation, is that of an organisation; or nothing."""
    if case.subject.kind is not SubjectKind.ORGANISATION and case.relation not in ACTING:
        return ""
    if represented is None or case.subject.kind is not SubjectKind.ORGANISATION:
        return "data.subject is no organisation that the session acts for"
    return "" if represented.fits(case) else "data.relation_proof is of no mandate that fits"
