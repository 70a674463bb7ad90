"""One citizen's session: everything that a person gave, in one place and nowhere else."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from contract.answers import CitizenSession as ProvinceSession
from contract.answers import EarlierCase, Identity, Licence, QueryResult, SignInChallenge, SocialCardHolder
from contract.items import Item, LocalText, Step
from contract.organisation import Acting
from contract.sets import Assurance, CaseState, ForWhom, OncePer, Relation, Satisfaction, WayOut
from foundation.errors import ErrorCode
from kiosk_app.matters.answering import Value
from kiosk_app.matters.drafting import Draft
from kiosk_app.terminal.answers import OwnCase
from kiosk_app.terminal.errands import Errands
from kiosk_app.terminal.messages import IdentityBlocked
from kiosk_app.terminal.proof import Face, Proof, Why, same_thing
from kiosk_app.terminal.staff_visit import StaffVisit
from kiosk_app.terminal.views import SlipState, Way
from offline_store.attachments import KeptAttachment

REFUSALS_CLOSE_A_WAY = 5
"""It is the way that is closed, never the person: the other ways stay open, and the windows."""


class NeedleSink(Protocol):
    """Takes note, in a form that is not itself a copy, of what must not remain in memory."""

    def add(self, text: str) -> None:
        """Notes a text of the person."""

    def add_picture(self, content: bytes) -> None:
        """Notes a picture of the person's, or of a paper of hers."""


@dataclass(slots=True, repr=False)
class SignedIn:
    """Who is signed in, and how that was proved.

    ``province`` is None while the province has given no session (offline). ``sam_number`` and ``read_at``
    are empty when no card was read. ``good_until_s`` is when the province's session ends (monotonic).
    """

    identity: Identity
    assurance: Assurance
    province: ProvinceSession | None = None
    way: Way = Way.CARD
    sam_number: str = ""
    read_at: str = ""
    good_until_s: float = math.inf
    applied: list[EarlierCase] = field(default_factory=list)
    """What was submitted since the sign-in, of which the province's answer to that could not know."""

    @property
    def acting(self) -> Acting | None:
        """For which organisation she has shown the business licence, if for any."""
        return self.province.acting if self.province is not None else None


@dataclass(slots=True, repr=False)
class Handed:
    """What was handed in: known after the commit and not before."""

    case_id: str
    receipt_number: str
    service_id: str
    state: CaseState
    case_number: str = ""
    hear_by: str = ""
    deadline: str = ""
    """The day by which it reaches the province; empty when not known."""
    refused_code: str = ""
    query: QueryResult | None = None
    code: str = ""
    """What the QR code on its slip says; signed by the terminal, and nothing of the person is in it."""
    for_window: bool = False
    """Nothing was handed in: a window goes on with it, until ``deadline``."""
    again: bool = False
    """It was handed in before and is looked up again: its slip is a copy, and nothing of it is rated here."""


@dataclass(slots=True, repr=False)
class Capture:
    """A paper that is being taken. ``busy``: the camera or the disk is at work; no wish is heard."""

    advice: str = ""
    """Id of the words that say what to do with the paper; empty when the camera has said nothing yet."""
    picture: bytes = b""
    """The JPEG that the person looks at; empty when there is none."""
    busy: bool = False


