"""From the home screen to a signed-in person: choosing a matter, its guide, the notice, the sign-in."""

from __future__ import annotations

from contract.answers import CitizenSession as ProvinceSession
from contract.answers import Identity
from contract.items import Item, Notice
from contract.sets import Assurance, reaches
from foundation.errors import ErrorCode, Errors, NextStep
from kiosk_app.terminal.answers import CaseCommitted, SignInAnswered
from kiosk_app.terminal.closing import Closing
from kiosk_app.terminal.helping import Helping
from kiosk_app.terminal.messages import (
    CardFound,
    CardReading,
    CardTrouble,
    CodeReading,
    CodeTrouble,
    DeviceMessage,
    SocialCardReading,
    SocialCardTrouble,
)
from kiosk_app.terminal.organisations import organisation_objection
from kiosk_app.terminal.proof import Why
from kiosk_app.terminal.proving import Proving
from kiosk_app.terminal.questioning import Questioning
from kiosk_app.terminal.session import Matter, SignedIn
from kiosk_app.terminal.situation import ROWS_ON_HOME
from kiosk_app.terminal.social_card_way import SocialCardWay
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.telephone_way import TelephoneWay
from kiosk_app.terminal.views import Screen, Way

_REFUSALS = (
    Errors.SIGN_IN_REFUSED,
    Errors.CODE_REFUSED,
    Errors.TELEPHONE_REFUSED,
    Errors.PROOF_OTHER_PERSON,
    Errors.SOCIAL_CARD_OF_ANOTHER,
)
"""What the province, or the person on the telephone, says no with."""


