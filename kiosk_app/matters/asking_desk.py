"""What asks the province on behalf of the person who is there, in threads of its own, answered by messages.

Nothing that belongs to a person waits for another one: when she leaves, what is under way is broken off.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from contract.answers import (
    CaseList,
    ChallengeAnswer,
    Identity,
    LicenceAnswer,
    Nothing,
    QueryResult,
    SignInChallenge,
    SocialCardHolder,
)
from contract.answers import CitizenSession as ProvinceSession
from contract.delegation import HelpAsked
from contract.items import Item
from contract.session import Wiped
from contract.sets import Relation, WipedPart, WipeOutcome
from foundation.clock import parse_rfc3339
from foundation.errors import ErrorCode, Errors
from kiosk_app.matters.answering import Value
from kiosk_app.matters.recording import CaseRecorder
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.outcomes import Answered, Outcome
from kiosk_app.terminal.answers import (
    CasesAnswered,
    ChallengeMade,
    DelegationAnswered,
    LicenceAnswered,
    OwnCase,
    QueryAnswered,
    SignInAnswered,
    SocialCardCompared,
    TelephoneAnswered,
)
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.views import Way

log = logging.getLogger("dianxiaoer.desk")

_BUG_WHEN_ASKING = Errors.PROVINCE_NOT_UNDERSTOOD
"""What a person is told when we ourselves could not make sense of an answer."""
_CALLS_MAY_TAKE_S = 1.0
"""How long a person's last calls, the sign-out among them, have before they are broken off."""
_CASES_SHOWN = 20
_TELEPHONE_WAIT_S = 3
"""How long one question about the telephone is held back: another one follows, while the code is shown."""
_INTERRUPTIONS = 3


