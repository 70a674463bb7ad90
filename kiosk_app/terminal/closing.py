"""Handing in and what comes of it: progress, result.

The words follow the state and never run ahead of it: saved after the commit, submitted after the platform's
answer.
"""

from __future__ import annotations

from contract.answers import EarlierCase
from contract.items import Item
from contract.sets import Assurance, CaseState, ItemKind, OfflineRule, reaches
from foundation.clock import in_china, parse_rfc3339
from foundation.errors import ErrorCode, Errors
from kiosk_app.matters.answering import Value, discreet_result
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.answers import CaseAnswered, CaseCommitted, QueryAnswered
from kiosk_app.terminal.desk import Helped, Submission
from kiosk_app.terminal.papers import Papers
from kiosk_app.terminal.session import CitizenSession, Handed, Help, Matter
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen

WAIT_FOR_ANSWER_S = 8.0
"""How long the progress screen waits for the case number before it says that the case is saved here."""


class Closing:
    """The part of the conversation after the check page."""

    def __init__(self, stage: Stage, papers: Papers) -> None:
        self._stage = stage
        self._papers = papers

    def hand_in(self, answers: dict[str, Value]) -> None:
        """Asks the province first for a query; an application is committed at once, where that is allowed."""
        matter = self._stage.matter
        matter.pending_answers = answers
        if matter.item.kind is ItemKind.QUERY:
            self._wait(matter)
            self._ask(matter)
        elif not self._stage.now.connected and matter.item.offline is not OfflineRule.SUBMIT:
            self.fail(Errors.ITEM_NOT_OFFLINE)
        elif not self._is_proved(matter.item):  # begun by the card alone, while the province was away
            self.fail(Errors.SIGN_IN_EXPIRED)
        else:
            self._wait(matter)
            self._commit(matter)

    def _is_proved(self, item: Item) -> bool:
        signed_in = self._stage.session.signed_in
        known = signed_in.assurance if signed_in is not None else Assurance.ANONYMOUS
        return reaches(known, item.assurance) and reaches(known, item.assurance_to_submit)

    def fail(self, error: ErrorCode) -> None:
        """Nothing was handed in, and this is why."""
        self._stage.matter.failed_code = error.code
        self._stage.arrive(Screen.RESULT)

    def _wait(self, matter: Matter) -> None:
        matter.failed_code = ""
        matter.waiting_since_s = self._stage.clock.monotonic_s()
        self._stage.go(Screen.PROGRESS)

    def _ask(self, matter: Matter) -> None:
        """Asks the province, unless it has not answered yet what was asked before."""
        session, answers = self._stage.session, matter.pending_answers
        if not session.errands.under_way(QueryAnswered, matter):
            session.errands.send(
                QueryAnswered,
                matter,
                lambda: self._stage.desk.query(session.session_id, session.province, matter.item, answers),
            )

    def _commit(self, matter: Matter) -> None:
        session = self._stage.session
        session.errands.send(
            CaseCommitted, matter, lambda: self._stage.desk.submit(self._submission(session, matter))
        )

    def _submission(self, session: CitizenSession, matter: Matter) -> Submission:
        anonymous = matter.item.assurance is Assurance.ANONYMOUS
        return Submission(
            session_id=session.session_id,
            item=matter.item,
            batch_id=matter.batch_id,
            signed_in=None if anonymous else session.signed_in,
            answers=dict(matter.pending_answers),
            notice_version=session.notice_version,
            started_at=matter.started_at,
            offline=matter.result is None and not self._stage.now.connected,
            result=matter.result,
            attachments=tuple(matter.attachments.values()),
            helped=_helped(session.help),
        )

    def query_answered(self, answer: QueryAnswered) -> None:
        """A query with an answer is a case too; without one there is only trying again."""
        session = self._stage.session
        matter = session.errands.answered(QueryAnswered)
        waiting = matter is session.matter and self._stage.page is Screen.PROGRESS
        if matter is None or not waiting or matter.result is not None:
            return
        if answer.result is None:
            self.fail(answer.error or Errors.PROVINCE_UNREACHABLE)
            return
        for fact in answer.result.facts:
            session.note(fact.value, *(fact.said(language.value) for language in Language))
        identity = session.signed_in.identity if session.signed_in is not None else None
        matter.result = discreet_result(answer.result, identity)
        self._commit(matter)

    def committed(self, commit: CaseCommitted) -> None:
        """The case is on disk: from here on, and not before, it is saved."""
        session = self._stage.session
        matter = session.errands.answered(CaseCommitted)
        if commit.error is None:
            session.cases += 1
        if matter is None or matter is not session.matter:
            return
        if commit.error is not None:
            self.fail(commit.error)
            return
        session.drafts.pop(matter.item.code, None)
        matter.handed = Handed(
            case_id=commit.case_id,
            receipt_number=commit.receipt_number,
            service_id=commit.service_id,
            state=commit.state,
            hear_by=commit.hear_by,
            deadline=commit.deadline,
            query=matter.result,
            code=commit.code,
        )
        early = self._stage.now.early_answers.pop(commit.case_id, None)
        if early is not None:
            self.case_answered(early)
        elif matter.item.kind is ItemKind.QUERY or not self._stage.now.connected:
            self._show_result(matter)

    def case_answered(self, answer: CaseAnswered) -> None:
        """The platform's word on a case of this session; one that comes before the commit was heard waits."""
        session = self._stage.now.session
        matter = session.matter if session is not None else None
        if session is None or matter is None:
            return
        handed = matter.handed
        if handed is None or handed.case_id != answer.case_id:
            if session.errands.under_way(CaseCommitted, matter):
                self._stage.now.early_answers[answer.case_id] = answer
            return
        handed.refused_code = answer.refused_code
        if answer.case_number:
            handed.case_number = answer.case_number
            if handed.state is CaseState.SAVED_HERE:
                handed.state = CaseState.SUBMITTED
                self._note_application(session, matter.item, handed)
        if self._stage.page is Screen.PROGRESS:
            self._show_result(matter)
        elif self._stage.page is Screen.RESULT:
            self._papers.prepare_document(matter)  # with the number that it has now

    def _note_application(self, session: CitizenSession, item: Item, handed: Handed) -> None:
        """What is done once per person is not begun a second time by the same person."""
        if session.signed_in is not None:
            session.signed_in.applied.append(
                EarlierCase(
                    item_code=item.code,
                    case_no=handed.case_number,
                    receipt_number=handed.receipt_number,
                    place=self._stage.now.facts.site.name,
                    submitted_on=in_china(parse_rfc3339(self._stage.time())).date().isoformat(),
                    state=handed.state,
                )
            )

    def tick(self) -> None:
        """Nobody waits on the progress screen longer than the promise, or for a line that is down."""
        session = self._stage.now.session
        matter = session.matter if session is not None else None
        if matter is None or matter.handed is None or self._stage.now.screen is not Screen.PROGRESS:
            return
        if self.waited_s(matter) >= WAIT_FOR_ANSWER_S or not self._stage.now.connected:
            self._show_result(matter)

    def waited_s(self, matter: Matter) -> float:
        """How long the progress screen has been waiting."""
        return self._stage.clock.monotonic_s() - matter.waiting_since_s

    def other_way(self) -> None:
        """The person no longer waits: what is saved is shown as saved, what is not can be tried again."""
        matter = self._stage.matter
        if matter.handed is not None:
            self._show_result(matter)
        elif matter.item.kind is ItemKind.QUERY and matter.result is None:
            connected = self._stage.now.connected
            self.fail(Errors.PROVINCE_BUSY if connected else Errors.PROVINCE_UNREACHABLE)

    def _show_result(self, matter: Matter) -> None:
        self._stage.arrive(Screen.RESULT)
        self._papers.offer(matter)

    def retry(self) -> None:
        """Tries again what was not handed in."""
        matter = self._stage.matter
        if matter.failed_code and matter.handed is None:
            if matter.result is None:
                self.hand_in(dict(matter.pending_answers))
            else:
                self._wait(matter)
                self._commit(matter)


def _helped(given: Help | None) -> Helped | None:
    """Who helps, as it is handed in; None before the person agreed."""
    if given is None or given.helper is None or not given.proof:
        return None
    return Helped(given.helper, given.relation, given.proof)