class Choosing:
    """The part of the conversation before the first question."""

    def __init__(self, stage: Stage, questioning: Questioning, closing: Closing, proving: Proving) -> None:
        self._stage = stage
        self._proving = proving
        self._questioning = questioning
        self._closing = closing
        self.telephone = TelephoneWay(stage, self.answered, self._trouble)
        self.helping = Helping(stage, self._ask_who, questioning.begin, self._trouble)
        self.social_card = SocialCardWay(stage, self._believed, self._trouble)

    def choose_matter(self, code: str) -> None:
        """Opens the guide of a matter; an unknown code is not heard, nor any while a case is being saved."""
        now, session = self._stage.now, self._stage.session
        item = now.batch.find(code) if now.batch is not None else None
        saving = session.matter is not None and session.errands.under_way(CaseCommitted, session.matter)
        if item is not None and not saving:
            now.guide_item = item
            now.help_from = None
            self.helping.part()
            session.matter = session.staff = None
            session.another_wanted = False
            self._stage.go(Screen.GUIDE)

    def turn_home(self, by: int) -> None:
        """Pages the list of matters."""
        now = self._stage.now
        last = max(0, -(-len(now.home_items()) // ROWS_ON_HOME) - 1)
        page = min(max(now.home_page + by, 0), last)
        if page != now.home_page:
            now.home_page = page
            self._stage.go(Screen.HOME, forward=by > 0)

    def start(self) -> None:
        """Begins the matter of the guide for who is there, if it can be begun now."""
        self.helping.part()
        self._start()

    def start_for_somebody(self, relation: str) -> None:
        """Begins the matter of the guide for somebody else."""
        if self.helping.begin_as(relation):
            self._start()

    def _start(self) -> None:
        """The notice comes first. It is begun as published now; what was withdrawn leads to the list."""
        now, session = self._stage.now, self._stage.session
        guide = now.guide_item
        item = now.batch.find(guide.code) if now.batch is not None and guide is not None else None
        if item is None:
            self._stage.go(Screen.HOME, forward=False)
            return
        if not now.readiness_of(item).can_start:
            return
        now.guide_item = item
        session.matter = self._fresh(item)
        if session.notice_version == self._notice(item).version:
            self._after_notice()
        else:
            session.whole_notice = False
            self._stage.go(Screen.NOTICE)

    def _fresh(self, item: Item) -> Matter:
        batch = self._stage.now.batch
        return Matter(
            item, batch_id=batch.batch_id if batch is not None else "", started_at=self._stage.time()
        )

    def _notice(self, item: Item) -> Notice:
        return self._stage.now.notice_of(item)

    def toggle_whole_notice(self) -> None:
        """Shows the whole notice, or its three lines again."""
        session = self._stage.session
        session.whole_notice = not session.whole_notice
        self._stage.go(Screen.NOTICE, forward=session.whole_notice)

    def agree(self) -> None:
        """The person has read what there is to know, and goes on."""
        self._stage.session.notice_version = self._notice(self._stage.matter.item).version
        self._after_notice()

    def _after_notice(self) -> None:
        item = self._stage.matter.item
        if self._stage.session.help is not None:  # nothing is kept: a draft opens for the person alone
            self.helping.go_on()
            return
        self._stage.matter.draft_days = self._stage.now.draft_days_of(item)
        if item.assurance is Assurance.ANONYMOUS or self._known_well_enough(item):
            self._questioning.begin()
        else:
            self._ask_who()

    def _known_well_enough(self, item: Item) -> bool:
        """Whether the person has shown what this matter needs, and the province has not forgotten it."""
        signed_in = self._stage.session.signed_in
        if signed_in is None or not reaches(signed_in.assurance, item.assurance):
            return False
        if organisation_objection(item, signed_in, None) is not None:
            return False
        if signed_in.province is None:
            return self._stage.now.may_begin_offline(item)
        return self._stage.clock.monotonic_s() < signed_in.good_until_s

    def _ask_who(self) -> None:
        session = self._stage.session
        if not session.sign_in.working:
            session.card = None
            session.sign_in.wait()
        self._stage.go(Screen.SIGN_IN)
        self.telephone.go_on()

    def retry(self) -> None:
        """Tries again what was not handed in; signs in again first when that had run out."""
        failed_code = self._stage.matter.failed_code
        if failed_code == Errors.SIGN_IN_EXPIRED.code:
            self._proving.ask(Why.AGAIN, Screen.CHECK)
            self.telephone.go_on()
        elif failed_code == Errors.PROOF_ELSEWHERE.code:
            self._stage.go(Screen.CHECK, forward=False)
        else:
            self._closing.retry()

    def back(self) -> None:
        """One page back, before the questions; to where she was, when more was asked of her in between."""
        if self._stage.session.proof is not None:
            self._stage.go(self._proving.leave(), forward=False)
        elif self._stage.now.screen is Screen.GUIDE:
            self._stage.go(Screen.HOME, forward=False)
        else:
            self.helping.part()
            self._stage.session.matter = None
            self._stage.go(Screen.GUIDE, forward=False)

    # Signing in

    def heard(self, message: DeviceMessage) -> None:
        """A device has something to say while a person signs in; one thing after the other."""
        if self._stage.session.sign_in.working:
            return
        if isinstance(message, CardFound) and message.left_behind:
            self._stage.session.card_left = True
        elif isinstance(message, CardReading):
            self._card_read(message)
        elif isinstance(message, CodeReading):
            self._code_read(message)
        elif isinstance(message, CardTrouble):
            self._stage.session.card_left = message.error is not Errors.CARD_HOLD_STILL
            self._trouble(message.error, Way.CARD)
        elif isinstance(message, CodeTrouble):
            self._trouble(message.error, Way.CODE)
        elif isinstance(message, SocialCardReading):
            self.social_card.read(message)
        elif isinstance(message, SocialCardTrouble):
            self._trouble(message.error, Way.SOCIAL_CARD)

    def _card_read(self, reading: CardReading) -> None:
        """A card was read: asks the province, or goes on without it where the matter allows."""
        session = self._stage.session
        if session.card_left or session.sign_in.closed(Way.CARD):
            return
        identity = reading.identity
        session.note(identity.name, identity.number, identity.address)
        session.card_left = True
        objection = self._proving.objection(identity.number, Way.CARD)
        if objection is None and session.proof is None and self.helping.is_helper(identity):
            objection = Errors.SAME_PERSON
        blocked = session.blocked.get(identity.number)
        if objection is not None:
            self._trouble(objection, Way.CARD)
            return
        if blocked is not None and blocked.document is not None:
            self._trouble(Errors.DOCUMENT_BLOCKED, Way.CARD)
            session.sign_in.says = blocked.document
            return
        session.card = SignedIn(
            identity, Assurance.CARD_PRESENT, sam_number=reading.sam_number, read_at=reading.read_at
        )
        if self._stage.now.connected:
            session.sign_in.work(Way.CARD, "sign_in.asking_province")
            self._stage.desk.sign_in_by_card(
                session.session_id, identity, reading.sam_number, reading.read_at, session.beside
            )
        else:
            self._without_province(session.card, Errors.PROVINCE_UNREACHABLE)

    def _code_read(self, reading: CodeReading) -> None:
        """A code was shown: only the province can say whose it is."""
        session = self._stage.session
        if session.sign_in.closed(Way.CODE):
            return
        if self._stage.now.connected:
            session.sign_in.work(Way.CODE, "sign_in.asking_province")
            self._stage.desk.sign_in_by_code(session.session_id, reading.payload, session.beside)
        else:
            self._trouble(Errors.PROVINCE_UNREACHABLE, Way.CODE)

    def answered(self, answer: SignInAnswered) -> None:
        """The province's answer: signed in, or a sentence that says what to do. A social-security card that
        was read before is compared first."""
        if not self.social_card.compares(answer):
            self._believed(answer)

    def _believed(self, answer: SignInAnswered) -> None:
        """Nothing more is asked about this answer.

        A person who has gone back meanwhile is signed in all the same, but nothing moves on the screen. A
        session that is nobody's after that, the one before or this one, is ended at the province.
        """
        session = self._stage.session
        card, before = session.card, session.province
        session.card = None
        session.sign_in.wait()
        self._take_answer(answer, card)
        held = [id(each) for each in session.provinces]
        for given in (before, answer.session):
            if given is not None and id(given) not in held:
                self._stage.desk.sign_out(given)

    def _take_answer(self, answer: SignInAnswered, card: SignedIn | None) -> None:
        if answer.session is not None:
            identity = answer.session.identity if card is None else card.identity
            if identity is None:
                self._trouble(Errors.SIGN_IN_REFUSED, answer.way)
            else:
                self._accept(answer, answer.session, identity, card)
        elif card is not None and answer.error is not None and answer.error.next_step is NextStep.RETRY:
            self._without_province(card, answer.error)
        else:
            self._trouble(answer.error or Errors.SIGN_IN_REFUSED, answer.way)

    def _accept(
        self, answer: SignInAnswered, province: ProvinceSession, identity: Identity, card: SignedIn | None
    ) -> None:
        self._stage.session.note(identity.name, identity.number, identity.address, province.token)
        signed_in = SignedIn(
            identity,
            province.assurance,
            province=province,
            way=answer.way,
            sam_number=card.sam_number if card is not None else "",
            read_at=card.read_at if card is not None else "",
            good_until_s=self._stage.clock.monotonic_s() + province.expires_in_s,
        )
        if province.acting is not None:
            firm = province.acting.organisation
            self._stage.session.note(firm.name, firm.credit_code)
        if not self._signing_in:
            self._sign_in_behind(signed_in)
        elif (objection := self._organisation_objection(signed_in)) is not None:
            self._trouble(objection, answer.way)
        elif self._stage.session.proof is not None:
            self._prove_more(signed_in)
        elif not reaches(province.assurance, self._stage.matter.item.assurance):
            self._trouble(Errors.SIGN_IN_REFUSED, answer.way)
        elif self._stage.session.help is not None:
            self.helping.take(signed_in)
        else:
            self._go_on_as(signed_in)

    def _organisation_objection(self, signed_in: SignedIn) -> ErrorCode | None:
        session = self._stage.session
        before = session.signed_in if session.proof is not None else None
        return organisation_objection(self._stage.matter.item, signed_in, before)

    def _prove_more(self, signed_in: SignedIn) -> None:
        """On where she was, with everything that she filled in; or a sentence that says why not."""
        accepted = self._proving.accept(signed_in, self._stage.matter)
        if isinstance(accepted, ErrorCode):
            self._trouble(accepted, signed_in.way)
        else:
            self._questioning.begin(accepted)

    def _without_province(self, card: SignedIn, error: ErrorCode) -> None:
        """The card answered, the province did not: enough for what may be begun offline."""
        alone = self._stage.session.proof is None and self._stage.session.help is None
        if self._signing_in and alone and self._stage.now.may_begin_offline(self._stage.matter.item):
            self._go_on_as(card)
        else:
            self._trouble(error, Way.CARD)

    @property
    def _signing_in(self) -> bool:
        return self._stage.page is Screen.SIGN_IN

    def _sign_in_behind(self, signed_in: SignedIn) -> None:
        """Never another person than the one whose matter may be under way."""
        session = self._stage.session
        known = session.signed_in
        if known is None or known.identity.number == signed_in.identity.number:
            session.signed_in = signed_in

    def _go_on_as(self, signed_in: SignedIn) -> None:
        """On to the questions; what somebody else answered before is not kept for this person."""
        session = self._stage.session
        known = session.signed_in
        if known is not None and known.identity.number != signed_in.identity.number:
            draft_days = self._stage.matter.draft_days
            session.matter = self._fresh(self._stage.matter.item)
            session.matter.draft_days = draft_days
        session.card = None
        session.signed_in = signed_in
        self._questioning.begin()

    def _trouble(self, error: ErrorCode, way: Way) -> None:
        """Says what is wrong with this way and what to do; the other ways stay open.

        A way that is refused again and again is closed, so that it is not tried for ever.
        """
        session = self._stage.session
        session.card = None
        sign_in = session.sign_in
        sign_in.refusals[way] += error in _REFUSALS
        sign_in.way, sign_in.working = way, False
        sign_in.error, sign_in.says = error.code, None
        sign_in.advice = "sign_in.way_closed" if sign_in.closed(way) else f"error.{error.code}"
