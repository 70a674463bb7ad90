"""What the machine asks others to do. Every call returns at once; answers come back as messages.

Each call that is answered is answered exactly once, whatever happens: what the machine asks next of the same
kind goes out when that answer has come (see ``errands``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from contract.answers import CitizenSession as ProvinceSession
from contract.answers import Identity, QueryResult, SocialCardHolder
from contract.delegation import HelpAsked
from contract.items import Item
from contract.organisation import Acting
from contract.sets import FaceLiveness, Relation, Satisfaction, WayOut
from kiosk_app.matters.answering import Value
from kiosk_app.matters.drafting import Draft
from kiosk_app.terminal.answers import SignInAnswered
from kiosk_app.terminal.session import CitizenSession, Handed, SignedIn
from kiosk_app.terminal.staff_visit import StaffDesk
from offline_store.attachments import KeptAttachment


@dataclass(frozen=True, slots=True)
class Helped:
    """Who stands here for the person that is signed in, and on whose word: both had signed in."""

    helper: SignedIn = field(repr=False)
    relation: Relation
    proof: str


@dataclass(frozen=True, slots=True)
class ForWindow:
    """Nothing is handed in: a window goes on, with ``next_field``; empty when all was answered."""

    next_field: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What a person hands in. ``result`` is the province's answer when it was a query: never ``offline``.

    With ``failed`` nothing is handed in: it is the record of what did not come about, and why, so that the
    person can rate that too. Nothing of the person goes into it.
    """

    session_id: str
    item: Item
    batch_id: str
    signed_in: SignedIn | None = field(repr=False)
    answers: dict[str, Value] = field(repr=False)
    notice_version: str
    started_at: str
    offline: bool
    result: QueryResult | None = field(default=None, repr=False)
    attachments: tuple[KeptAttachment, ...] = ()
    failed: str = ""
    helped: Helped | None = None
    for_window: ForWindow | None = None


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """Something to print, bound to this session and person. ``shown`` has the answers as they were checked.

    ``person`` is the number of the identity by which the session's first person signed in, empty when she did
    not: it says who takes it, and is never printed.
    """

    session_id: str
    item: Item
    handed: Handed = field(repr=False)
    name: str = field(repr=False)
    person: str = field(repr=False)
    shown: dict[str, str] = field(repr=False)
    language: str
    large: bool
    head: str = ""
    """What the province wants above the title of a slip; empty for nothing."""
    helper: str = field(default="", repr=False)
    """The name of who helps her; empty when she does it herself."""
    relation: Relation = Relation.SELF
    acting: Acting | None = field(default=None, repr=False)
    """For which organisation the person acts; None when it is her own matter."""


@dataclass(frozen=True, slots=True)
class GivenRating:
    """What a person chose, for one act of handling of one case."""

    case_id: str
    service_id: str
    level: Satisfaction
    tags: tuple[str, ...]


class PaperDesk(Protocol):
    """What prints."""

    def print_slip(self, order: PrintOrder) -> None:
        """Answered by SlipPrinted."""

    def read_slip(self, order: PrintOrder) -> None:
        """Reads what stands on the slip, in the headset; nobody waits for it."""

    def make_document(self, order: PrintOrder) -> None:
        """Sets the A4 document of a case and keeps it until the session ends; answered by DocumentMade."""

    def print_document(self, session_id: str, case_id: str) -> None:
        """Prints what was made for this case in this session; answered by DocumentPrinted."""


class CaptureDesk(Protocol):
    """What takes papers and keeps them."""

    def look(self, *, wanted: bool) -> None:
        """Opens the camera over the plate, or closes it; CameraAdvised tells what to do with the paper."""

    def take(self, session_id: str) -> None:
        """Answered by DocumentTaken."""

    def keep(self, session_id: str, picture: bytes, name: str, among: Sequence[KeptAttachment]) -> None:
        """Seals and keeps it, once among those of the same case; answered by AttachmentKept."""


@dataclass(frozen=True, slots=True, repr=False)
class FaceToCompare:
    """One picture of a face (JPEG), the version of what was agreed to, and who agreed for a child."""

    picture: bytes
    liveness: FaceLiveness
    consent_version: str
    guardian_token: str = ""


