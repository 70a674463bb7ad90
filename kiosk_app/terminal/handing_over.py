"""到窗口接着办: whoever cannot finish here takes the form along, and a window goes on with it.

It is sealed to the province and committed like a case, goes when the line allows, and is none: the page says
that nothing was handed in. The number and the signed code stand on the screen in any case, printed or not.
"""

from __future__ import annotations

from contract.sets import CaseState, ItemKind
from kiosk_app.terminal.answers import CaseAnswered, CaseCommitted
from kiosk_app.terminal.desk import ForWindow, Submission
from kiosk_app.terminal.papers import Papers
from kiosk_app.terminal.session import CitizenSession, Handed, Matter
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen

_FROM = (Screen.QUESTION, Screen.CHECK, Screen.RESULT)
"""The pages, also behind the help, where something was filled in and nothing is under way."""


class HandingOver:
    """The part of the conversation that ends at a window."""

    def __init__(self, stage: Stage, papers: Papers) -> None:
        self._stage = stage
        self._papers = papers

    def hand_over(self) -> None:
        """Seals and commits what was filled in; once, and never beside a submission that is under way."""
        now, session = self._stage.now, self._stage.session
        matter = session.matter
        if matter is None or self._stage.page not in _FROM or not may_hand_over(session):
            return
        next_field = matter.step.field if self._stage.page is Screen.QUESTION else ""
        order = Submission(
            session_id=session.session_id,
            item=matter.item,
            batch_id=matter.batch_id,
            signed_in=session.signed_in,
            answers=dict(matter.answers),
            notice_version=session.notice_version,
            started_at=matter.started_at,
            offline=not now.connected,
            for_window=ForWindow(next_field),
        )
        now.help_from = None
        matter.failed_code = ""
        matter.waiting_since_s = self._stage.clock.monotonic_s()
        self._stage.go(Screen.PROGRESS)
        session.errands.send(CaseCommitted, matter, lambda: self._stage.desk.submit(order))

    def committed(self, commit: CaseCommitted) -> None:
        """It is on the disk, and not before: the slip is printed, and its number and code are shown."""
        session = self._stage.session
        matter = session.errands.answered(CaseCommitted)
        if matter is None or matter is not session.matter:
            return
        if commit.error is not None:
            matter.failed_code = commit.error.code
            self._stage.arrive(Screen.RESULT)
            return
        session.drafts.pop(matter.item.code, None)
        matter.for_window = Handed(
            case_id=commit.case_id,
            receipt_number=commit.receipt_number,
            service_id="",
            state=CaseState.SAVED_HERE,
            deadline=commit.deadline,
            code=commit.code,
            for_window=True,
        )
        early = self._stage.now.early_answers.pop(commit.case_id, None)
        if early is not None:
            self.answered(early)
        self._stage.arrive(Screen.RESULT)
        self._papers.offer(matter)

    def answered(self, answer: CaseAnswered) -> None:
        """The province has it, or will not take it: then it is not said that a window can go on."""
        session = self._stage.now.session
        matter = session.matter if session is not None else None
        if matter is None or matter.for_window is None or matter.for_window.case_id != answer.case_id:
            return
        if answer.refused_code:
            matter.for_window = None
            matter.failed_code = answer.refused_code
        else:
            matter.for_window.state = CaseState.SUBMITTED


def may_hand_over(session: CitizenSession | None) -> bool:
    """Whether there is a form that a window can go on with: of somebody who is known, and not handed in."""
    matter = session.matter if session is not None else None
    if (
        session is None
        or matter is None
        or session.signed_in is None
        or matter.item.kind is not ItemKind.FORM
    ):
        return False
    begun = matter.draft is None and matter.earlier is None and (matter.reached > 0 or bool(matter.answers))
    return begun and _is_open(matter) and not session.errands.under_way(CaseCommitted, matter)


def _is_open(matter: Matter) -> bool:
    return matter.handed is None and matter.for_window is None
