"""One question at a time, then the check page: everything between sign-in and submission."""

from __future__ import annotations

from contract.items import StepWidget
from kiosk_app.matters.answering import (
    AUTHORITY_CHECKS,
    NO,
    YES,
    Value,
    identity_answers,
    identity_value,
    schema_problem,
    typed_key,
    typed_problem,
    typed_value,
)
from kiosk_app.terminal.closing import Closing
from kiosk_app.terminal.messages import LicenceAnswered
from kiosk_app.terminal.session import Matter
from kiosk_app.terminal.situation import ROWS_ON_CHECK
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen

_TYPED = (StepWidget.DIGITS, StepWidget.DATE)


class Questioning:
    """The questions of a matter and the page that shows all answers before anything is submitted."""

    def __init__(self, stage: Stage, closing: Closing) -> None:
        self._stage = stage
        self._closing = closing

    def begin(self) -> None:
        """Asks the first question, or goes straight to the check page when there is none."""
        if self._stage.matter.item.steps:
            self._enter(0)
        else:
            self._stage.go(Screen.CHECK)

    def _enter(self, index: int, *, forward: bool = True) -> None:
        matter = self._stage.matter
        matter.step_index = index
        matter.problem = ""
        answer = matter.answers.get(matter.step.field, "")
        typed = isinstance(answer, str) and matter.step.widget in _TYPED
        matter.typed = str(answer).replace("-", "") if typed else ""
        self._stage.go(Screen.QUESTION, forward=forward)
        if matter.step.widget is StepWidget.LICENCE and not matter.licence_asked:
            self._ask_for_licence(matter)

    def _ask_for_licence(self, matter: Matter) -> None:
        session = self._stage.session
        province = session.province
        if province is not None and self._stage.now.connected:
            matter.licence_asked = True
            matter.licence_pending = True
            self._stage.desk.fetch_licence(
                session.session_id, province, matter.step.licence, matter.item.code
            )

    def licence_answered(self, answer: LicenceAnswered) -> None:
        """The licence library has answered; the question now shows what it said."""
        matter = self._stage.session.matter
        if matter is not None:
            matter.licence = answer.licence
            matter.licence_pending = False
            if answer.licence is not None:
                self._stage.session.note(answer.licence.reference)

    def choose(self, value: str) -> None:
        """An option was chosen: one of a choice goes on by itself."""
        matter = self._stage.matter
        step = matter.step
        matter.problem = ""
        offered = {option.value for option in step.options}
        if step.widget is StepWidget.CHOICE and value in offered:
            matter.answers[step.field] = value
            self._advance()
        elif step.widget is StepWidget.SEVERAL and value in offered:
            chosen = matter.answers.get(step.field, [])
            held = list(chosen) if isinstance(chosen, list) else []
            matter.answers[step.field] = (
                [one for one in held if one != value] if value in held else [*held, value]
            )
        elif step.widget is StepWidget.CONFIRM:
            self._confirm(matter, value)
        elif step.widget is StepWidget.LICENCE:
            self._use_licence(matter, value)

    def _confirm(self, matter: Matter, value: str) -> None:
        signed_in = self._stage.session.signed_in
        if value == NO:
            matter.problem = "question.to_the_window"
        elif value == YES and signed_in is not None:
            source = matter.item.fields[matter.step.field].source
            matter.answers[matter.step.field] = identity_value(source, signed_in.identity)
            self._advance()

    def _use_licence(self, matter: Matter, value: str) -> None:
        if value == YES and matter.licence is not None:
            matter.answers[matter.step.field] = matter.licence.reference
            self._advance()
        elif value == AUTHORITY_CHECKS and not matter.licence_pending:
            matter.answers[matter.step.field] = AUTHORITY_CHECKS
            self._advance()

    def key(self, key: str) -> None:
        """A key of the pad."""
        matter = self._stage.matter
        if matter.step.widget in _TYPED:
            matter.typed = typed_key(matter.step, matter.typed, key)
            matter.problem = ""

    def go_on(self) -> None:
        """The primary action of a question: what stands there is the answer, if it fits."""
        matter = self._stage.matter
        step = matter.step
        if step.widget in _TYPED:
            matter.problem = typed_problem(step, matter.typed)
            if matter.problem:
                return
            if matter.typed:
                matter.answers[step.field] = typed_value(step, matter.typed)
                self._stage.session.note(matter.typed)
            else:
                matter.answers.pop(step.field, None)
        elif not step.optional and not matter.answers.get(step.field):
            matter.problem = "question.choose_one"
            return
        self._advance()

    def skip(self) -> None:
        """An optional question stays unanswered."""
        matter = self._stage.matter
        if matter.step.optional:
            matter.answers.pop(matter.step.field, None)
            matter.typed = ""
            self._advance()

    def _advance(self) -> None:
        matter = self._stage.matter
        if matter.changing or matter.step_index + 1 >= len(matter.item.steps):
            matter.changing = False
            self._stage.go(Screen.CHECK)
        else:
            self._enter(matter.step_index + 1)

    def back(self) -> None:
        """One page back, among the questions and from the check page; answers stay."""
        matter = self._stage.matter
        on_check = self._stage.now.screen is Screen.CHECK
        if not on_check and matter.changing:
            matter.changing = False
            self._stage.go(Screen.CHECK, forward=False)
        elif on_check and matter.item.steps:
            self._enter(len(matter.item.steps) - 1, forward=False)
        elif not on_check and matter.step_index > 0:
            self._enter(matter.step_index - 1, forward=False)
        else:
            self._stage.session.matter = None
            self._stage.go(Screen.GUIDE, forward=False)

    def turn_check(self, by: int) -> None:
        """Pages the check page."""
        matter = self._stage.matter
        last = max(0, -(-len(matter.item.fields) // ROWS_ON_CHECK) - 1)
        page = min(max(matter.check_page + by, 0), last)
        if page != matter.check_page:
            matter.check_page = page
            self._stage.go(Screen.CHECK, forward=by > 0)

    def change(self, field: str) -> None:
        """Goes to the question of one answer; going on from there returns to the check page."""
        self._enter_field(field)

    def _enter_field(self, field: str) -> bool:
        for index, step in enumerate(self._stage.matter.item.steps):
            if step.field == field:
                self._stage.matter.changing = True
                self._enter(index, forward=False)
                return True
        return False

    def submit(self) -> None:
        """Hands in, unless an answer does not fit the item's schema: then its question is asked again."""
        matter = self._stage.matter
        answers = self.all_answers()
        field = schema_problem(matter.item, answers)
        if field and self._enter_field(field):
            matter.problem = "question.does_not_fit"
        else:
            self._closing.hand_in(answers)

    def all_answers(self) -> dict[str, Value]:
        """What the identity says by itself, and what the person answered."""
        session, matter = self._stage.session, self._stage.matter
        identity = session.signed_in.identity if session.signed_in is not None else None
        return {**identity_answers(matter.item, identity), **matter.answers}