class AskingDesk:
    """A :class:`kiosk_app.terminal.desk.ProvinceDesk` over ``client``, which asks for nobody else."""

    def __init__(
        self, client: ProvinceClient, recorder: CaseRecorder, post: Callable[[Message], None]
    ) -> None:
        self._client = client
        self._recorder = recorder
        self._post = post
        self._calls: list[Future[None]] = []
        self._asking = ThreadPoolExecutor(3, "desk-asking")

    def sign_in_by_card(
        self,
        session_id: str,
        identity: Identity,
        sam_number: str,
        read_at: str,
        beside: ProvinceSession | None,
    ) -> None:
        moment = parse_rfc3339(read_at)

        def ask() -> Message:
            outcome = self._client.sign_in_by_card(identity, sam_number, moment, beside)
            return _signed_in(session_id, outcome, Way.CARD)

        self._answer(self._asking, ask, SignInAnswered(session_id, Way.CARD, None, _BUG_WHEN_ASKING))

    def sign_in_by_code(self, session_id: str, payload: bytes, beside: ProvinceSession | None) -> None:
        def ask() -> Message:
            return _signed_in(session_id, self._client.sign_in_by_code(payload, beside), Way.CODE)

        self._answer(self._asking, ask, SignInAnswered(session_id, Way.CODE, None, _BUG_WHEN_ASKING))

    def make_challenge(self, session_id: str, helper: ProvinceSession | None, asked: HelpAsked) -> None:
        def ask() -> Message:
            outcome: Outcome[SignInChallenge] = self._client.telephone.challenge(helper, asked)
            challenge = outcome.value if isinstance(outcome, Answered) else None
            return ChallengeMade(session_id, challenge, _error(outcome))

        self._answer(self._asking, ask, ChallengeMade(session_id, None, _BUG_WHEN_ASKING))

    def await_telephone(self, session_id: str, challenge_id: str, beside: ProvinceSession | None) -> None:
        def ask() -> Message:
            outcome: Outcome[ChallengeAnswer] = self._client.telephone.confirmed(
                challenge_id, _TELEPHONE_WAIT_S, beside
            )
            if not isinstance(outcome, Answered):
                return TelephoneAnswered(session_id, challenge_id, None, error=outcome.error)
            return TelephoneAnswered(session_id, challenge_id, outcome.value.state, outcome.value.session)

        self._answer(self._asking, ask, TelephoneAnswered(session_id, challenge_id, None))

    def delegate(
        self,
        session_id: str,
        helper: ProvinceSession,
        person: ProvinceSession,
        relation: Relation,
        item_code: str,
        agreed_at: str,
    ) -> None:
        def ask() -> Message:
            outcome = self._client.delegations.agree(helper, person, relation, item_code, agreed_at)
            delegation = outcome.value if isinstance(outcome, Answered) else None
            return DelegationAnswered(session_id, delegation, _error(outcome))

        self._answer(self._asking, ask, DelegationAnswered(session_id, None, _BUG_WHEN_ASKING))

    def compare_social_card(
        self, answer: SignInAnswered, province: ProvinceSession, holder: SocialCardHolder
    ) -> None:
        def ask() -> Message:
            outcome: Outcome[Nothing] = self._client.social_card.same_person(province, holder)
            return SocialCardCompared(answer, _error(outcome))

        self._answer(self._asking, ask, SocialCardCompared(answer, _BUG_WHEN_ASKING))

    def fetch_licence(self, session_id: str, province: ProvinceSession, kind: str, item_code: str) -> None:
        def ask() -> Message:
            outcome: Outcome[LicenceAnswer] = self._client.licence(province, kind, item_code)
            licence = outcome.value.licence if isinstance(outcome, Answered) else None
            return LicenceAnswered(session_id, licence, _error(outcome))

        self._answer(self._asking, ask, LicenceAnswered(session_id, None, _BUG_WHEN_ASKING))

    def query(
        self, session_id: str, province: ProvinceSession | None, item: Item, answers: dict[str, Value]
    ) -> None:
        if province is None:
            self._post(QueryAnswered(session_id, None, Errors.PROVINCE_UNREACHABLE))
            return

        def ask() -> Message:
            outcome: Outcome[QueryResult] = self._client.query(province, item.code, answers)
            result = outcome.value if isinstance(outcome, Answered) else None
            return QueryAnswered(session_id, result, _error(outcome))

        self._answer(self._asking, ask, QueryAnswered(session_id, None, _BUG_WHEN_ASKING))

    def list_cases(self, session_id: str, province: ProvinceSession) -> None:
        def ask() -> Message:
            outcome: Outcome[CaseList] = self._client.cases(province)
            if not isinstance(outcome, Answered):
                return CasesAnswered(session_id, None, outcome.error)
            newest = [case for case in outcome.value.cases if case.receipt_number][:_CASES_SHOWN]
            own = tuple(OwnCase(case, self._recorder.slip_code(case)) for case in newest)
            return CasesAnswered(session_id, own, None)

        self._answer(self._asking, ask, CasesAnswered(session_id, None, _BUG_WHEN_ASKING))

    def sign_out(self, province: ProvinceSession) -> None:
        self._do(self._asking, SignOut(self._client, province))

    def _leave(self, provinces: list[ProvinceSession]) -> list[SignOut]:
        """Signs out whoever is signed in; what came of it is known when their last calls have ended."""
        leaving = []
        while provinces:
            leaving.append(SignOut(self._client, provinces.pop()))
            self._do(self._asking, leaving[-1])
        return leaving

    def _let_go_of(self, calls: list[Future[None]]) -> None:
        """Returns when nobody asks the province any more on behalf of the person who has left."""
        for _ in range(_INTERRUPTIONS):
            if not wait(calls, _CALLS_MAY_TAKE_S).not_done:
                return
            self._client.interrupt()
        log.error("a call to the province did not end")

    def _answer(self, executor: ThreadPoolExecutor, work: Callable[[], Message], instead: Message) -> None:
        """Posts exactly one answer: that of ``work``, or ``instead`` when it meets a bug."""

        def answer() -> None:
            try:
                message = work()
            except Exception as bug:  # noqa: BLE001  # whoever asked is waiting for an answer
                log.error("the desk met a bug: %s", type(bug).__name__)
                message = instead
            self._post(message)

        self._do(executor, answer)

    def _do(self, executor: ThreadPoolExecutor, work: Callable[[], None]) -> None:
        doing = executor.submit(work)
        doing.add_done_callback(_log_bug)
        if executor is self._asking:
            self._calls = [call for call in self._calls if not call.done()]
            self._calls.append(doing)


class SignOut:
    """Tells the province that somebody has gone. What comes of it matters to nobody here but the record."""

    def __init__(self, client: ProvinceClient, province: ProvinceSession) -> None:
        self._client = client
        self._province = province
        self.outcome = WipeOutcome.UNKNOWN

    def __call__(self) -> None:
        answered = isinstance(self._client.sign_out(self._province), Answered)
        self.outcome = WipeOutcome.DONE if answered else WipeOutcome.FAILED


def signed_out(leaving: list[SignOut]) -> Wiped:
    """Lets go of their sessions, and says the worst that came of it; what was not told expires there."""
    outcomes = [each.outcome for each in leaving] or [WipeOutcome.NOT_APPLICABLE]
    leaving.clear()
    worst = next(
        outcome
        for outcome in (WipeOutcome.FAILED, WipeOutcome.UNKNOWN, WipeOutcome.DONE, WipeOutcome.NOT_APPLICABLE)
        if outcome in outcomes
    )
    return Wiped(part=WipedPart.PROVINCE_SESSION, outcome=worst)


def _signed_in(session_id: str, outcome: Outcome[ProvinceSession], way: Way) -> SignInAnswered:
    session = outcome.value if isinstance(outcome, Answered) else None
    return SignInAnswered(session_id, way, session, _error(outcome))


def _error(outcome: Outcome[Any]) -> ErrorCode | None:
    return None if isinstance(outcome, Answered) else outcome.error


def _log_bug(future: Future[None]) -> None:
    bug = None if future.cancelled() else future.exception()
    if bug is not None:
        log.error("the desk met a bug: %s", type(bug).__name__)