class FaceDesk(Protocol):
    """What takes a face and has it compared."""

    def look(self, *, wanted: bool) -> None:
        """Opens the camera before the person, or closes it; CameraAdvised and FaceTaken follow."""

    def compare(self, session_id: str, province: ProvinceSession, face: FaceToCompare) -> None:
        """Answered by FaceAnswered."""


class DraftDesk(Protocol):
    """What keeps what was begun and not handed in. ``person`` is the number by which she signed in."""

    def find(self, session_id: str, person: str, item_code: str) -> None:
        """Answered by DraftFound."""

    def keep(self, session_id: str, person: str, item_code: str, draft: Draft, days: int) -> None:
        """In place of an earlier one of this person and item; answered by DraftKept."""

    def forget(self, person: str, item_code: str) -> None:
        """She does not want it any more, or it is of no use; answered by nothing."""


class ProvinceDesk(Protocol):
    """What asks the province on behalf of the person who is there."""

    def sign_in_by_card(
        self,
        session_id: str,
        identity: Identity,
        sam_number: str,
        read_at: str,
        beside: ProvinceSession | None,
    ) -> None:
        """Answered by SignInAnswered. ``beside``: her session to which this adds a proof."""

    def sign_in_by_code(self, session_id: str, payload: bytes, beside: ProvinceSession | None) -> None:
        """Answered by SignInAnswered; ``beside`` as above."""

    def make_challenge(self, session_id: str, helper: ProvinceSession | None, asked: HelpAsked) -> None:
        """Asks for a code for the screen; answered by ChallengeMade. With a ``helper`` it is for whom she
        wants to help, and the telephone says who and what."""

    def await_telephone(self, session_id: str, challenge_id: str, beside: ProvinceSession | None) -> None:
        """Asks what was done with it, and waits for some seconds; answered by TelephoneAnswered."""

    def delegate(
        self,
        session_id: str,
        helper: ProvinceSession,
        person: ProvinceSession,
        relation: Relation,
        item_code: str,
        agreed_at: str,
    ) -> None:
        """The person agrees to be helped; answered by DelegationAnswered."""

    def compare_social_card(
        self, answer: SignInAnswered, province: ProvinceSession, holder: SocialCardHolder
    ) -> None:
        """Asks whether both are one person; answered by SocialCardCompared."""

    def fetch_licence(self, session_id: str, province: ProvinceSession, kind: str, item_code: str) -> None:
        """Answered by LicenceAnswered."""

    def query(
        self, session_id: str, province: ProvinceSession | None, item: Item, answers: dict[str, Value]
    ) -> None:
        """Answered by QueryAnswered."""

    def list_cases(self, session_id: str, province: ProvinceSession) -> None:
        """Answered by CasesAnswered."""

    def sign_out(self, province: ProvinceSession) -> None:
        """Ends a session with the province that nobody here has any more; answered by nothing."""


class Desk(ProvinceDesk, Protocol):
    """The hands of the machine."""

    @property
    def capture(self) -> CaptureDesk:
        """What takes papers."""

    @property
    def face(self) -> FaceDesk:
        """What has a face compared."""

    @property
    def paper(self) -> PaperDesk:
        """What prints."""

    @property
    def drafts(self) -> DraftDesk:
        """What keeps what was begun."""

    @property
    def staff(self) -> StaffDesk:
        """What recognises technicians and keepers, and works for them."""

    def allow_card_reading(self, allowed: bool) -> None:
        """Whether a card on the reader may be read now: only after the notice, only while signing in."""

    def allow_social_card(self, allowed: bool) -> None:
        """The same for a social-security card in its slot."""

    def expect_code(self, expected: bool) -> None:
        """Switches the scanner's light on or off."""

    def submit(self, submission: Submission) -> None:
        """Seals, commits, and only then answers by CaseCommitted; CaseAnswered may follow."""

    def rate(self, rating: GivenRating) -> None:
        """Commits a rating; it is sent when the line allows."""

    def end_session(self, session: CitizenSession, way_out: WayOut) -> None:
        """Signs out, wipes, scans, records; answered by WipeFinished."""

    def replace_process(self) -> None:
        """The wipe was not clean: the process is replaced; answered by ProcessStayed when that failed."""