@dataclass(slots=True, repr=False)
class Matter:
    """One matter under way."""

    item: Item
    batch_id: str = ""
    step_index: int = 0
    answers: dict[str, Value] = field(default_factory=dict)
    typed: str = ""
    problem: str = ""
    """Id of the word for what is wrong with the answer; empty when nothing is."""
    changed: dict[str, str] = field(default_factory=dict)
    """What became otherwise, until the person goes on: ids of words, by what they are about."""
    changing: bool = False
    """One answer is being changed from the check page, and going on returns there."""
    licences: dict[str, Licence | None] = field(default_factory=dict)
    """What the licence library said, by field; None where it has none. No answer, no entry."""
    licence_pending: str = ""
    """The field whose licence is being fetched; empty when none is."""
    capture: Capture | None = None
    """Of the question that is being answered, where a paper answers it."""
    attachments: dict[str, KeptAttachment] = field(default_factory=dict)
    """The papers that were taken, sealed on this terminal's disk, by field."""
    own_cases: tuple[OwnCase, ...] | None = None
    """The cases that the person may choose from; None while the province has not said."""
    own_cases_failed: str = ""
    draft_days: int = 0
    """For how long what was begun is kept for this person, as her notice said; 0 where nothing is."""
    draft: Draft | None = None
    """What she had begun here before, until she has said whether she goes on with it."""
    reached: int = 0
    """How many steps were passed, in this session or in that of the draft that goes on."""
    passed: frozenset[str] = frozenset()
    """Fields that the draft has answered or left empty: not asked again, unless the person goes back."""
    check_page: int = 0
    started_at: str = ""
    pending_answers: dict[str, Value] = field(default_factory=dict)
    result: QueryResult | None = None
    waiting_since_s: float = 0.0
    handed: Handed | None = None
    for_window: Handed | None = None
    """What a window goes on with instead, once it is on the disk; never beside ``handed``."""
    earlier: EarlierCase | None = None
    """The same thing, applied for before; where that is done once, nothing more is to be done."""
    failed_says: LocalText | None = None
    """What the province says itself about that."""
    failed_code: str = ""
    """Why nothing could be handed in (a query without an answer); empty otherwise."""
    failure: Handed | None = None
    """The record of what failed, once the person leaves it at that: only for a rating to attach to."""
    slip: SlipState = SlipState.NONE
    slip_code: str = ""
    document: SlipState = SlipState.NONE
    document_code: str = ""
    document_pages: int = 0
    """How many pages the document has that can be printed now; 0 while there is none."""
    level: Satisfaction | None = None
    tags: list[str] = field(default_factory=list)
    thanked: bool = False

    @property
    def ratable(self) -> Handed | None:
        """What a rating attaches to: what was handed in, or the record of what failed."""
        if self.handed is not None and self.handed.again:
            return None
        return self.handed or self.failure

    @property
    def step(self) -> Step:
        """The step that is being answered."""
        return self.item.steps[self.step_index]

    @property
    def on_paper(self) -> Handed | None:
        """What a slip is of."""
        return self.handed or self.for_window

    def next_step(self) -> int | None:
        """The step to ask after the one that is being answered; None when all were."""
        later = range(self.step_index + 1, len(self.item.steps))
        return next((index for index in later if self.item.steps[index].field not in self.passed), None)

    def forget_paper(self) -> None:
        """The paper of the step that is being answered, if one was taken, is no answer any more."""
        if self.attachments.pop(self.step.field, None) is not None:
            self.answers.pop(self.step.field, None)

    @property
    def licence(self) -> Licence | None:
        """The licence of the step that is being answered, if it was found."""
        return self.licences.get(self.step.field)


@dataclass(slots=True, repr=False)
class Telephone:
    """The code on the screen that a telephone confirms."""

    challenge: SignInChallenge | None = None
    until_s: float = 0.0
    """Until when it is good (monotonic)."""
    asking: bool = False
    """A question about it is under way: one after the other."""
    ask_again_at_s: float = 0.0


@dataclass(slots=True, repr=False)
class SigningIn:
    """What the sign-in screen shows. ``way`` is the one that was tried last: ``working`` or in trouble."""

    way: Way | None = None
    working: bool = False
    advice: str = ""
    says: LocalText | None = None
    """What the province says itself, instead of ``advice``."""
    error: str = ""
    refusals: Counter[Way] = field(default_factory=Counter)
    """How often the province said no to a way, in this session."""
    telephone: Telephone = field(default_factory=Telephone)
    social_card: SocialCardHolder | None = None
    """What a social-security card said, until a second thing has shown that it is that person's."""

    def wait(self) -> None:
        """Waits for any way; nothing was tried yet."""
        self.way, self.working, self.advice, self.error, self.says = None, False, "", "", None

    def work(self, way: Way, advice: str) -> None:
        """One way is being tried; nothing else is heard meanwhile."""
        self.way, self.working, self.advice, self.error, self.says = way, True, advice, "", None

    def closed(self, way: Way) -> bool:
        """Whether a way was refused so often that only the others are left, for the rest of the session."""
        return self.refusals[way] >= REFUSALS_CLOSE_A_WAY

    def progress(self, way: Way) -> str:
        """Of one way, as the screen calls it."""
        if self.closed(way):
            return "closed"
        if way is Way.SOCIAL_CARD and self.social_card is not None:
            return "kept"
        if way is not self.way:
            return "waiting"
        return "working" if self.working else "problem"


@dataclass(slots=True, repr=False)
class Help:
    """One person does a matter for another. ``proof`` is empty until the province has noted the agreement."""

    relation: Relation
    helper: SignedIn | None = None
    person: SignedIn | None = None
    proof: str = ""
    working: bool = False
    """The province is being asked."""
    problem: ErrorCode | None = None
    can_agree: bool = True


