"""Whatever people, devices, the province and time do, in any order: nothing raises, nothing untrue is shown.

The desk answers every call once, at any time: also long after the person who caused it has gone.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contract.items import StepWidget
from contract.rating_tags import tags_of
from contract.sets import Assurance, CaseState, OfflineRule, QueryOutcome, Satisfaction, reaches
from foundation.errors import ErrorCode, Errors, all_errors
from kiosk_app.matters.answering import AUTHORITY_CHECKS, NO, YES, schema_problem
from kiosk_app.terminal.answers import CaseAnswered, QueryAnswered
from kiosk_app.terminal.desk import Submission
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import (
    BatchChanged,
    CapabilitiesChanged,
    CardFound,
    CardGone,
    CardReading,
    CardTrouble,
    CodeReading,
    CodeTrouble,
    CodeUnwanted,
    OutOfServiceChanged,
)
from kiosk_app.terminal.views import Connection, FarewellView, QuestionView, ResultView, Screen, SlipState
from tests.fakes import desk as answers
from tests.fakes import items, telephone
from tests.fakes.calls import Call
from tests.fakes.desk import ScriptedDesk
from tests.fakes.kiosk import ALL_CAPABILITIES, OFFLINE_SINCE, SAM_NUMBER, Kiosk, secrets_left
from tests.fakes.people import MOBILE, OTHER_MOBILE, a_citizen, another_citizen

IDENTITY_FORM = items.a_form(
    "identity",
    items.a_step("address", "confirm"),
    items.a_step("register", "licence"),
    items.a_step("permit", "licence"),
    items.a_step("wishes", "several", optional=True),
    items.a_step("other", "digits", format="identity_number", allow_x=True, optional=True),
    items.a_step("since", "date", optional=True),
    sources={"address": "identity.address", "number": "identity.number", "register": "licence"},
    offline="submit",
    deadline_days=3,
)
BATCH = items.a_batch_of(*items.reference_batch().items, IDENTITY_FORM)
LATER_BATCH = items.a_batch_of(*items.reference_batch().items[:3], batch_id="tests.2")

NOBODY = (Screen.STARTING, Screen.ATTRACT, Screen.OUT_OF_SERVICE, Screen.FAREWELL)
ERRORS = all_errors()
CODES = sorted(ERRORS)
ARGUMENTS = [
    *(item.code for item in BATCH.items),
    *sorted({option.value for item in BATCH.items for step in item.steps for option in step.options}),
    *sorted({step.field for item in BATCH.items for step in item.steps}),
    *(level.value for level in Satisfaction),
    *(tags_of(Satisfaction.NEUTRAL)[:3]),
    *"0123456789X",
    "delete",
    "clear",
    YES,
    NO,
    AUTHORITY_CHECKS,
    "",
    "九" * 10_000,
]
FORWARD = {
    Screen.ATTRACT: [Wish.TOUCH],
    Screen.HOME: [Wish.CHOOSE_MATTER],
    Screen.GUIDE: [Wish.START, Wish.HELP_SOMEBODY],
    Screen.AGREEMENT: [Wish.AGREE],
    Screen.NOTICE: [Wish.AGREE],
    Screen.CHECK: [Wish.SUBMIT, Wish.TO_WINDOW],
    Screen.RESULT: [Wish.RETRY, Wish.FINISH],
    Screen.RATING: [Wish.SEND_RATING, Wish.ANOTHER_MATTER],
    Screen.HELP: [Wish.CLOSE_HELP, Wish.TO_WINDOW],
}
"""What a person who wants to get on taps."""
WANTED = [items.QUERY, items.OFFLINE_FORM, items.LICENCE_FORM, items.CALL_BACK, IDENTITY_FORM.code]
FIGURES = [MOBILE, OTHER_MOBILE, "20200229", "20210229", "11010519491231002X", "1", ""]


class AnyHistory(RuleBasedStateMachine):
    """One terminal, and everything that can happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = ScriptedDesk()
        self.kiosk = Kiosk(BATCH, self.desk)
        self.open: list[Call] = []
        self.heard = 0
        self.on_disk: dict[str, Submission] = {}
        self.numbered: set[str] = set()
        self.printed: set[str] = set()
        self.results: dict[str, tuple[str, Any]] = {}
        self.sessions: list[str] = []
        self.wiped: set[str] = set()
        self.unclean = False

    def says(self, message: Message) -> None:
        self.kiosk.says(message)
        self._listen()

    def _listen(self) -> None:
        new, self.heard = self.desk.calls[self.heard :], len(self.desk.calls)
        self.open += [call for call in new if call.name != "rate"]
        session = self.kiosk.situation.session
        if session is not None and session.session_id not in self.sessions:
            assert set(self.sessions) <= self.wiped, "the next person before the wipe"
            self.sessions.append(session.session_id)
        for call in new:
            if call.name == "submit" and not call.what.failed:  # what failed was answered by nobody
                self._may_submit(call.what)

    def _may_submit(self, submission: Submission) -> None:
        item = submission.item
        assert not (submission.offline and item.offline is not OfflineRule.SUBMIT)
        assert schema_problem(item, submission.answers) == ""
        if item.assurance is Assurance.ANONYMOUS:
            assert submission.signed_in is None
        else:
            assert submission.signed_in is not None
            assert reaches(submission.signed_in.assurance, item.assurance)
        waiting = [call for call in self.open if call.name == "submit"]
        assert len([call for call in waiting if call.session_id == submission.session_id]) == 1
        matter = self.kiosk.stage.matter
        assert matter.handed is None

    # A person

    @rule(wish=st.sampled_from(list(Wish)), argument=st.sampled_from(ARGUMENTS))
    def wishes(self, wish: Wish, argument: str) -> None:
        self.kiosk.tap(wish, argument)
        self._listen()

    @rule(wish=st.sampled_from(list(Wish)), argument=st.sampled_from(ARGUMENTS), late=st.integers(1, 5))
    def taps_what_has_gone(self, wish: Wish, argument: str, late: int) -> None:
        self.kiosk.tap(wish, argument, serial=max(0, self.kiosk.view.serial - late))
        self._listen()

    @rule(code=st.sampled_from(WANTED), steps=st.integers(1, 25))
    def things_go_well(self, code: str, steps: int) -> None:
        """So many steps forward: the person does what the screen asks for, and everything works."""
        for _ in range(steps):
            if self.open:
                self._answer(self.open.pop(0), mood=3, error=Errors.STORE_BUSY)
            else:
                self._goes_forward(code)

    def _goes_forward(self, code: str) -> None:
        kiosk = self.kiosk
        if kiosk.screen is Screen.SIGN_IN:
            self.says(CardGone())
            kiosk.lay_card()
        elif kiosk.screen is Screen.QUESTION:
            self._answers(0, MOBILE)
        elif kiosk.screen is Screen.RATING and not kiosk.rating.can_send and not kiosk.rating.thanked:
            kiosk.tap(Wish.RATE, Satisfaction.NEUTRAL.value)
        elif kiosk.screen is Screen.OUT_OF_SERVICE:
            self.says(OutOfServiceChanged(None, OFFLINE_SINCE))
        elif kiosk.screen in FORWARD:
            for wish in FORWARD[kiosk.screen]:
                kiosk.tap(wish, code)
        else:
            kiosk.wait(70, tick_s=35)
        self._listen()

    @rule(choice=st.integers(0, 5), figures=st.sampled_from(FIGURES))
    @precondition(lambda self: self.kiosk.screen is Screen.QUESTION)
    def answers(self, choice: int, figures: str) -> None:
        self._answers(choice, figures)

    def _answers(self, choice: int, figures: str) -> None:
        question = self.kiosk.question
        if question.options:
            self.kiosk.tap(Wish.CHOOSE, question.options[choice % len(question.options)].value)
        else:
            self.kiosk.tap(Wish.KEY, "clear")
            self.kiosk.enter(figures)
        if self.kiosk.screen is Screen.QUESTION:
            self.kiosk.tap(Wish.GO_ON)
        if self.kiosk.screen is Screen.QUESTION and self.kiosk.question.problem:
            self.kiosk.tap(Wish.SKIP)
        self._listen()

    @rule()
    @precondition(lambda self: self.kiosk.screen is Screen.CHECK)
    def submits_twice(self) -> None:
        serial = self.kiosk.view.serial
        self.kiosk.tap(Wish.SUBMIT, serial=serial)
        self.kiosk.tap(Wish.SUBMIT, serial=serial)
        self._listen()

    @rule(wish=st.sampled_from([Wish.FINISH, Wish.ANOTHER_MATTER, Wish.RETRY, Wish.PRINT, Wish.OTHER_WAY]))
    @precondition(lambda self: self.kiosk.screen in (Screen.RESULT, Screen.RATING, Screen.PROGRESS))
    def goes_on(self, wish: Wish) -> None:
        self.kiosk.tap(wish)
        self._listen()

    # Devices

    @rule(companion=st.booleans())
    def card_is_read(self, companion: bool) -> None:
        self.says(CardFound())
        if self.desk.reading_allowed:
            citizen = another_citizen() if companion else a_citizen()
            self.says(CardReading(citizen, SAM_NUMBER, "2026-11-21T02:10:00.000Z"))

    @rule(code=st.sampled_from(CODES))
    def device_is_in_trouble(self, code: str) -> None:
        error = ERRORS[code]
        self.says(CardTrouble(error) if code.startswith("CARD") else CodeTrouble(error))

    @rule(
        message=st.sampled_from(
            [CardGone(), CardFound(), CardFound(left_behind=True), CodeReading(b"code"), CodeUnwanted()]
        )
    )
    def device_says(self, message: Message) -> None:
        self.says(message)

    # The world

    @rule(connection=st.sampled_from([*Connection, Connection.CONNECTED]))
    def connection_changes(self, connection: Connection) -> None:
        self.kiosk.connection(connection)
        self._listen()

    @rule(lost=st.sampled_from(["", "", "card", "code", "slip"]), demonstration=st.booleans())
    def devices_come_and_go(self, lost: str, demonstration: bool) -> None:
        self.says(CapabilitiesChanged(ALL_CAPABILITIES - {lost}, demonstration))

    @rule(later=st.booleans())
    def another_batch_is_in_force(self, later: bool) -> None:
        self.says(BatchChanged(LATER_BATCH if later else BATCH))

    @rule(code=st.sampled_from(["", "", "", "STOR-004"]))
    def may_or_must_not_serve(self, code: str) -> None:
        self.says(OutOfServiceChanged(ERRORS[code] if code else None, OFFLINE_SINCE))

    @rule(seconds=st.sampled_from([0.5, 3.0, 9.0, 11.0, 61.0]))
    def time_passes(self, seconds: float) -> None:
        self.kiosk.wait(seconds, tick_s=seconds / 2)
        self._listen()

    # What the desk says

    @rule(which=st.integers(0, 50), mood=st.integers(0, 3), code=st.sampled_from(CODES))
    @precondition(lambda self: bool(self.open))
    def desk_answers(self, which: int, mood: int, code: str) -> None:
        self._answer(self.open.pop(which % len(self.open)), mood, ERRORS[code])

    def _answer(self, call: Call, mood: int, error: ErrorCode) -> None:
        session, farewell = self.kiosk.situation.session, self.kiosk.situation.farewell
        stale = session is None or session.session_id != call.session_id
        if call.name == "end_session" or (call.name == "print_slip" and farewell is not None):
            stale = False  # late paper has to be taken along
        before = self.kiosk.view
        for message in self._said_by_desk(call, mood, error):
            self.says(message)
        if stale:
            assert self.kiosk.view == before, "an answer to somebody who has gone"

    @rule()
    @precondition(lambda self: any(call.name == "end_session" for call in self.open))
    def wipe_ends_clean(self) -> None:
        call = next(call for call in self.open if call.name == "end_session")
        self.open.remove(call)
        self.wiped.add(call.session_id)
        self.says(answers.wiped(call))

    def _said_by_desk(self, call: Call, mood: int, error: ErrorCode) -> list[Message]:
        if call.name.startswith("sign_in"):
            return [answers.signed_in(call) if mood else answers.not_signed_in(call, error)]
        if call.name in ("make_challenge", "await_telephone"):
            return [telephone.of_the_telephone(call, mood)]
        if call.name == "fetch_licence":
            return [
                answers.licence_found(call) if mood > 1 else answers.no_licence(call, [None, error][mood])
            ]
        if call.name == "query":
            return [self._query_answer(call, mood, error)]
        if call.name == "submit":
            return self._commit(call, mood, error)
        if call.name == "print_slip":
            if mood > 1:
                self.printed.add(call.what.handed.case_id)
            return [
                [answers.perhaps_printed(call), answers.not_printed(call, error), answers.printed(call)][
                    min(mood, 2)
                ]
            ]
        if mood:
            self.wiped.add(call.session_id)
        else:
            self.unclean = True
        return [answers.wiped(call, clean=bool(mood))]

    def _query_answer(self, call: Call, mood: int, error: ErrorCode) -> Message:
        if mood == 0:
            return answers.not_found(call, error)
        result = answers.result_of(call, list(QueryOutcome)[mood - 1])
        self.results[str(result.explanation)] = (call.session_id, call.what)
        return QueryAnswered(call.session_id, result, None)

    def _commit(self, call: Call, mood: int, error: ErrorCode) -> list[Message]:
        if mood == 0:
            return [answers.not_committed(call, error)]
        self.on_disk[call.case_id] = call.what
        later: CaseAnswered = answers.refused(call, error.code) if mood == 1 else answers.numbered(call)
        if mood == 1:
            return [answers.committed(call), later]
        self.numbered.add(call.case_id)
        return [answers.committed(call), later] if mood == 2 else [later, answers.committed(call)]

    # What must hold at every moment

    @invariant()
    def nobody_is_left_behind(self) -> None:
        ended = [call.session_id for call in self.desk.named("end_session")]
        session = self.kiosk.situation.session
        assert ended == self.sessions[: len(ended)], "every session ends once, in order"
        assert len(self.sessions) - len(ended) == (0 if session is None else 1)
        if session is None:
            assert not secrets_left(self.kiosk)
            assert self.kiosk.screen in NOBODY
            assert self.kiosk.view.top.signed_in_as == ""
        else:
            assert self.kiosk.screen not in NOBODY
        body = self.kiosk.view.body
        if isinstance(body, FarewellView):
            assert not body.cleared or self.sessions[-1] in self.wiped
        if self.unclean:
            assert self.desk.replaced
            assert session is None

    @invariant()
    def whoever_answers_questions_is_known_well_enough(self) -> None:
        session = self.kiosk.situation.session
        if session is None or self.kiosk.screen not in (Screen.QUESTION, Screen.CHECK, Screen.PROGRESS):
            return
        item = self.kiosk.stage.matter.item
        if item.assurance is not Assurance.ANONYMOUS:
            assert session.signed_in is not None
            assert reaches(session.signed_in.assurance, item.assurance)

    @invariant()
    def the_licence_is_the_one_that_was_asked_for(self) -> None:
        body = self.kiosk.view.body
        if not isinstance(body, QuestionView):
            return
        step = self.kiosk.stage.matter.step
        if step.widget is StepWidget.LICENCE and body.facts:
            assert body.facts[0].label in (f"证照{step.licence}", f"Licence {step.licence}")

    @invariant()
    def the_result_says_what_is_so(self) -> None:
        body = self.kiosk.view.body
        if not isinstance(body, ResultView):
            return
        handed, earlier = self.kiosk.stage.matter.handed, self.kiosk.stage.matter.earlier
        if handed is None and earlier is not None:
            assert body.receipt_number.replace(" ", "") == earlier.receipt_number
            return
        if handed is None:
            assert body.tone == "attention"
            assert not body.receipt_number
            assert not body.state
            assert body.slip is SlipState.NONE
            return
        submission = self.on_disk[handed.case_id]
        assert submission.session_id == self.sessions[-1]
        assert submission.item.title.read(self.kiosk.view.aids.language.value) == body.matter
        if body.state in (CaseState.SUBMITTED.zh, CaseState.SUBMITTED.en) or body.case_number:
            assert handed.case_id in self.numbered
        if body.slip is SlipState.DONE:
            assert handed.case_id in self.printed
        if handed.query is not None:
            session_id, asked = self.results[str(handed.query.explanation)]
            assert session_id == submission.session_id
            assert asked == (submission.item.code, submission.answers)


TestAnyHistory = pytest.mark.timeout(300)(AnyHistory.TestCase)  # a failure takes its time to be made small
TestAnyHistory.settings = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
