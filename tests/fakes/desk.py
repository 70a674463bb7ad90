"""A desk that does nothing: it records what the machine asks, and answers as the test has written.

A test decides for each call when and what is answered, so every order of things can be told: ``answers``
holds what is said as soon as the call has been made; a call without an entry stays open until the test
answers it (:meth:`ScriptedDesk.open`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contract.answers import CaseAnswer, Identity, Licence, QueryResult, ResultFact, SocialCardHolder
from contract.answers import CitizenSession as ProvinceSession
from contract.delegation import HelpAsked
from contract.items import Item, LocalText
from contract.sets import Assurance, CaseState, ItemKind, QueryOutcome, WayOut
from foundation.errors import ErrorCode, Errors
from kiosk_app.matters.answering import Value
from kiosk_app.terminal.answers import (
    CaseAnswered,
    CaseCommitted,
    CasesAnswered,
    DocumentMade,
    DocumentPrinted,
    LicenceAnswered,
    OwnCase,
    QueryAnswered,
    SignInAnswered,
    SlipPrinted,
    SocialCardCompared,
    WipeFinished,
)
from kiosk_app.terminal.desk import GivenRating, PrintOrder, Submission
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.views import Way
from offline_store.attachments import KeptAttachment
from tests.fakes.calls import Call
from tests.fakes.capture import kept, taken
from tests.fakes.delegation import delegated
from tests.fakes.drafts import ScriptedDrafts, draft_kept, no_draft
from tests.fakes.faces import ScriptedFaces
from tests.fakes.firms import for_the_firm
from tests.fakes.people import a_citizen
from tests.fakes.staff import ScriptedStaff

HEAR_BY = "2026-12-06"
DEADLINE = "2026-11-24"
WINDOW_UNTIL = "2026-11-28"


Answer = Callable[[Call], list[Message]]


@dataclass
class ScriptedDesk:
    """A :class:`kiosk_app.terminal.desk.Desk`. What it says at once waits in ``said`` for the loop."""

    answers: dict[str, Answer] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    reading_allowed: bool = False
    social_card_allowed: bool = False
    code_expected: bool = False
    camera_open: bool = False
    replaced: int = 0
    faces: ScriptedFaces = field(init=False)
    beside: ProvinceSession | None = None
    """The session beside which the newest sign-in was asked for."""

    def __post_init__(self) -> None:
        self.faces = ScriptedFaces(self._asked)

    def reads_cards(self) -> bool:
        """Whether a card may be read now."""
        return self.reading_allowed

    def lights_scanner(self) -> bool:
        """Whether a code is expected now."""
        return self.code_expected

    def named(self, name: str) -> list[Call]:
        """Every call of this name, in order."""
        return [call for call in self.calls if call.name == name]

    def last(self, name: str) -> Call:
        """The newest call of this name."""
        return self.named(name)[-1]

    def _asked(self, name: str, session_id: str, what: Any = None) -> None:
        call = Call(len(self.calls) + 1, name, session_id, what)
        self.calls.append(call)
        if name in self.answers:
            self.said.extend(self.answers[name](call))

    # The protocol

    def allow_card_reading(self, allowed: bool) -> None:
        self.reading_allowed = allowed

    def allow_social_card(self, allowed: bool) -> None:
        self.social_card_allowed = allowed

    def expect_code(self, expected: bool) -> None:
        self.code_expected = expected

    def sign_in_by_card(
        self,
        session_id: str,
        identity: Identity,
        sam_number: str,
        read_at: str,
        beside: ProvinceSession | None,
    ) -> None:
        self.beside = beside
        self._asked("sign_in_by_card", session_id, identity)

    def sign_in_by_code(self, session_id: str, payload: bytes, beside: ProvinceSession | None) -> None:
        self.beside = beside
        self._asked("sign_in_by_code", session_id, payload)

    def make_challenge(self, session_id: str, helper: ProvinceSession | None, asked: HelpAsked) -> None:
        self._asked("make_challenge", session_id, (helper, asked))

    def await_telephone(self, session_id: str, challenge_id: str, beside: ProvinceSession | None) -> None:
        self.beside = beside
        self._asked("await_telephone", session_id, challenge_id)

    def delegate(self, session_id: str, *asked: Any, **more: Any) -> None:
        self._asked("delegate", session_id, asked)

    def compare_social_card(
        self, answer: SignInAnswered, province: ProvinceSession, holder: SocialCardHolder
    ) -> None:
        self._asked("compare_social_card", answer.session_id, (answer, holder))

    def fetch_licence(self, session_id: str, province: ProvinceSession, kind: str, item_code: str) -> None:
        self._asked("fetch_licence", session_id, kind)

    def query(
        self, session_id: str, province: ProvinceSession | None, item: Item, answers: dict[str, Value]
    ) -> None:
        self._asked("query", session_id, (item.code, dict(answers)))

    def list_cases(self, session_id: str, province: ProvinceSession) -> None:
        self._asked("list_cases", session_id, province)

    def sign_out(self, province: ProvinceSession) -> None:
        self._asked("sign_out", "", province)

    def submit(self, submission: Submission) -> None:
        self._asked("submit", submission.session_id, submission)

    @property
    def paper(self) -> ScriptedDesk:
        return self

    @property
    def capture(self) -> ScriptedDesk:
        return self

    @property
    def face(self) -> ScriptedFaces:
        return self.faces

    @property
    def drafts(self) -> ScriptedDrafts:
        return ScriptedDrafts(self._asked)

    @property
    def staff(self) -> ScriptedStaff:
        return ScriptedStaff(self._asked)

    def look(self, *, wanted: bool) -> None:
        self.camera_open = wanted

    def take(self, session_id: str) -> None:
        self._asked("take", session_id)

    def keep(self, session_id: str, picture: bytes, name: str, among: Sequence[KeptAttachment]) -> None:
        self._asked("keep", session_id, (picture, name, tuple(among)))

    def print_slip(self, order: PrintOrder) -> None:
        self._asked("print_slip", order.session_id, order)

    def read_slip(self, order: PrintOrder) -> None:
        self._asked("read_slip", order.session_id, order)

    def make_document(self, order: PrintOrder) -> None:
        self._asked("make_document", order.session_id, order)

    def print_document(self, session_id: str, case_id: str) -> None:
        self._asked("print_document", session_id, case_id)

    def rate(self, rating: GivenRating) -> None:
        self._asked("rate", "", rating)

    def end_session(self, session: CitizenSession, way_out: WayOut) -> None:
        session.clear()
        self._asked("end_session", session.session_id, way_out)

    def replace_process(self) -> None:
        self.replaced += 1


def willing_desk() -> ScriptedDesk:
    """Everything works, and at once: the province knows everybody, the printer has paper."""
    return ScriptedDesk(
        {
            "sign_in_by_card": lambda call: [signed_in(call)],
            "sign_in_by_code": lambda call: [signed_in(call)],
            "delegate": lambda call: [delegated(call)],
            "compare_social_card": lambda call: [SocialCardCompared(call.what[0], None)],
            "fetch_licence": lambda call: [licence_found(call)],
            "find_draft": lambda call: [no_draft(call)],
            "keep_draft": lambda call: [draft_kept(call)],
            "query": lambda call: [found(call)],
            "list_cases": lambda call: [cases_found(call)],
            "submit": lambda call: [committed(call), numbered(call)],
            "take": lambda call: [taken(call)],
            "keep": lambda call: [kept(call)],
            "print_slip": lambda call: [printed(call)],
            "make_document": lambda call: [document_made(call)],
            "print_document": lambda call: [document_printed(call)],
            "end_session": lambda call: [wiped(call)],
        }
    )


def a_province_session(identity: Identity | None = None, *, number: int = 1) -> ProvinceSession:
    """A session of the province; with an identity it answers a code."""
    return ProvinceSession(
        session_id=f"00000000-0000-4000-9000-{number:012d}",
        token=f"token-of-the-citizen-{number:04d}",
        subject_ref=f"subject-{number}",
        assurance=Assurance.CARD_VERIFIED,
        expires_in_s=900,
        identity=identity,
    )


def signed_in(call: Call, identity: Identity | None = None) -> SignInAnswered:
    """The province says yes. To a code it says who it is."""
    way = Way.CARD if call.name == "sign_in_by_card" else Way.CODE
    session = a_province_session(None if way is Way.CARD else identity or a_citizen(), number=call.number)
    if way is Way.CODE:
        session = for_the_firm(session, call.what)
    return SignInAnswered(call.session_id, way, session, None)


def not_signed_in(call: Call, error: ErrorCode) -> SignInAnswered:
    return replace(signed_in(call), session=None, error=error)


def licence_found(call: Call) -> LicenceAnswered:
    licence = Licence(
        reference=f"licence-{call.what}-{call.number}",
        title=LocalText(f"证照{call.what}", f"Licence {call.what}"),
        number="4201****0017",
        issued_by=LocalText("江汉区公安分局", "Jianghan police"),
        valid_until="2031-01-01",
    )
    return LicenceAnswered(call.session_id, licence, None)


def no_licence(call: Call, error: ErrorCode | None = None) -> LicenceAnswered:
    return LicenceAnswered(call.session_id, None, error)


def result_of(call: Call, outcome: QueryOutcome = QueryOutcome.FOUND) -> QueryResult:
    """A result whose explanation names the question that it answers."""
    return QueryResult(
        outcome=outcome,
        facts=[ResultFact(label=LocalText("2026年10月", "October 2026"), value="3,215.60 元")],
        explanation=LocalText(f"第{call.number}问的答复", f"Answer to call {call.number}"),
    )


def found(call: Call) -> QueryAnswered:
    return QueryAnswered(call.session_id, result_of(call), None)


def not_found(call: Call, error: ErrorCode = Errors.PROVINCE_UNREACHABLE) -> QueryAnswered:
    return QueryAnswered(call.session_id, None, error)


def cases_found(call: Call) -> CasesAnswered:
    """Two cases, handed in at another terminal: one the authority has finished, one it has not."""
    rows = (
        ("elder-allowance", CaseState.SUBMITTED, "20002000007"),
        ("residence-permit-endorsement", CaseState.COMPLETED, "20002000003"),
    )
    own = tuple(
        OwnCase(
            CaseAnswer(
                case_id=f"00000000-0000-4000-b000-{number:012d}",
                case_no=f"11420000MB0002110944205110060012026112{number:05d}",
                state=state,
                item_code=item_code,
                received_at="2026-11-20T02:10:07.123Z",
                hear_by=HEAR_BY,
                receipt_number=receipt,
            ),
            code=f"DXS1.{receipt}.case.again.0.unsigned",
        )
        for number, (item_code, state, receipt) in enumerate(rows, start=1)
    )
    return CasesAnswered(call.session_id, own, None)


def no_cases(call: Call, error: ErrorCode | None = None) -> CasesAnswered:
    return CasesAnswered(call.session_id, None if error else (), error)


def committed(call: Call) -> CaseCommitted:
    """The case of a submission is on the disk."""
    submission: Submission = call.what
    query = submission.item.kind is ItemKind.QUERY
    return CaseCommitted(
        session_id=call.session_id,
        case_id=call.case_id,
        receipt_number=f"00017{call.number:06d}",
        service_id=f"00000000-0000-4000-a000-{call.number:012d}",
        state=CaseState.COMPLETED if query else CaseState.SAVED_HERE,
        hear_by=HEAR_BY if submission.item.hear_within_days else "",
        deadline=WINDOW_UNTIL if submission.for_window is not None else "",
        code=slip_code_of(call),
        failure=bool(submission.failed),
        for_window=submission.for_window is not None,
    )


def slip_code_of(call: Call) -> str:
    """What the QR code of the case's slip says; unsigned, so no window would take it."""
    return f"DXS1.00017{call.number:06d}.case.{call.number}.0.unsigned"


