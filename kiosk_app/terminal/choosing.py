"""From the home screen to a signed-in person: choosing a matter, its guide, the notice, the sign-in."""

from __future__ import annotations

from contract.answers import Identity
from contract.items import Item, Notice
from contract.sets import Assurance, OfflineRule
from foundation.errors import ErrorCode, Errors, NextStep
from kiosk_app.terminal.messages import CardReading, CodeReading, SignInAnswered
from kiosk_app.terminal.questioning import Questioning
from kiosk_app.terminal.readiness import readiness
from kiosk_app.terminal.session import Matter, SignedIn
from kiosk_app.terminal.situation import ROWS_ON_HOME
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen


class Choosing:
    """The part of the conversation before the first question."""

    def __init__(self, stage: Stage, questioning: Questioning) -> None:
        self._stage = stage
        self._questioning = questioning

    def choose_matter(self, code: str) -> None:
        """Opens the guide of a matter; an unknown code is not heard."""
        now = self._stage.now
        item = now.batch.find(code) if now.batch is not None else None
        if item is not None:
            now.guide_item = item
            now.help_from = None
            self._stage.session.matter = None
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
        """Begins the matter of the guide, if it can be begun now: the notice comes first."""
        now, session = self._stage.now, self._stage.session
        item = now.guide_item
        if item is None or not readiness(item, now.capabilities, now.connected).can_start:
            return
        session.matter = Matter(item, started_at=self._stage.time())
        if session.notice_version == self._notice(item).version:
            self._after_notice()
        else:
            session.whole_notice = False
            self._stage.go(Screen.NOTICE)

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
        session = self._stage.session
        if self._stage.matter.item.assurance is Assurance.ANONYMOUS or session.signed_in is not None:
            self._questioning.begin()
            return
        session.sign_in_card = "waiting"
        session.sign_in_code = "waiting"
        session.sign_in_advice = ""
        session.sign_in_error = ""
        self._stage.go(Screen.SIGN_IN)

    def back(self) -> None:
        """One page back, before the questions."""
        if self._stage.now.screen is Screen.GUIDE:
            self._stage.go(Screen.HOME, forward=False)
        else:
            self._stage.session.matter = None
            self._stage.go(Screen.GUIDE, forward=False)

    # Signing in

    def card_read(self, reading: CardReading) -> None:
        """A card was read: asks the province, or goes on without it where the matter allows."""
        session = self._stage.session
        identity = reading.identity
        session.note(identity.name, identity.number, identity.address)
        session.signed_in = SignedIn(
            identity, Assurance.CARD_PRESENT, sam_number=reading.sam_number, read_at=reading.read_at
        )
        if self._stage.now.connected:
            self._working(by_card=True)
            self._stage.desk.sign_in_by_card(
                session.session_id, identity, reading.sam_number, reading.read_at
            )
        else:
            self._without_province(Errors.PROVINCE_UNREACHABLE, by_card=True)

    def code_read(self, reading: CodeReading) -> None:
        """A code was shown: only the province can say whose it is."""
        session = self._stage.session
        if self._stage.now.connected:
            self._working(by_card=False)
            self._stage.desk.sign_in_by_code(session.session_id, reading.payload)
        else:
            self.trouble(Errors.PROVINCE_UNREACHABLE, by_card=False)

    def _working(self, *, by_card: bool) -> None:
        session = self._stage.session
        session.sign_in_error = ""
        session.sign_in_advice = "sign_in.asking_province"
        session.sign_in_card = "working" if by_card else "waiting"
        session.sign_in_code = "waiting" if by_card else "working"

    def answered(self, answer: SignInAnswered) -> None:
        """The province's answer: signed in, or a sentence that says what to do."""
        session = self._stage.session
        if answer.session is not None:
            identity = answer.session.identity or self._card_identity()
            if identity is None:
                self.trouble(Errors.SIGN_IN_REFUSED, by_card=answer.by_card)
                return
            self._accept(answer, identity)
        elif answer.error is not None and answer.error.next_step is NextStep.RETRY and answer.by_card:
            self._without_province(answer.error, by_card=True)
        else:
            session.signed_in = None
            self.trouble(answer.error or Errors.SIGN_IN_REFUSED, by_card=answer.by_card)

    def _accept(self, answer: SignInAnswered, identity: Identity) -> None:
        session, province = self._stage.session, answer.session
        if province is None:
            raise RuntimeError("an accepted sign-in carries a session")
        session.note(identity.name, identity.number, identity.address, province.token)
        by_card = session.signed_in if answer.by_card else None
        session.signed_in = SignedIn(
            identity,
            province.assurance,
            province=province,
            sam_number=by_card.sam_number if by_card is not None else "",
            read_at=by_card.read_at if by_card is not None else "",
        )
        self._questioning.begin()

    def _card_identity(self) -> Identity | None:
        signed_in = self._stage.session.signed_in
        return signed_in.identity if signed_in is not None else None

    def _without_province(self, error: ErrorCode, *, by_card: bool) -> None:
        """The card answered, the province did not: enough for what may be submitted offline."""
        if self._stage.matter.item.offline is OfflineRule.SUBMIT:
            self._questioning.begin()
        else:
            self._stage.session.signed_in = None
            self.trouble(error, by_card=by_card)

    def trouble(self, error: ErrorCode, *, by_card: bool) -> None:
        """Says what is wrong with the card or the code and what to do; the other way stays open."""
        session = self._stage.session
        session.sign_in_card = "problem" if by_card else "waiting"
        session.sign_in_code = "waiting" if by_card else "problem"
        session.sign_in_error = error.code
        session.sign_in_advice = f"error.{error.code}"
