"""A terminal without devices, store, province or screens: the machine, its loop, and a person who taps.

Nothing runs by itself: a message is handled when it is said, time passes when the test lets it. Every view
that is published is kept and looked at: nothing of a person may stand in it in clear, and it can be drawn in
the other language too.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import msgspec

from contract.answers import Identity
from contract.grants import StaffRole
from contract.items import ItemBatch
from contract.payloads import Site
from foundation.errors import ErrorCode, Errors
from kiosk_app.matters.answering import YES
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.idle import IdleLimits
from kiosk_app.terminal.intents import Intent, Wish
from kiosk_app.terminal.loop import Observer, TerminalLoop
from kiosk_app.terminal.machine import Machine, Message
from kiosk_app.terminal.messages import (
    BatchChanged,
    CapabilitiesChanged,
    CardFound,
    CardReading,
    CodeReading,
    ConnectionChanged,
    OutOfServiceChanged,
    Tick,
)
from kiosk_app.terminal.presenter import Presenter
from kiosk_app.terminal.situation import Situation, TerminalFacts
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import (
    CheckView,
    Connection,
    FarewellView,
    QuestionView,
    RatingView,
    ResultView,
    Screen,
    ScreenView,
    SignInView,
    View,
)
from tests.fakes import staff
from tests.fakes.clock import ManualClock
from tests.fakes.delegation import helped_at
from tests.fakes.desk import ScriptedDesk, willing_desk
from tests.fakes.discretion import found_in, shown_of
from tests.fakes.faces import face_at
from tests.fakes.firms import LICENCE_CODE
from tests.fakes.items import OFFLINE_FORM, reference_batch
from tests.fakes.people import MOBILE, a_citizen, another_citizen, secrets_of
from tests.fixtures.enrolments import TERMINAL_ID, a_site
from words import LANGUAGES, Words

Body = TypeVar("Body", bound=ScreenView)
ALL_CAPABILITIES = frozenset({"card", "code", "slip"})
SAM_NUMBER = "05.03-20260101-0001234567-0123456789"
OFFLINE_SINCE = "2026-11-21T01:03:00.000Z"


@cache
def all_words() -> dict[str, Words]:
    """Both languages, read once."""
    return {language: Words(language) for language in LANGUAGES}


def a_furnished_site() -> Site:
    """A site that says where else one can go."""
    return msgspec.structs.replace(
        a_site(),
        keeper="江汉区政务服务中心运维组",
        keeper_telephone="027-85001234",
        staffed_window="江汉区政务服务中心一楼3号窗口",
        staffed_window_hours="工作日 9:00-17:00",
    )


class Needles:
    """Remembers what a session noted; on a terminal they are kept masked."""

    def __init__(self) -> None:
        self.noted: set[str] = set()
        self.pictures: set[bytes] = set()

    def add(self, text: str) -> None:
        self.noted.add(text)

    def add_picture(self, content: bytes) -> None:
        self.pictures.add(content)


class _OutspokenMachine(Machine):
    """The loop outlives any bug; a test must not: bugs are kept, and the kiosk raises them."""

    bugs: list[Exception]

    def handle(self, message: Message) -> None:
        try:
            super().handle(message)
        except Exception as bug:
            self.bugs.append(bug)
            raise


class _OutspokenPresenter(Presenter):
    bugs: list[Exception]

    def view(self, now: Situation, serial: int, idle_seconds_left: int | None) -> View:
        try:
            return super().view(now, serial, idle_seconds_left)
        except Exception as bug:
            self.bugs.append(bug)
            raise


class Kiosk:
    """A terminal as a test uses it. Starts on the attract screen, connected, with every device."""

    def __init__(
        self,
        batch: ItemBatch | None = None,
        desk: ScriptedDesk | None = None,
        *,
        connected: bool = True,
        capabilities: frozenset[str] = ALL_CAPABILITIES,
        limits: IdleLimits | None = None,
        site: Site | None = None,
        without_batch: bool = False,
        observe: Observer | None = None,
    ) -> None:
        self.clock = ManualClock()
        self.desk = desk if desk is not None else willing_desk()
        self.views: list[View] = []
        self.needles: list[Needles] = []
        self.secrets = secrets_of(a_citizen(), another_citizen())
        self.bugs: list[Exception] = []
        facts = TerminalFacts(TERMINAL_ID, "江汉中心01号机", site or a_furnished_site())
        self.machine = _OutspokenMachine(
            facts, self.desk, self.clock, limits or IdleLimits(), self._make_needles
        )
        self._presenter = _OutspokenPresenter(self.clock, all_words())
        self.machine.bugs = self._presenter.bugs = self.bugs
        self.loop = TerminalLoop(
            self.machine,
            self._presenter,
            self.clock,
            self._publish,
            queue.SimpleQueue(),
            observers=() if observe is None else (observe,),
        )
        self.says(CapabilitiesChanged(capabilities, demonstration=False))
        self.connection(Connection.CONNECTED if connected else Connection.OFFLINE)
        if not without_batch:
            self.says(BatchChanged(batch or reference_batch()))

    def _make_needles(self) -> Needles:
        self.needles.append(Needles())
        return self.needles[-1]

    def _publish(self, view: View) -> None:
        assert not self.views or view.serial == self.views[-1].serial + 1
        self.views.append(view)
        leaked = shown_of(view, self.secrets)
        assert not leaked, f"{view.screen} shows {leaked}"
        self._draw_in_the_other_language()

    def _draw_in_the_other_language(self) -> None:
        now = self.situation
        wearer = now.farewell or now
        aids = wearer.aids
        for language in Language:
            wearer.aids = replace(aids, language=language)
            view = self._presenter.view(now, 0, None)
            assert not shown_of(view, self.secrets)
        wearer.aids = aids

    # What happens

    def says(self, *messages: Message) -> None:
        """Somebody or something says this; then the desk says what it has to say at once."""
        for message in messages:
            self._step(message)
            while self.desk.said:
                self._step(self.desk.said.pop(0))

    def _step(self, message: Message) -> None:
        self.loop.step(message)
        if self.bugs:
            raise self.bugs[0]

    def tap(self, wish: Wish, argument: str = "", *, serial: int | None = None) -> None:
        """The person at the screen wants something, looking at the newest view unless told otherwise."""
        self.says(Intent(wish, argument, self.view.serial if serial is None else serial))

    def enter(self, figures: str) -> None:
        """Keys of the pad, one after the other."""
        for figure in figures:
            self.tap(Wish.KEY, figure)

    def wait(self, seconds: float, tick_s: float = 0.5) -> None:
        """Time passes, with its ticks."""
        left_s = seconds
        while left_s > 0:
            self.clock.advance(min(tick_s, left_s))
            left_s -= tick_s
            self.says(Tick())

    def connection(self, connection: Connection) -> None:
        self.says(ConnectionChanged(connection, OFFLINE_SINCE))

    def lay_card(self, identity: Identity | None = None) -> None:
        """A card is laid on the reader; it is read if that is allowed now."""
        self.says(CardFound())
        if self.desk.reading_allowed:
            self.read_card(identity)

    def read_card(self, identity: Identity | None = None) -> None:
        """The reader has read the card that lies there."""
        self.says(CardReading(identity or a_citizen(), SAM_NUMBER, "2026-11-21T02:10:00.000Z"))

    def show_code(self, payload: bytes = b"DXRC1.opaque") -> None:
        self.says(CodeReading(payload))

    # Ways that many stories begin with

    def open_guide(self, code: str) -> None:
        """Wakes the terminal if it sleeps, and opens the guide of a matter."""
        if self.screen is Screen.ATTRACT:
            self.tap(Wish.TOUCH)
        if self.screen is not Screen.HOME:
            self.tap(Wish.HELP)
        self.tap(Wish.CHOOSE_MATTER, code)
        assert self.screen is Screen.GUIDE

    def start(self, code: str) -> None:
        """As far as the page behind the notice."""
        self.open_guide(code)
        self.tap(Wish.START)
        if self.screen is Screen.NOTICE:
            self.tap(Wish.AGREE)

    def start_signed_in(self, code: str, identity: Identity | None = None) -> None:
        """As far as the first question."""
        self.start(code)
        if self.screen is Screen.SIGN_IN and self.sign_in.for_organisation:
            self.show_code(LICENCE_CODE)
        elif self.screen is Screen.SIGN_IN:
            self.lay_card(identity)

    def answer(self, *answers: str) -> None:
        """Answers questions: an option is chosen, figures are typed, "-" skips."""
        for answer in answers:
            question = self.question
            if answer == "-":
                self.tap(Wish.SKIP)
            elif question.options:
                self.tap(Wish.CHOOSE, answer)
                if question.widget.value == "several":
                    self.tap(Wish.GO_ON)
            else:
                self.enter(answer)
                self.tap(Wish.GO_ON)

    # What is seen

    @property
    def view(self) -> View:
        return self.views[-1]

    @property
    def screen(self) -> Screen:
        return self.view.screen

    def shows(self, screen: Screen) -> bool:
        """Whether this screen is shown now."""
        return self.view.screen is screen

    @property
    def situation(self) -> Situation:
        return self.machine.situation

    @property
    def stage(self) -> Stage:
        return Stage(self.situation, self.desk, self.clock)

    @property
    def question(self) -> QuestionView:
        return self._body(QuestionView)

    @property
    def check(self) -> CheckView:
        return self._body(CheckView)

    @property
    def result(self) -> ResultView:
        return self._body(ResultView)

    @property
    def rating(self) -> RatingView:
        return self._body(RatingView)

    @property
    def sign_in(self) -> SignInView:
        return self._body(SignInView)

    @property
    def farewell(self) -> FarewellView:
        return self._body(FarewellView)

    def _body(self, kind: type[Body]) -> Body:
        body = self.view.body
        assert isinstance(body, kind), f"{self.screen} is shown"
        return body

    def say(self, sentence_id: str, **values: object) -> str:
        """A sentence in the language that is shown."""
        return all_words()[self.view.aids.language.value].say(sentence_id, **values)

    def screens_seen(self) -> list[Screen]:
        """The screens in the order in which they were shown, repetitions left out."""
        shown = [view.screen for view in self.views]
        return [screen for at, screen in enumerate(shown) if at == 0 or shown[at - 1] is not screen]

    def error(self, error: ErrorCode) -> str:
        """What the person reads about an error."""
        return self.say(f"error.{error.code}")


def secrets_left(kiosk: Kiosk, secrets: Iterable[str] | None = None) -> set[str]:
    """What of the people can still be reached from the terminal; the views of the past are the test's own."""
    return found_in((kiosk.view, vars(kiosk.machine), vars(kiosk.loop)), secrets or kiosk.secrets)


