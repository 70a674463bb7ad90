"""The terminal's state machine.

One message after the other, each handled at once: nothing here waits, knows Qt, a socket or a file.
Navigation is data: the table at the end says which wish is heard on which screen, so a tap that comes late or
twice does nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import msgspec

from contract.sets import WayOut
from foundation.clock import Clock, in_china
from foundation.errors import ErrorCode, Errors
from kiosk_app.terminal import aids, answers, messages
from kiosk_app.terminal.aiding import Aiding
from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.capturing import Capturing
from kiosk_app.terminal.changes import Changes
from kiosk_app.terminal.choosing import Choosing
from kiosk_app.terminal.closing import Closing
from kiosk_app.terminal.desk import Desk
from kiosk_app.terminal.ending import Ending
from kiosk_app.terminal.facing import FaceRoom
from kiosk_app.terminal.handing_over import HandingOver
from kiosk_app.terminal.idle import IdleLimits, IdleWatch, is_sign_of_life
from kiosk_app.terminal.intents import Intent, Wish
from kiosk_app.terminal.own_cases import OwnCases
from kiosk_app.terminal.papers import Papers
from kiosk_app.terminal.proving import Proving
from kiosk_app.terminal.questioning import Questioning
from kiosk_app.terminal.rating import Rating
from kiosk_app.terminal.resuming import Resuming
from kiosk_app.terminal.session import CitizenSession, NeedleSink
from kiosk_app.terminal.situation import Situation, TerminalFacts
from kiosk_app.terminal.staff_visit import StaffAnswer
from kiosk_app.terminal.staffing import Staffing
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Connection, Screen, SlipState
from kiosk_app.terminal.writing import Writing

READING_AT_MOST_S = 300.0
"""How long being read to does not count as idle; no page takes longer at the slowest speed."""
AT_WORK_AT_MOST_S = 60.0
"""How long waiting for the terminal does not count as idle: whoever has gone meanwhile is cleared too."""
_UNTIL_ANOTHER_PROCESS = (Errors.WIPE_REPLACEMENT_FAILED.code, Errors.WIPE_MACHINE_RESTARTS.code)

Message = Intent | messages.DeviceMessage | messages.WorldMessage | answers.AnswerMessage


class Machine:
    """Takes messages, changes the situation, asks the desk. Not thread-safe: one loop owns it."""

    def __init__(
        self,
        facts: TerminalFacts,
        desk: Desk,
        clock: Clock,
        limits: IdleLimits,
        make_needles: Callable[[], NeedleSink],
    ) -> None:
        self.situation = Situation(facts, aids=Aids(language=facts.language))
        self._desk = desk
        self._clock = clock
        self._make_needles = make_needles
        self._idle = IdleWatch(clock, limits)
        self._stage = Stage(self.situation, desk, clock)
        self.changes = Changes(self._stage)
        self.papers = Papers(self._stage)
        self.closing = Closing(self._stage, self.papers)
        self.handing_over = HandingOver(self._stage, self.papers)
        self.writing = Writing(self._stage)
        self.aiding = Aiding(self._stage, self._idle, self._rest)
        self.ending = Ending(self._stage, self.writing, self._rest)
        self.rating = Rating(self._stage, self.ending.end)
        self.staffing = Staffing(self._stage, self.ending.end)
        self.capturing = Capturing(self._stage)
        self.proving = Proving(self._stage, self.closing)
        self.facing = FaceRoom(self._stage, self.proving)
        self.own_cases = OwnCases(self._stage, self.proving)
        self.resuming = Resuming(self._stage)
        rooms = (self.closing, self.capturing, self.own_cases, self.resuming)
        self.questioning = Questioning(self._stage, *rooms, self.writing, self.proving)
        self.choosing = Choosing(self._stage, self.questioning, self.closing, self.proving)
        self._hearers: dict[type, Callable[[Any], None]] = {
            answers.SignInAnswered: self.choosing.answered,
            answers.ChallengeMade: self.choosing.telephone.made,
            answers.SocialCardCompared: self.choosing.social_card.compared,
            answers.TelephoneAnswered: self.choosing.telephone.heard,
            answers.DelegationAnswered: self.choosing.helping.answered,
            answers.FaceAnswered: self.facing.answered,
            answers.LicenceAnswered: self.questioning.licence_answered,
            answers.CasesAnswered: self.own_cases.answered,
            answers.DraftFound: self.questioning.draft_found,
            answers.DraftKept: self.resuming.kept,
            answers.QueryAnswered: self.closing.query_answered,
            answers.CaseCommitted: self._committed,
            answers.DocumentTaken: self.questioning.paper_answered,
            answers.AttachmentKept: self.questioning.paper_answered,
        }

    def idle_seconds_left(self) -> int | None:
        """Seconds until the session ends if nobody gives a sign of life; None while nothing is to be said."""
        if self.situation.session is None or self._at_work():
            return None
        return self._idle.seconds_left()

    def _at_work(self) -> bool:
        """Whether the person waits for the terminal, and for no longer than anybody would."""
        session = self.situation.session
        matter = session.matter if session is not None else None
        if matter is None or not (
            self.situation.screen is Screen.PROGRESS or matter.document is SlipState.PRINTING
        ):
            return False
        return self.closing.waited_s(matter) < AT_WORK_AT_MOST_S

    def _reads_aloud(self) -> bool:
        since_s = self.situation.read_aloud_since_s
        return since_s is not None and self._clock.monotonic_s() - since_s < READING_AT_MOST_S

    def give_up(self) -> None:
        """Something is wrong with the program: the session ends, so that nothing of the person stays."""
        self.ending.end(WayOut.FAULT)

    def handle(self, message: Message) -> None:
        """Handles one message. Messages of a session that has ended are dropped."""
        if isinstance(message, Intent):
            self._wish(message)
        elif isinstance(message, messages.Tick):
            self._tick()
        elif isinstance(message, messages.DeviceMessage):
            self._device(message)
        elif isinstance(message, messages.WorldMessage):
            self._world(message)
        else:
            self._answer(message)
        self.capturing.settle()
        self.facing.settle()
        if self.situation.session is None and self.situation.farewell is None:
            self.situation.appearance.settle(in_china(self._clock.utc_now()).date().isoformat())

    # A person's wishes

    def _wish(self, intent: Intent) -> None:
        now = self.situation
        self._sign_of_life(intent.wish)
        if now.screen is Screen.ATTRACT:
            self._open_session()
            if intent.wish is not Wish.SPEECH or not now.aids.speech:  # a headset has switched it on already
                self.aiding.heard(intent.wish)
        elif now.farewell is not None:
            if intent.wish is Wish.FINISH:
                self.ending.leave()
        elif now.session is None:
            if now.screen is not Screen.STARTING and not self.aiding.heard(intent.wish):
                self._let_staff_in(intent.wish)
        elif self.aiding.heard(intent.wish):
            pass
        elif intent.wish is Wish.END:
            self.ending.end(now.session.way_out)
        else:
            action = _TABLE.get((now.screen, intent.wish))
            if action is not None:
                action(self, intent.argument)
                self.changes.seen()

    def _let_staff_in(self, wish: Wish) -> None:
        if wish is Wish.STAFF:
            self._open_session()
            self.staffing.begin()

    def _sign_of_life(self, wish: Wish) -> None:
        if wish is Wish.CONTINUE:
            self._idle.extend()
        else:
            self._idle.touched()

    def _open_session(self, *, by_card: bool = False) -> None:
        """A card that lay there before the person came is somebody else's until it has been taken away."""
        now = self.situation
        now.session = CitizenSession(str(uuid.uuid4()), self._stage.time(), self._make_needles())
        now.session.card_left = now.card_present and not by_card
        self.aiding.put_on(aids.read_to(now.aids, wanted=now.headset_in))
        now.home_page = 0
        now.early_answers.clear()
        self._idle.restart()
        self._stage.go(Screen.HOME)

    # Devices

    def _device(self, message: messages.DeviceMessage) -> None:
        now = self.situation
        if isinstance(message, messages.CardFound):
            now.card_present = True
        elif isinstance(message, messages.SocialCardFound):
            now.social_card_present = True
        elif isinstance(message, messages.CardGone):
            self._card_gone()
            return
        elif isinstance(message, messages.SocialCardGone):
            now.social_card_present = False
            return
        elif isinstance(message, messages.HeadsetPlugged):
            now.headset_in = message.present
            self.aiding.read_to(wanted=message.present)
        alive = is_sign_of_life(message)
        if alive:
            self._idle.touched()
        if now.screen is Screen.ATTRACT and alive:
            self._open_session(by_card=isinstance(message, messages.CardFound))
        elif now.screen is Screen.SIGN_IN:
            self.choosing.heard(message)
        elif now.screen is Screen.STAFF_SIGN_IN:
            self.staffing.heard(message)

    def _card_gone(self) -> None:
        now = self.situation
        now.card_present = False
        if now.session is not None:
            now.session.card_left = False
            if now.screen is Screen.SIGN_IN:
                self._desk.allow_card_reading(not now.session.wants_licence)

    # The world

    def _tick(self) -> None:
        now = self.situation
        now.services_return(self._clock.monotonic_s())
        self.closing.tick()
        if self._at_work():
            self._idle.touched()
        self._idle.look(counts=not self._reads_aloud())
        if self.idle_seconds_left() == 0:
            self.ending.end(WayOut.IDLE)
        self.choosing.telephone.go_on()
        self.ending.tick()
        self.aiding.tick()

    def _world(self, message: messages.WorldMessage) -> None:
        now = self.situation
        before = now.means
        if isinstance(message, messages.Told):
            now.take_note(message)
        elif isinstance(message, messages.CameraAdvised):
            self.capturing.advised(message)
            self.facing.advised(message)
        elif isinstance(message, messages.FaceTaken):
            self.facing.taken(message)
        elif isinstance(message, messages.ReadingAloud):
            self._idle.look(counts=not self._reads_aloud())
            now.read_aloud_since_s = self._clock.monotonic_s() if message.going_on else None
        elif isinstance(message, messages.CapabilitiesChanged):
            now.capabilities = message.capabilities
            now.demonstration = message.demonstration
            self.staffing.look()
            now.low = message.low
        elif isinstance(message, messages.ConnectionChanged):
            now.connection = message.connection
            now.connection_since = message.since
            if now.screen is Screen.SIGN_IN:
                self._desk.expect_code(message.connection is Connection.CONNECTED)
        elif isinstance(message, messages.OutOfServiceChanged):
            self._out_of_service(message.error, message.since)
        self.changes.noticed(before)
        if isinstance(message, messages.Orders) and now.session is None and now.farewell is None:
            self._rest()
        if now.screen is Screen.STARTING and now.batch is not None and now.serves:
            self._rest()

    def _out_of_service(self, error: ErrorCode | None, since: str) -> None:
        """After a wipe that was not clean nothing but another process may serve again."""
        now = self.situation
        if now.out_of_service in _UNTIL_ANOTHER_PROCESS:
            return
        now.out_of_service = error.code if error is not None else ""
        now.out_of_service_since = since
        if now.session is None and now.farewell is None:
            self._rest()
        elif now.session is not None and now.session.staff is not None:
            self.staffing.look()  # who mends it stays
        elif error is not None and error is not Errors.STORE_LOW:  # who has begun can finish: there is room
            self.ending.end(WayOut.FAULT)

    # Answers

    def _answer(self, message: answers.AnswerMessage) -> None:
        now = self.situation
        if isinstance(message, answers.CaseAnswered):
            self.closing.case_answered(message)
            self.handing_over.answered(message)
            return
        if isinstance(message, answers.WipeFinished):
            self.ending.wiped(message)
            return
        if isinstance(message, answers.ProcessStayed):
            self.ending.stayed(message)
            return
        if now.session is None or now.session.session_id != message.session_id:
            if isinstance(message, answers.WITH_A_SESSION) and message.session is not None:
                # Of somebody who has left meanwhile: who she is stays with nobody for it.
                self._desk.sign_out(msgspec.structs.replace(message.session, identity=None))
            elif now.farewell is not None and now.farewell.session_id == message.session_id:
                self.ending.heard(message)
            return
        if isinstance(message, StaffAnswer):
            self.staffing.answered(message)
        else:
            self._hearers.get(type(message), self.papers.heard)(message)

    def _committed(self, message: answers.CaseCommitted) -> None:
        if message.for_window:
            self.handing_over.committed(message)
        elif message.failure:
            self.rating.failure_recorded(message)
        else:
            self.closing.committed(message)

    def _rest(self) -> None:
        now = self.situation
        now.farewell = now.help_from = None
        self.aiding.put_on(Aids(language=now.facts.language))
        if now.restart_wanted:
            now.restart_wanted = False
            self._desk.staff.restart()
        if now.serves:
            self._stage.go(Screen.ATTRACT if now.batch is not None else Screen.STARTING)
        else:
            self._stage.go(Screen.OUT_OF_SERVICE)


