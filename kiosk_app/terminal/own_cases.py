"""我的办件: what the signed-in person has handed in before, here or elsewhere, and its slip once more."""

from __future__ import annotations

from contract.items import StepWidget
from foundation.errors import Errors
from kiosk_app.terminal.answers import CasesAnswered
from kiosk_app.terminal.proving import Proving
from kiosk_app.terminal.session import Handed, Matter
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen


class OwnCases:
    """The part of the conversation about a step that is answered by one of the person's own cases."""

    def __init__(self, stage: Stage, proving: Proving) -> None:
        self._stage = stage
        self._proving = proving

    def ask(self, matter: Matter) -> None:
        """Asks the province for the cases, unless they are known or asked for already."""
        session = self._stage.session
        province = session.province
        if province is None or matter.own_cases is not None:
            return
        if not session.errands.under_way(CasesAnswered, matter):
            session.errands.send(
                CasesAnswered, matter, lambda: self._stage.desk.list_cases(session.session_id, province)
            )

    def answered(self, answer: CasesAnswered) -> None:
        """The province's list. No answer is not an empty list, and a sign-in that has ended is renewed."""
        matter = self._stage.session.errands.answered(CasesAnswered)
        if matter is None or matter.item.steps[matter.step_index].widget is not StepWidget.OWN_CASE:
            return
        matter.own_cases = answer.cases
        matter.own_cases_failed = answer.error.code if answer.error is not None else ""
        if answer.error is Errors.SIGN_IN_EXPIRED:
            self._proving.ask_at(matter, StepWidget.OWN_CASE)

    def choose(self, case_id: str) -> None:
        """Shows one case as it stands, and its slip to print again. Nothing is handed in, nothing rated."""
        now, matter = self._stage.now, self._stage.matter
        own = next((one for one in matter.own_cases or () if one.case.case_id == case_id), None)
        if own is None:
            return
        item = now.batch.find(own.case.item_code) if now.batch is not None else None
        shown = Matter(item or matter.item, batch_id=matter.batch_id, started_at=matter.started_at)
        shown.handed = Handed(
            case_id=own.case.case_id,
            receipt_number=own.case.receipt_number,
            service_id="",
            state=own.case.state,
            case_number=own.case.case_no,
            hear_by=own.case.hear_by,
            code=own.code,
            again=True,
        )
        self._stage.session.matter = shown
        self._stage.go(Screen.RESULT)