_WAY: list[tuple[Screen, Callable[[Kiosk], None]]] = [
    (Screen.ATTRACT, lambda kiosk: kiosk.tap(Wish.TOUCH)),
    (Screen.HOME, lambda kiosk: kiosk.tap(Wish.CHOOSE_MATTER, OFFLINE_FORM)),
    (Screen.GUIDE, lambda kiosk: kiosk.tap(Wish.START)),
    (Screen.NOTICE, lambda kiosk: kiosk.tap(Wish.AGREE)),
    (Screen.SIGN_IN, lambda kiosk: kiosk.lay_card()),
    (Screen.QUESTION, lambda kiosk: kiosk.answer(YES, "social_security_card", "alone", MOBILE)),
    (Screen.CHECK, lambda kiosk: kiosk.tap(Wish.SUBMIT)),
    (Screen.RESULT, lambda kiosk: kiosk.tap(Wish.FINISH)),
    (Screen.RATING, lambda kiosk: kiosk.tap(Wish.FINISH)),
    (Screen.FAREWELL, lambda kiosk: kiosk.tap(Wish.FINISH)),
]


def let_staff_in(kiosk: Kiosk, *, known: bool, role: StaffRole = StaffRole.TECHNICIAN) -> Kiosk:
    """At the door for staff, where the grant was found good; or behind it, when she is ``known``."""
    kiosk.desk.answers |= staff.answers(role)
    for wish in (Wish.TOUCH, Wish.HELP, Wish.STAFF):
        kiosk.tap(wish)
    kiosk.show_code(staff.GRANT)
    if known:
        kiosk.enter(staff.VISIT_CODE)
        kiosk.tap(Wish.GO_ON)
    return kiosk