def not_committed(call: Call, error: ErrorCode = Errors.STORE_FULL) -> CaseCommitted:
    order: Submission = call.what
    failure, for_window = bool(order.failed), order.for_window is not None
    nothing = ("", "", "", CaseState.SAVED_HERE, "", error, "", "")
    return CaseCommitted(call.session_id, *nothing, failure=failure, for_window=for_window)


def numbered(call: Call) -> CaseAnswered:
    """The platform has the case and gave it a number."""
    return CaseAnswered(call.case_id, f"11420000MB00021109442051100600120261121{call.number:04d}", "")


def refused(call: Call, code: str = Errors.EVENT_REFUSED.code) -> CaseAnswered:
    return CaseAnswered(call.case_id, "", code)


def printed(call: Call) -> SlipPrinted:
    return SlipPrinted(call.session_id, done=True, known=True, error=None)


def not_printed(call: Call, error: ErrorCode = Errors.PRINTER_NO_PAPER) -> SlipPrinted:
    return SlipPrinted(call.session_id, done=False, known=True, error=error)


def perhaps_printed(call: Call) -> SlipPrinted:
    return SlipPrinted(call.session_id, done=False, known=False, error=Errors.PRINT_OUTCOME_UNKNOWN)


def document_made(call: Call, pages: int = 2) -> DocumentMade:
    order: PrintOrder = call.what
    return DocumentMade(call.session_id, order.handed.case_id, pages, None)


def document_not_made(call: Call) -> DocumentMade:
    order: PrintOrder = call.what
    return DocumentMade(call.session_id, order.handed.case_id, 0, Errors.DOCUMENT_NOT_MADE)


def document_printed(call: Call) -> DocumentPrinted:
    return DocumentPrinted(call.session_id, done=True, known=True, error=None)


def document_not_printed(call: Call, error: ErrorCode = Errors.DOCUMENT_PRINTER_NO_PAPER) -> DocumentPrinted:
    return DocumentPrinted(call.session_id, done=False, known=True, error=error)


def document_perhaps_printed(call: Call) -> DocumentPrinted:
    return DocumentPrinted(call.session_id, done=False, known=False, error=Errors.DOCUMENT_OUTCOME_UNKNOWN)


def wiped(call: Call, *, clean: bool = True) -> WipeFinished:
    return WipeFinished(call.session_id, clean)
