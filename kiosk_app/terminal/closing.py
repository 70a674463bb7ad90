"""Handing in and what comes of it: progress, result, slip.

The words follow the state and never run ahead of it: saved after the commit, submitted after the platform's
answer, printed after the printer's.
"""

from __future__ import annotations

from dataclasses import replace

from contract.sets import CaseState, ItemKind
from foundation.errors import Errors
from kiosk_app.matters.answering import AUTHORITY_CHECKS, Value, shown_value
from kiosk_app.terminal.desk import SlipOrder, Submission
from kiosk_app.terminal.messages import CaseAnswered, CaseCommitted, QueryAnswered, SlipPrinted
from kiosk_app.terminal.readiness import SLIP
from kiosk_app.terminal.session import Handed, Matter
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen, SlipState

WAIT_FOR_ANSWER_S = 8.0
"""How long the progress screen waits for the case number before it says that the case is saved here."""


class Closing:
    """The part of the conversation after the check page."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def hand_in(self, answers: dict[str, Value]) -> None:
        """Asks the province first for a query; commits at once for an application."""
        session, matter = self._stage.session, self._stage.matter
        matter.failed_code = ""
        matter.pending_answers = answers
        matter.waiting_since_s = self._stage.clock.monotonic_s()
        self._stage.go(Screen.PROGRESS)
        if matter.item.kind is ItemKind.QUERY:
            self._stage.desk.query(session.session_id, session.province, matter.item, answers)
        else:
            self._stage.desk.submit(self._submission(matter))

    def _submission(self, matter: Matter) -> Submission:
        session, now = self._stage.session, self._stage.now
        return Submission(
            session_id=session.session_id,
            item=matter.item,
            batch_id=now.batch.batch_id if now.batch is not None else "",
            signed_in=session.signed_in,
            answers=dict(matter.pending_answers),
            notice_version=session.notice_version,
            started_at=matter.started_at,
            offline=not now.connected,
        )

    def query_answered(self, answer: QueryAnswered) -> None:
        """A query with an answer is a case too; without one there is only trying again."""
        matter = self._stage.session.matter
        if matter is None or self._stage.now.screen not in (Screen.PROGRESS, Screen.HELP):
            return
        if answer.result is None:
            matter.failed_code = (answer.error or Errors.PROVINCE_UNREACHABLE).code
            self._stage.arrive(Screen.RESULT)
            return
        for fact in answer.result.facts:
            self._stage.session.note(fact.value)
        matter.result = answer.result
        self._stage.desk.submit(replace(self._submission(matter), result=answer.result))

    def committed(self, commit: CaseCommitted) -> None:
        """The case is on disk: from here on, and not before, it is saved."""
        session = self._stage.session
        matter = session.matter
        if matter is None or matter.handed is not None:
            return
        if commit.error is not None:
            matter.failed_code = commit.error.code
            self._stage.arrive(Screen.RESULT)
            return
        session.cases += 1
        matter.handed = Handed(
            case_id=commit.case_id,
            receipt_number=commit.receipt_number,
            service_id=commit.service_id,
            state=commit.state,
            hear_by=commit.hear_by,
            query=matter.result,
        )
        early = self._stage.now.early_answers.pop(commit.case_id, None)
        if early is not None:
            self.case_answered(early)
        if matter.item.kind is ItemKind.QUERY or not self._stage.now.connected or early is not None:
            self._show_result(matter)

    def case_answered(self, answer: CaseAnswered) -> None:
        """The platform's word on a case of this session; one that comes before the commit was heard waits."""
        session = self._stage.now.session
        handed = session.matter.handed if session is not None and session.matter is not None else None
        if handed is None or handed.case_id != answer.case_id:
            if session is not None:
                self._stage.now.early_answers[answer.case_id] = answer
            return
        handed.refused_code = answer.refused_code
        if answer.case_number:
            handed.case_number = answer.case_number
            if handed.state is CaseState.SAVED_HERE:
                handed.state = CaseState.SUBMITTED
        if self._stage.now.screen is Screen.PROGRESS and session is not None and session.matter is not None:
            self._show_result(session.matter)

    def tick(self) -> None:
        """Nobody waits on the progress screen longer than the promise."""
        session = self._stage.now.session
        matter = session.matter if session is not None else None
        if matter is None or matter.handed is None or self._stage.now.screen is not Screen.PROGRESS:
            return
        if self.waited_s(matter) >= WAIT_FOR_ANSWER_S:
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
            matter.failed_code = Errors.PROVINCE_UNREACHABLE.code
            self._stage.go(Screen.RESULT)

    def _show_result(self, matter: Matter) -> None:
        self._stage.arrive(Screen.RESULT)
        if matter.item.kind is ItemKind.FORM and SLIP in self._stage.now.capabilities:
            self.print_slip()

    # Slip

    def print_slip(self) -> None:
        """Orders the slip, bound to this session; a slip whose outcome is unknown is not printed again."""
        session, matter = self._stage.session, self._stage.matter
        if matter.handed is None or matter.slip in (SlipState.PRINTING, SlipState.DONE, SlipState.UNKNOWN):
            return
        matter.slip = SlipState.PRINTING
        matter.slip_code = ""
        aids = self._stage.now.aids
        self._stage.desk.print_slip(
            SlipOrder(
                session_id=session.session_id,
                item=matter.item,
                handed=replace(matter.handed),
                name=session.signed_in.identity.name if session.signed_in is not None else "",
                shown=_shown_answers(matter, aids.language.value),
                language=aids.language.value,
                large=aids.elder or aids.colours.value == "high_contrast",
            )
        )

    def slip_printed(self, printed: SlipPrinted) -> None:
        """What came of printing. Unknown is unknown."""
        session = self._stage.session
        matter = session.matter
        if matter is None:
            return
        if printed.done:
            matter.slip = SlipState.DONE
            session.paper_out = True
        else:
            matter.slip = SlipState.NOT_DONE if printed.known else SlipState.UNKNOWN
            session.paper_out = session.paper_out or not printed.known
            matter.slip_code = printed.error.code if printed.error is not None else ""

    def retry(self) -> None:
        """Tries again what was not handed in."""
        matter = self._stage.matter
        if matter.failed_code and matter.handed is None:
            if matter.result is None:
                self.hand_in(dict(matter.pending_answers))
            else:
                matter.failed_code = ""
                matter.waiting_since_s = self._stage.clock.monotonic_s()
                self._stage.go(Screen.PROGRESS)
                self._stage.desk.submit(replace(self._submission(matter), result=matter.result))


def _shown_answers(matter: Matter, language: str) -> dict[str, str]:
    """The answers as the check page showed them; what the authority looks up itself is no answer to print."""
    return {
        step.field: shown_value(step, matter.answers[step.field], language, matter.licence)
        for step in matter.item.steps
        if matter.answers.get(step.field, AUTHORITY_CHECKS) != AUTHORITY_CHECKS
    }