@dataclass(slots=True, repr=False)
class CitizenSession:
    """From the waking touch to the wipe. ``clear`` drops all of it; the masked needles stay for the scan."""

    session_id: str
    started_at: str
    needles: NeedleSink
    signed_in: SignedIn | None = None
    card: SignedIn | None = None
    """Whose card was read, until the province has answered: not signed in yet."""
    proof: Proof | None = None
    """What more is asked of the person, in the middle of a matter."""
    face: Face = field(default_factory=Face)
    help: Help | None = None
    """Who does it for whom; ``signed_in`` is the person's from her agreement on, the helper's before it."""
    matter: Matter | None = None
    errands: Errands[Matter] = field(default_factory=Errands)
    staff: StaffVisit | None = None
    """Somebody who looks after the terminal, instead of a citizen."""
    by_staff: bool = False
    """She has shown who she is: the session was hers, whatever came after."""
    notice_version: str = ""
    whole_notice: bool = False
    sign_in: SigningIn = field(default_factory=SigningIn)
    another_wanted: bool = False
    card_left: bool = False
    """The card on the reader was there before this person, or was read already: it is not read as it lies."""
    paper_out: bool = False
    seen_at: str = ""
    """When the province was last given a picture of the screen, without the person; empty when it was not."""
    cases: int = 0
    blocked: dict[str, IdentityBlocked] = field(default_factory=dict)
    """What is blocked of who was here, by number."""
    drafts: dict[str, str] = field(default_factory=dict)
    """What was begun and is on the disk, by item: the day until which it is kept."""

    @property
    def way_out(self) -> WayOut:
        """How the session ends when the person ends it: done only if something was."""
        worked = self.staff is not None and self.staff.role is not None
        return WayOut.DONE if self.cases or worked else WayOut.CANCELLED

    @property
    def lets_staff_in(self) -> bool:
        """Whether somebody who looks after the terminal may come in: not in a citizen's session."""
        return self.matter is None and self.signed_in is None and self.staff is None

    @property
    def province(self) -> ProvinceSession | None:
        """The person's session with the province, if there is one."""
        return self.signed_in.province if self.signed_in is not None else None

    def used(self, way: Way) -> bool:
        """Whether ``way`` proves only what this person has proved already, where another proof is asked."""
        return self.beside is not None and self.signed_in is not None and same_thing(way, self.signed_in.way)

    def progress(self, way: Way) -> str:
        """Of one way to sign in, as the screen calls it."""
        return "used" if self.used(way) else self.sign_in.progress(way)

    @property
    def beside(self) -> ProvinceSession | None:
        """The session to which a further proof is added; None where a sign-in stands for itself."""
        return self.province if self.proof is not None and self.proof.why is Why.TWICE else None

    @property
    def provinces(self) -> list[ProvinceSession]:
        """Every session with the province of somebody who is here."""
        helped = self.help
        others = () if helped is None else (helped.helper, None if helped.proof else helped.person)
        here = (self.signed_in, *others)
        found = [each.province for each in here if each and each.province]
        if self.face.guardian is not None:
            found.append(self.face.guardian)
        return list({id(each): each for each in found}.values())

    @property
    def takes_social_card(self) -> bool:
        """Whether one is of use: at a person's own first sign-in, not beside another person or proof."""
        return self.proof is None and self.help is None and not self.wants_licence

    @property
    def wants_licence(self) -> bool:
        """Whether the matter under way is an organisation's: nothing but its licence signs in to that."""
        return self.matter is not None and self.matter.item.for_whom is ForWhom.ORGANISATION

    def applied_before(self, item: Item) -> EarlierCase | None:
        """What this person applied for already, where that is done once and the province says so.

        Who helps her hears that she did, and not where or when.
        """
        if item.once_per is OncePer.NONE or self.signed_in is None:
            return None
        known = [*(self.province.earlier if self.province is not None else ()), *self.signed_in.applied]
        earlier = next((one for one in known if one.item_code == item.code), None)
        if earlier is None or self.help is None:
            return earlier
        return EarlierCase(
            item_code=item.code,
            case_no="",
            receipt_number="",
            place="",
            submitted_on="",
            state=CaseState.SUBMITTED,
        )

    def note(self, *texts: str) -> None:
        """Notes texts of the person for the scan of the wipe."""
        for text in texts:
            if text:
                self.needles.add(text)

    def clear(self) -> None:
        """Drops everything that the person gave."""
        self.signed_in = None
        self.card = None
        self.proof = None
        self.face.guardian = None
        self.staff = None
        self.help = None
        self.blocked.clear()
        self.sign_in = SigningIn()
        self.matter = None
        self.errands.clear()