def kiosk_at(screen: Screen, **more: Any) -> Kiosk:
    """A terminal that shows ``screen``, reached as a person would reach it."""
    if screen in (Screen.HELPING, Screen.AGREEMENT):
        return helped_at(screen, Kiosk(**more), OFFLINE_FORM)
    if screen in (Screen.FACE_CONSENT, Screen.FACE):
        return face_at(screen, Kiosk(**more))
    if screen is Screen.STARTING:
        return Kiosk(without_batch=True, **more)
    kiosk = Kiosk(**more)
    if screen is Screen.OUT_OF_SERVICE:
        kiosk.says(OutOfServiceChanged(Errors.STORE_DAMAGED, OFFLINE_SINCE))
        return kiosk
    if screen in (Screen.STAFF_SIGN_IN, Screen.STAFF):
        return let_staff_in(kiosk, known=screen is Screen.STAFF)
    if screen is Screen.PROGRESS:
        kiosk.desk.answers.pop("submit")
    for reached, go_on in _WAY:
        if kiosk.screen is screen:
            return kiosk
        assert kiosk.screen is reached
        go_on(kiosk)
        if screen is Screen.HELP and kiosk.screen is Screen.QUESTION:
            kiosk.tap(Wish.HELP)
    raise LookupError(screen)
