"""One question at a time, then the check page: everything between sign-in and submission."""

from __future__ import annotations

from contract.answers import Identity
from contract.items import Item, LocalText, Step, StepWidget
from foundation.errors import Errors
from kiosk_app.matters.answering import (
    AUTHORITY_CHECKS,
    NO,
    YES,
    Value,
    checked_fields,
    identity_answers,
    identity_value,
    schema_problem,
    typed_key,
    typed_problem,
    typed_value,
)
from kiosk_app.terminal.answers import (
    AttachmentKept,
    DocumentTaken,
    DraftFound,
    LicenceAnswered,
)
from kiosk_app.terminal.capturing import Capturing
from kiosk_app.terminal.closing import Closing
from kiosk_app.terminal.own_cases import OwnCases
from kiosk_app.terminal.proving import Proving
from kiosk_app.terminal.resuming import ANEW, RESUME, Resuming, is_typed_secret
from kiosk_app.terminal.session import Capture, CitizenSession, Matter
from kiosk_app.terminal.situation import ROWS_ON_CHECK
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen
from kiosk_app.terminal.writing import Writing

_TYPED = (StepWidget.DIGITS, StepWidget.DATE, StepWidget.TEXT)


class Questioning:
    """The questions of a matter and the page that shows all answers before anything is submitted."""

    def __init__(
        self,
        stage: Stage,
        closing: Closing,
        capturing: Capturing,
        own_cases: OwnCases,
        resuming: Resuming,
        writing: Writing,
        proving: Proving,
    ) -> None:
        self._stage = stage
        self._proving = proving
        self._writing = writing
        self._resuming = resuming
        self._closing = closing
        self._capturing = capturing
        self._own_cases = own_cases

    def begin(self, at: Screen | None = None) -> None:
        """Asks the first question; goes straight to the check page when all was answered before.

        Who has applied for it already, where that is done once, is told so instead. Who was asked for more in
        between goes on ``at`` the page where she was; a question that asks the province asks it again.
        """
        matter = self._stage.matter
        if at is not None:
            if at is Screen.QUESTION:
                self._enter(matter.step_index)
            else:
                self._stage.arrive(at)
            return
        matter.failed_says = _blocked_from(self._stage.session, matter.item)
        if matter.failed_says is not None:
            self._closing.fail(Errors.MATTER_BLOCKED)
            return
        matter.earlier = self._stage.session.applied_before(matter.item)
        if matter.earlier is not None:
            self._stage.arrive(Screen.RESULT)
        elif not matter.item.steps or matter.pending_answers:
            self._stage.arrive(Screen.CHECK)
        elif not self._resuming.look(matter):
            self._enter(0)

    def draft_found(self, answer: DraftFound) -> None:
        """What was begun another time is offered; what the item asks no more is dropped, in words."""
        matter = self._resuming.found(answer)
        if matter is None:
            return
        outdated = matter.draft is not None and not matter.draft.fits(matter.item)
        if outdated:
            self._resuming.drop(matter)
        if matter.draft is not None:
            self._stage.arrive(Screen.QUESTION)
        else:
            self._enter(0)
            matter.problem = "question.draft_outdated" if outdated else ""

    def _choose_beginning(self, matter: Matter, value: str) -> None:
        """Goes on with what was begun another time, or begins anew."""
        if value == RESUME:
            self._resuming.take_up(matter)
            matter.step_index = -1
            self._go_to_next(matter)
        elif value == ANEW:
            self._resuming.drop(matter)
            self._enter(0)

    def _enter(self, index: int, *, forward: bool = True) -> None:
        matter = self._stage.matter
        self._writing.forget()
        matter.step_index = index
        matter.problem = ""
        answer = matter.answers.get(matter.step.field, "")
        matter.typed = self._typed(matter.step, answer) if isinstance(answer, str) else ""
        matter.capture = Capture() if matter.step.widget is StepWidget.CAPTURE else None
        self._stage.arrive(Screen.QUESTION, forward=forward)
        if matter.step.widget is StepWidget.OWN_CASE:
            self._own_cases.ask(matter)
        if matter.step.widget is StepWidget.LICENCE and matter.step.field not in matter.licences:
            self._ask_for_licence(matter)

    def _typed(self, step: Step, answer: str) -> str:
        """What stands in the field when a question is asked again: what was written, not what was chosen."""
        if step.widget is StepWidget.DATE:
            return answer.replace("-", "")
        if step.widget is StepWidget.TEXT and answer in self._writing.offered(step).values():
            return ""
        return answer if step.widget in _TYPED else ""

    def _ask_for_licence(self, matter: Matter) -> None:
        session, step = self._stage.session, matter.step
        province = session.province
        if province is None or not self._stage.now.connected or matter.licence_pending:
            return
        matter.licence_pending = step.field
        session.errands.send(
            LicenceAnswered,
            matter,
            lambda: self._stage.desk.fetch_licence(
                session.session_id, province, step.licence, matter.item.code
            ),
        )

    def licence_answered(self, answer: LicenceAnswered) -> None:
        """The licence library has answered; the question now shows what it said. No answer is no "no"."""
        matter = self._stage.session.errands.answered(LicenceAnswered)
        if matter is None:
            return
        if answer.error is None:
            matter.licences[matter.licence_pending] = answer.licence
        matter.licence_pending = ""
        if answer.licence is not None:
            self._stage.session.note(answer.licence.reference)
        if answer.error is Errors.SIGN_IN_EXPIRED:
            self._proving.ask_at(matter, StepWidget.LICENCE)

    def choose(self, value: str) -> None:
        """An option was chosen: one of a choice goes on by itself."""
        matter = self._stage.matter
        if matter.draft is not None:
            self._choose_beginning(matter, value)
            return
        step = matter.step
        matter.problem = ""
        offered = {option.value for option in step.options}
        if step.widget is StepWidget.CHOICE and value in offered:
            matter.answers[step.field] = value
            self._advance()
        elif step.widget is StepWidget.SEVERAL and value in offered:
            chosen = matter.answers.get(step.field, [])
            held = list(chosen) if isinstance(chosen, list) else []
            kept = [one for one in held if one != value] if value in held else [*held, value]
            if kept:
                matter.answers[step.field] = kept
            else:
                matter.answers.pop(step.field, None)
        elif step.widget is StepWidget.TEXT and value in self._writing.offered(step):
            matter.answers[step.field] = self._writing.offered(step)[value]
            self._advance()
        elif step.widget is StepWidget.CONFIRM:
            self._confirm(matter, value)
        elif step.widget is StepWidget.OWN_CASE:
            self._own_cases.choose(value)
        elif step.widget is StepWidget.LICENCE:
            self._use_licence(matter, value)
        elif step.widget is StepWidget.CAPTURE and self._capturing.choose(matter, value):
            self._advance()

    def _confirm(self, matter: Matter, value: str) -> None:
        signed_in = self._stage.session.signed_in
        if value == NO:
            matter.answers.pop(matter.step.field, None)
            matter.problem = "question.to_the_window"
        elif value == YES and signed_in is not None:
            source = matter.item.fields[matter.step.field].source
            matter.answers[matter.step.field] = identity_value(source, signed_in.identity)
            self._advance()

    def _use_licence(self, matter: Matter, value: str) -> None:
        if value == YES and matter.licence is not None:
            matter.answers[matter.step.field] = matter.licence.reference
            self._advance()
        elif value == AUTHORITY_CHECKS and matter.licence_pending != matter.step.field:
            matter.answers[matter.step.field] = AUTHORITY_CHECKS
            self._advance()

    def paper_answered(self, answer: DocumentTaken | AttachmentKept) -> None:
        """A paper was taken, or kept, or not; the next question is asked when this one is answered."""
        if isinstance(answer, DocumentTaken):
            self._capturing.taken(answer)
        elif self._capturing.kept(answer):
            self._advance()

    def key(self, key: str) -> None:
        """A key of the pad."""
        matter = self._stage.matter
        if matter.draft is None and matter.step.widget in _TYPED:
            if key == "clear":
                self._writing.forget()
            matter.typed = typed_key(matter.step, matter.typed, key)
            matter.problem = ""

    def go_on(self) -> None:
        """The primary action of a question: what stands there is the answer, if it fits."""
        matter = self._stage.matter
        step = matter.step
        if matter.draft is not None:
            return
        if step.widget in _TYPED and not self._writing.chosen_instead(matter):
            matter.problem = typed_problem(step, matter.typed)
            if matter.problem:
                return
            if matter.typed.strip():
                matter.answers[step.field] = typed_value(step, matter.typed)
                if is_typed_secret(step):
                    self._writing.note()
            else:
                matter.answers.pop(step.field, None)
        elif not step.optional and not matter.answers.get(step.field):
            matter.problem = "question.choose_one"
            return
        self._advance()

    def skip(self) -> None:
        """An optional question stays unanswered."""
        matter = self._stage.matter
        if matter.draft is None and matter.step.optional:
            matter.forget_paper()
            self._writing.forget()
            matter.answers.pop(matter.step.field, None)
            matter.typed = ""
            self._advance()

    def _advance(self) -> None:
        matter = self._stage.matter
        self._resuming.keep(matter)
        self._go_to_next(matter)

    def _go_to_next(self, matter: Matter) -> None:
        following = None if matter.changing else matter.next_step()
        if following is None:
            matter.changing = False
            self._stage.go(Screen.CHECK)
        else:
            self._enter(following)

    def back(self) -> None:
        """One page back, among the questions and from the check page; answers stay."""
        matter = self._stage.matter
        on_check = self._stage.now.screen is Screen.CHECK
        matter.capture = None
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
        shown = checked_fields(matter.item, self._identity(), matter.answers)
        last = max(0, -(-len(shown) // ROWS_ON_CHECK) - 1)
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
        """Hands in, unless an answer does not fit the item's schema: then its question is asked again.

        What the identity says has no question: the person is told that it cannot be put right here.
        """
        matter = self._stage.matter
        answers = self._all_answers()
        field = schema_problem(matter.item, answers)
        if not field:
            if not self._proving.holds_up(matter):
                self._closing.hand_in(answers)
        elif self._enter_field(field):
            matter.problem = "question.does_not_fit"
        else:
            self._closing.fail(Errors.ANSWER_NOT_ACCEPTED)

    def _all_answers(self) -> dict[str, Value]:
        """What the identity says by itself, and what the person answered."""
        matter = self._stage.matter
        return {**identity_answers(matter.item, self._identity()), **matter.answers}

    def _identity(self) -> Identity | None:
        signed_in = self._stage.session.signed_in
        return signed_in.identity if signed_in is not None else None


def _blocked_from(session: CitizenSession, item: Item) -> LocalText | None:
    """What to do instead, where the province wants this matter of this person done elsewhere."""
    blocked = (
        session.blocked.get(session.signed_in.identity.number) if session.signed_in is not None else None
    )
    return blocked.items.get(item.code) if blocked is not None else None
