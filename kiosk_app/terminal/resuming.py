"""A form that was begun: kept answer by answer, and offered to the same person when she signs in again.

Kept where the item and the notice that she agreed to allow it. So it does not matter how a session ends, by
her own wish, by idleness, by a fault or by a cut cable: what was kept is on the disk already.
"""

from __future__ import annotations

from contract.items import Step, StepWidget
from kiosk_app.matters.drafting import draft_of
from kiosk_app.terminal.answers import DraftFound, DraftKept
from kiosk_app.terminal.session import Matter
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen, Way

RESUME = "resume"
ANEW = "anew"
"""What is done with what was begun: go on with it, or begin anew; then it is erased."""


class Resuming:
    """The part of the conversation about what was begun another time."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def look(self, matter: Matter) -> bool:
        """Looks for what was begun, if it can be; true while the answer is awaited."""
        session, person = self._stage.session, self._person()
        if not matter.draft_days or not person or matter.answers:
            return False
        if not session.errands.under_way(DraftFound, matter):
            if self._stage.page is Screen.SIGN_IN:  # nobody signs in a second time meanwhile
                session.sign_in.work(
                    session.signed_in.way if session.signed_in is not None else Way.CARD, "sign_in.opening"
                )
            session.errands.send(
                DraftFound,
                matter,
                lambda: self._stage.desk.drafts.find(session.session_id, person, matter.item.code),
            )
        return True

    def found(self, answer: DraftFound) -> Matter | None:
        """The matter that goes on now, with a draft to be offered or none; None when it was left."""
        session = self._stage.session
        matter = session.errands.answered(DraftFound)
        if session.sign_in.advice == "sign_in.opening":
            session.sign_in.wait()
        if matter is None or matter is not session.matter:
            return None
        matter.draft = answer.draft
        if answer.draft is not None:
            for step in matter.item.steps:
                kept = answer.draft.answers.get(step.field)
                own = step.widget is StepWidget.TEXT and self._stage.now.has_words(str(kept))
                if isinstance(kept, str) and is_typed_secret(step) and not own:
                    session.note(kept)
        return matter

    def drop(self, matter: Matter) -> None:
        """What was begun is erased: the person begins anew."""
        matter.draft = None
        self._stage.session.drafts.pop(matter.item.code, None)
        self._stage.desk.drafts.forget(self._person(), matter.item.code)

    def take_up(self, matter: Matter) -> None:
        """What was begun is what this matter goes on with."""
        draft, matter.draft = matter.draft, None
        if draft is not None:
            matter.answers = dict(draft.answers)
            matter.reached = draft.reached
            matter.passed = draft.passed(matter.item)

    def keep(self, matter: Matter) -> None:
        """What was answered so far goes to the disk, where that is allowed."""
        session, person = self._stage.session, self._person()
        matter.reached = max(matter.reached, matter.step_index + 1)
        draft = draft_of(matter.item, matter.answers, matter.reached)
        if matter.draft_days and person and draft is not None:
            self._stage.desk.drafts.keep(
                session.session_id, person, matter.item.code, draft, matter.draft_days
            )

    def kept(self, answer: DraftKept) -> None:
        """It is on the disk; or it is not, and then nothing is promised."""
        drafts = self._stage.session.drafts
        drafts.pop(answer.item_code, None)
        if answer.until:
            drafts[answer.item_code] = answer.until

    def _person(self) -> str:
        signed_in = self._stage.session.signed_in
        return signed_in.identity.number if signed_in is not None else ""


def is_typed_secret(step: Step) -> bool:
    """Whether what is typed must not be found in memory; a day is anybody's: the item itself may name it."""
    return step.widget in (StepWidget.DIGITS, StepWidget.TEXT)
