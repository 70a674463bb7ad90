"""Cases, acts of handling and ratings, as the rows of one batch refer to them.

A queue that was cut off for weeks comes in batches. What a batch refers to is asked of the database once, one
question a table; each row is decided in memory, in its turn; what is kept goes down together. A row sees what
the rows before it have kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, insert, or_, select

from contract.answers import EventAnswer
from contract.delegation import HELPING
from contract.payloads import Case, Rating, Service
from contract.sets import Assurance, CaseState, ItemKind, Outcome, SubjectKind, reaches
from foundation.clock import rfc3339
from foundation.errors import Errors
from province_platform.callers import Citizen, Terminal
from province_platform.case_numbers import CaseNumbers
from province_platform.delegations import KnownDelegation, delegations_among
from province_platform.earlier_cases import duplicates_among
from province_platform.licences import Represented, objection, represented_among
from province_platform.needed_proof import NeededProof
from province_platform.reading import ReadRow
from province_platform.schema import cases, citizen_sessions, duplicates, ratings, services
from province_platform.undelivered import UndeliveredBook
from province_platform.upload_files import claim


@dataclass(frozen=True, slots=True)
class _Act:
    """An act of handling, with the terminal of its case."""

    case_id: str
    service_no: int
    terminal_id: str


class CaseBook:
    """The cases of one terminal's batch, within one transaction.

    :meth:`read` once before the rows, :meth:`write` after them, or earlier when the tables must have it all.
    """

    def __init__(self, connection: Connection, terminal: Terminal, now: datetime) -> None:
        self._connection = connection
        self._terminal_id = terminal.terminal_id
        self._received_at = rfc3339(now)
        self._numbers = CaseNumbers(connection, now)
        self._needed = NeededProof(connection)
        self._undelivered = UndeliveredBook(connection, now)
        self._delegations: dict[str, KnownDelegation] = {}
        self._sessions: dict[str, Citizen] = {}
        self._represented: dict[str, Represented] = {}
        self._owners: dict[str, str] = {}
        self._number_of_event: dict[str, str] = {}
        self._acts: dict[str, _Act] = {}
        self._act_numbers: set[tuple[str, int]] = set()
        self._rating_ids: set[str] = set()
        self._rated: set[tuple[str, int, int]] = set()
        self._new: defaultdict[Table, list[dict[str, object]]] = defaultdict(list)

    def read(self, rows: Sequence[ReadRow]) -> None:
        """Asks for what ``rows`` refer to."""
        of_cases = [row.payload for row in rows if isinstance(row.payload, Case)]
        of_services = [row.payload for row in rows if isinstance(row.payload, Service)]
        of_ratings = [row.payload for row in rows if isinstance(row.payload, Rating)]
        service_case_ids = {service.case_id for service in of_services}
        if case_ids := {case.case_id for case in of_cases} | service_case_ids:
            event_ids = {row.event.id for row in rows if isinstance(row.payload, Case)}
            self._read_cases(case_ids, event_ids)
        if sessions := {case.actor.province_session for case in of_cases} - {""}:
            self._read_sessions(sessions)
            self._represented = represented_among(self._connection, sessions)
        if proofs := {case.relation_proof for case in of_cases if case.relation in HELPING}:
            self._delegations = delegations_among(self._connection, proofs)
        service_ids = {service.service_id for service in of_services}
        if service_ids := service_ids | {rating.service_id for rating in of_ratings}:
            self._read_services(service_ids, service_case_ids)
        if of_ratings:
            self._read_ratings(of_ratings)

    def case_no(self, event_id: str) -> str:
        """The number that the case of this event got; empty when the event is no case."""
        return self._number_of_event.get(event_id, "")

    def keep_case(self, row: ReadRow, case: Case) -> EventAnswer:
        """Gives a number to a case that is new, is whose it says, and whose files are all here."""
        if case.case_id in self._owners:
            return row.refused("data.case_id belongs to another event")
        subject_ref = row.subject_ref
        if case.actor.province_session:
            # It may have ended since: the case was waiting for the network.
            held = self._sessions.get(case.actor.province_session)
            if held is None:
                return row.refused("data.actor.province_session is unknown")
            if subject_ref and subject_ref != held.subject_ref:
                return row.refused("data.actor.subject_ref is not that of the session")
            if not reaches(held.assurance, case.actor.assurance):
                return row.refused("data.actor.assurance is more than the session has")
            subject_ref = held.subject_ref
        if case.relation in HELPING:
            agreed = self._delegations.get(case.relation_proof)
            if agreed is None or not agreed.is_of(case, self._terminal_id):
                return row.refused("data.relation_proof is of no delegation that fits")
            subject_ref = agreed.person_ref
        represented = self._represented.get(case.actor.province_session)
        problem = objection(case, represented) or self._needed.objection(case)
        if problem:
            return row.refused(problem)
        if case.subject.kind is SubjectKind.ORGANISATION:
            subject_ref = case.subject.subject_ref
        digests = {attachment.digest for attachment in case.attachments}
        if not claim(self._connection, self._terminal_id, case.case_id, digests):
            return row.waits("waits for its attachments")
        case_no = self._numbers.take(case.task_code)
        if case_no is None:
            return EventAnswer(id=row.event.id, outcome=Outcome.RETRY, code=Errors.PROVINCE_BUSY.code)
        self._owners[case.case_id] = self._terminal_id
        self._number_of_event[row.event.id] = case_no
        self._new[cases].append(
            {
                "case_id": case.case_id,
                "case_no": case_no,
                "event_id": row.event.id,
                "terminal_id": self._terminal_id,
                "site_id": case.site_id,
                "region_code": case.region_code,
                "item_code": case.item_code,
                "receipt_number": case.receipt_number,
                "state": _first_state(case).value,
                "assurance": case.actor.assurance.value,
                "subject_ref": subject_ref,
                "offline": case.offline,
                "occurred_at": row.event.time,
                "received_at": self._received_at,
                "hear_by": case.hear_by,
            }
        )
        return row.stored(case_no)

    def keep_service(self, row: ReadRow, service: Service) -> EventAnswer:
        """An act of handling is for a case of this terminal, and has a number of its own there."""
        owner = self._owners.get(service.case_id)
        if owner is None:
            return row.waits("waits for its case")
        if owner != self._terminal_id:
            return row.refused("data.case_id is another terminal's case")
        numbered = service.case_id, service.service_no
        if service.service_id in self._acts or numbered in self._act_numbers:
            return row.refused("data.service_id or data.service_no belongs to another event")
        self._acts[service.service_id] = _Act(*numbered, owner)
        self._act_numbers.add(numbered)
        self._new[services].append(
            {
                "service_id": service.service_id,
                "case_id": service.case_id,
                "service_no": service.service_no,
                "kind": service.kind.value,
                "outcome": service.outcome.value,
                "received_at": self._received_at,
            }
        )
        return row.stored()

    def keep_rating(self, row: ReadRow, rating: Rating) -> EventAnswer:
        """A rating is for an act of handling at this terminal, and each time counts once."""
        act = self._acts.get(rating.service_id)
        if act is None:
            return row.waits("waits for its service")
        if act.terminal_id != self._terminal_id:
            return row.refused("data.service_id is another terminal's service")
        if (act.case_id, act.service_no) != (rating.case_id, rating.service_no):
            return row.refused("data.case_id and data.service_no are not those of the service")
        time = rating.case_id, rating.service_no, rating.assess_number
        if rating.rating_id in self._rating_ids or time in self._rated:
            return row.refused("data.assess_number: this was rated before")
        self._rating_ids.add(rating.rating_id)
        self._rated.add(time)
        self._new[ratings].append(
            {
                "rating_id": rating.rating_id,
                "case_id": rating.case_id,
                "service_id": rating.service_id,
                "service_no": rating.service_no,
                "assess_number": rating.assess_number,
                "level": rating.level.value,
                "tags": ",".join(rating.tags),
                "rated_at": rating.rated_at,
                "received_at": self._received_at,
            }
        )
        return row.stored()

    def write(self) -> None:
        """Puts down what was kept since the last time, with what follows from it."""
        new_cases = self._new[cases]
        self._new[duplicates] = duplicates_among(self._connection, new_cases)
        for table, rows in self._new.items():
            if rows:
                self._connection.execute(insert(table), rows)
        self._undelivered.delivered(
            self._terminal_id, {str(case["case_id"]): str(case["receipt_number"]) for case in new_cases}
        )
        self._numbers.write()
        self._new.clear()

    def _read_cases(self, case_ids: set[str], event_ids: set[str]) -> None:
        chosen = select(cases.c.case_id, cases.c.terminal_id, cases.c.event_id, cases.c.case_no)
        for row in self._connection.execute(
            chosen.where(or_(cases.c.case_id.in_(case_ids), cases.c.event_id.in_(event_ids)))
        ):
            self._owners[row.case_id] = row.terminal_id
            self._number_of_event[row.event_id] = row.case_no

    def _read_sessions(self, session_ids: set[str]) -> None:
        columns = citizen_sessions.c
        chosen = select(columns.session_id, columns.subject_ref, columns.assurance).where(
            citizen_sessions.c.session_id.in_(session_ids),
            citizen_sessions.c.terminal_id == self._terminal_id,
        )
        self._sessions = {
            row.session_id: Citizen(row.session_id, row.subject_ref, Assurance(row.assurance))
            for row in self._connection.execute(chosen)
        }

    def _read_services(self, service_ids: set[str], case_ids: set[str]) -> None:
        chosen = select(
            services.c.service_id, services.c.case_id, services.c.service_no, cases.c.terminal_id
        ).join(cases, cases.c.case_id == services.c.case_id)
        for row in self._connection.execute(
            chosen.where(or_(services.c.service_id.in_(service_ids), services.c.case_id.in_(case_ids)))
        ):
            self._acts[row.service_id] = _Act(row.case_id, row.service_no, row.terminal_id)
            self._act_numbers.add((row.case_id, row.service_no))

    def _read_ratings(self, of: Collection[Rating]) -> None:
        chosen = select(ratings.c.rating_id, ratings.c.case_id, ratings.c.service_no, ratings.c.assess_number)
        of_ids = ratings.c.rating_id.in_({rating.rating_id for rating in of})
        of_cases = ratings.c.case_id.in_({rating.case_id for rating in of})
        for row in self._connection.execute(chosen.where(or_(of_ids, of_cases))):
            self._rating_ids.add(row.rating_id)
            self._rated.add((row.case_id, row.service_no, row.assess_number))


def _first_state(case: Case) -> CaseState:
    """受理 is the authority's act alone: what a terminal hands in is submitted, and a query is done.

    What is withdrawn came to nothing at the terminal, and is there to be counted and rated.
    """
    if case.state is CaseState.WITHDRAWN:
        return CaseState.WITHDRAWN
    return CaseState.COMPLETED if case.kind is ItemKind.QUERY else CaseState.SUBMITTED