_TABLE: dict[tuple[Screen, Wish], Callable[[Machine, str], None]] = {
    (Screen.HOME, Wish.CHOOSE_MATTER): lambda machine, code: machine.choosing.choose_matter(code),
    (Screen.HOME, Wish.NEXT_PAGE): lambda machine, _: machine.choosing.turn_home(1),
    (Screen.HOME, Wish.PREVIOUS_PAGE): lambda machine, _: machine.choosing.turn_home(-1),
    (Screen.HELP, Wish.CHOOSE_MATTER): lambda machine, code: machine.choosing.choose_matter(code),
    (Screen.HELP, Wish.TO_WINDOW): lambda machine, _: machine.handing_over.hand_over(),
    (Screen.CHECK, Wish.TO_WINDOW): lambda machine, _: machine.handing_over.hand_over(),
    (Screen.RESULT, Wish.TO_WINDOW): lambda machine, _: machine.handing_over.hand_over(),
    (Screen.GUIDE, Wish.START): lambda machine, _: machine.choosing.start(),
    (Screen.GUIDE, Wish.BACK): lambda machine, _: machine.choosing.back(),
    (Screen.GUIDE, Wish.HELP_SOMEBODY): lambda machine, _: machine.choosing.helping.offer(),
    (Screen.HELPING, Wish.CHOOSE): lambda machine, relation: machine.choosing.start_for_somebody(relation),
    (Screen.HELPING, Wish.BACK): lambda machine, _: machine.choosing.back(),
    (Screen.AGREEMENT, Wish.AGREE): lambda machine, _: machine.choosing.helping.agree(),
    (Screen.AGREEMENT, Wish.BACK): lambda machine, _: machine.choosing.back(),
    (Screen.NOTICE, Wish.AGREE): lambda machine, _: machine.choosing.agree(),
    (Screen.NOTICE, Wish.SHOW_WHOLE_NOTICE): lambda machine, _: machine.choosing.toggle_whole_notice(),
    (Screen.NOTICE, Wish.BACK): lambda machine, _: machine.choosing.back(),
    (Screen.SIGN_IN, Wish.BACK): lambda machine, _: machine.choosing.back(),
    (Screen.FACE_CONSENT, Wish.AGREE): lambda machine, _: machine.facing.agree(),
    (Screen.FACE_CONSENT, Wish.OTHER_WAY): lambda machine, _: machine.facing.refuse(),
    (Screen.FACE_CONSENT, Wish.SHOW_WHOLE_NOTICE): lambda machine, _: machine.facing.toggle_whole(),
    (Screen.FACE_CONSENT, Wish.BACK): lambda machine, _: machine.choosing.back(),
    (Screen.FACE, Wish.RETRY): lambda machine, _: machine.facing.again(),
    (Screen.FACE, Wish.OTHER_WAY): lambda machine, _: machine.facing.other_way(),
    (Screen.FACE, Wish.BACK): lambda machine, _: machine.choosing.back(),
    (Screen.SIGN_IN, Wish.OTHER_WAY): lambda machine, _: machine.proving.to_the_window(),
    (Screen.QUESTION, Wish.CHOOSE): lambda machine, value: machine.questioning.choose(value),
    (Screen.QUESTION, Wish.KEY): lambda machine, key: machine.questioning.key(key),
    (Screen.QUESTION, Wish.WRITE): lambda machine, text: machine.writing.write(text),
    (Screen.QUESTION, Wish.GO_ON): lambda machine, _: machine.questioning.go_on(),
    (Screen.QUESTION, Wish.SKIP): lambda machine, _: machine.questioning.skip(),
    (Screen.QUESTION, Wish.BACK): lambda machine, _: machine.questioning.back(),
    (Screen.CHECK, Wish.CHANGE): lambda machine, field: machine.questioning.change(field),
    (Screen.CHECK, Wish.NEXT_PAGE): lambda machine, _: machine.questioning.turn_check(1),
    (Screen.CHECK, Wish.PREVIOUS_PAGE): lambda machine, _: machine.questioning.turn_check(-1),
    (Screen.CHECK, Wish.SUBMIT): lambda machine, _: machine.questioning.submit(),
    (Screen.CHECK, Wish.BACK): lambda machine, _: machine.questioning.back(),
    (Screen.PROGRESS, Wish.OTHER_WAY): lambda machine, _: machine.closing.other_way(),
    (Screen.RESULT, Wish.PRINT): lambda machine, _: machine.papers.print_slip(),
    (Screen.RESULT, Wish.HEAR_SLIP): lambda machine, _: machine.papers.read_slip(),
    (Screen.RESULT, Wish.PRINT_DOCUMENT): lambda machine, _: machine.papers.print_document(),
    (Screen.RESULT, Wish.RETRY): lambda machine, _: machine.choosing.retry(),
    (Screen.RESULT, Wish.FINISH): lambda machine, _: machine.rating.finish(),
    (Screen.RESULT, Wish.GO_ON): lambda machine, _: machine.rating.finish(),
    (Screen.RESULT, Wish.ANOTHER_MATTER): lambda machine, _: machine.rating.another_matter(),
    (Screen.RATING, Wish.RATE): lambda machine, level: machine.rating.rate(level),
    (Screen.RATING, Wish.TAG): lambda machine, code: machine.rating.tag(code),
    (Screen.RATING, Wish.SEND_RATING): lambda machine, _: machine.rating.send_rating(),
    (Screen.RATING, Wish.SKIP_RATING): lambda machine, _: machine.rating.skip_rating(),
    (Screen.RATING, Wish.FINISH): lambda machine, _: machine.rating.finish(),
    (Screen.HELP, Wish.STAFF): lambda machine, _: machine.staffing.begin(),
    (Screen.STAFF_SIGN_IN, Wish.KEY): lambda machine, key: machine.staffing.key(key),
    (Screen.STAFF_SIGN_IN, Wish.GO_ON): lambda machine, _: machine.staffing.go_on(),
    (Screen.STAFF_SIGN_IN, Wish.BACK): lambda machine, _: machine.staffing.back(),
    (Screen.STAFF, Wish.CHOOSE): lambda machine, errand: machine.staffing.choose(errand),
    (Screen.RATING, Wish.ANOTHER_MATTER): lambda machine, _: machine.rating.another_matter(),
}
