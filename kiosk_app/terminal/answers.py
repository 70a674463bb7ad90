"""What the machine asked for and gets: from the province, the disk, the printers, the camera, the wipe.

Everything that belongs to a session carries its id: an answer that comes after the person has left is
dropped, and what it carries with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from contract.answers import CaseAnswer, Licence, QueryResult, SignInChallenge
from contract.answers import CitizenSession as ProvinceSession
from contract.delegation import Delegation
from contract.faces import FaceAnswer
from contract.sets import CaseState, ChallengeState
from foundation.errors import ErrorCode
from kiosk_app.matters.drafting import Draft
from kiosk_app.terminal.staff_visit import StaffAnswer
from kiosk_app.terminal.views import Way
from offline_store.attachments import KeptAttachment


@dataclass(frozen=True, slots=True)
class SignInAnswered:
    """The province's answer to a card, a code or a confirmation: a session, or the error."""

    session_id: str
    way: Way
    session: ProvinceSession | None = field(repr=False)
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class ChallengeMade:
    """A code for the screen, to be confirmed on a telephone; or none, and the error says why."""

    session_id: str
    challenge: SignInChallenge | None = field(repr=False)
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class TelephoneAnswered:
    """What was done on the telephone with the code on the screen; ``state`` is None when nobody could say.

    ``error`` is then why; the province may have refused who confirmed it.
    """

    session_id: str
    challenge_id: str
    state: ChallengeState | None
    session: ProvinceSession | None = field(default=None, repr=False)
    error: ErrorCode | None = None


@dataclass(frozen=True, slots=True)
class DelegationAnswered:
    """The province has noted who does the matter for whom; or it has not, and the error says why."""

    session_id: str
    delegation: Delegation | None
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class SocialCardCompared:
    """Whether the social-security card is that of the person of ``answer``; no error says that it is."""

    answer: SignInAnswered = field(repr=False)
    error: ErrorCode | None

    @property
    def session_id(self) -> str:
        """That in which the card was read."""
        return self.answer.session_id

    @property
    def session(self) -> ProvinceSession | None:
        """The session that is believed only when the card is hers."""
        return self.answer.session


@dataclass(frozen=True, slots=True)
class FaceAnswered:
    """What came of comparing a face; or nobody could say, and the error says why."""

    session_id: str
    answer: FaceAnswer | None
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class LicenceAnswered:
    """The licence library's answer; None with no error means that there is none."""

    session_id: str
    licence: Licence | None = field(repr=False)
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class QueryAnswered:
    """The province's answer to a query."""

    session_id: str
    result: QueryResult | None = field(repr=False)
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One of the person's cases, with what the QR code of its slip says when this terminal prints it."""

    case: CaseAnswer
    code: str


@dataclass(frozen=True, slots=True)
class CasesAnswered:
    """The person's cases, newest first; or None, and the error says why."""

    session_id: str
    cases: tuple[OwnCase, ...] | None
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class CaseCommitted:
    """The case is durable on this terminal (and not before); or it is not, and the error says why."""

    session_id: str
    case_id: str
    receipt_number: str
    service_id: str
    state: CaseState
    hear_by: str
    error: ErrorCode | None = None
    deadline: str = ""
    """The day by which it reaches the province; empty when not known."""
    code: str = ""
    """What the QR code on its slip says (``contract.slip_code``)."""
    failure: bool = False
    """It is the record of what failed (``Submission.failed``), and nothing was handed in."""
    for_window: bool = False
    """It is a form that a window goes on with (``Submission.for_window``), until ``deadline``."""


@dataclass(frozen=True, slots=True)
class CaseAnswered:
    """The platform's word on a case: its number, or the code of the refusal."""

    case_id: str
    case_number: str
    refused_code: str


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """What came of printing; ``known`` is false when it is not known whether the slip came out."""

    session_id: str
    done: bool
    known: bool
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class DocumentMade:
    """The A4 document of a case is set, with so many pages; or it could not be, and the error says why."""

    session_id: str
    case_id: str
    pages: int
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class DocumentPrinted:
    """What came of printing a document; ``known`` is false when some of it, or all, may have come out."""

    session_id: str
    done: bool
    known: bool
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class WipeFinished:
    """The wipe and its scan are done."""

    session_id: str
    clean: bool


@dataclass(frozen=True, slots=True)
class ProcessStayed:
    """After a wipe that was not clean the process could not be replaced: nobody is served, and why."""

    error: ErrorCode


@dataclass(frozen=True, slots=True)
class DocumentTaken:
    """The picture of a paper as JPEG; or none (empty), with the error or the id of the advice."""

    session_id: str
    picture: bytes = field(repr=False)
    advice: str = ""
    error: ErrorCode | None = None


@dataclass(frozen=True, slots=True)
class AttachmentKept:
    """A paper is on the disk of this terminal, sealed; or it is not, and the error says why."""

    session_id: str
    kept: KeptAttachment | None
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class DraftFound:
    """What this person had begun here before for this matter; None when there is nothing, or no way to it."""

    session_id: str
    draft: Draft | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class DraftKept:
    """What was answered so far is on the disk until that day; ``until`` is empty when it is not."""

    session_id: str
    item_code: str
    until: str


AnswerMessage = (
    DocumentTaken
    | DraftFound
    | DraftKept
    | AttachmentKept
    | SignInAnswered
    | ChallengeMade
    | SocialCardCompared
    | TelephoneAnswered
    | DelegationAnswered
    | FaceAnswered
    | LicenceAnswered
    | QueryAnswered
    | CasesAnswered
    | CaseCommitted
    | CaseAnswered
    | SlipPrinted
    | DocumentMade
    | DocumentPrinted
    | WipeFinished
    | StaffAnswer
    | ProcessStayed
)
WITH_A_SESSION = (SignInAnswered, SocialCardCompared, TelephoneAnswered)
"""Answers that may bring a session of the province."""
