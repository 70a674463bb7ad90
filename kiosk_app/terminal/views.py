"""What a screen shows, as plain values.

The machine publishes one :class:`View` after every change; the screens draw it and nothing else. All text
that depends on the matter, the person or the moment is already in the language of the session; fixed labels
belong to the screens. Values of a person are masked before they get here, with one exception: what the
person is typing at this moment, in :attr:`QuestionView.typed`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.consent_views import FaceConsentView, NoticeView
from kiosk_app.terminal.face_views import FaceView
from kiosk_app.terminal.helping_views import AgreementView, HelpingView
from kiosk_app.terminal.option import Option as Option  # noqa: PLC0414  # it belongs to the views
from kiosk_app.terminal.resting import AttractView, Look
from kiosk_app.terminal.signing_view import SigningView
from kiosk_app.terminal.staff_views import StaffSignInView, StaffView


class Screen(Enum):
    """Every screen of the terminal. The value is the name of its QML file in lower case with underscores."""

    STARTING = "starting"
    ATTRACT = "attract"
    HOME = "home"
    GUIDE = "guide"
    HELPING = "helping"
    NOTICE = "notice"
    SIGN_IN = "sign_in"
    AGREEMENT = "agreement"
    FACE_CONSENT = "face_consent"
    FACE = "face"
    QUESTION = "question"
    CHECK = "check"
    PROGRESS = "progress"
    RESULT = "result"
    RATING = "rating"
    HELP = "help"
    FAREWELL = "farewell"
    OUT_OF_SERVICE = "out_of_service"
    STAFF_SIGN_IN = "staff_sign_in"
    STAFF = "staff"


class Way(Enum):
    """A way to sign in."""

    CARD = "card"
    CODE = "code"
    TELEPHONE = "telephone"
    """A code on the screen, confirmed on the telephone."""
    SOCIAL_CARD = "social_card"
    """A social-security card, with any of the others: by itself it signs nobody in."""


class Connection(Enum):
    CONNECTED = "connected"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TopLine:
    """The thin first line of every screen."""

    terminal_name: str
    place_name: str
    clock: str
    """``21:07``, Asia/Shanghai."""
    connection: Connection
    connection_text: str
    """In words, such as 网络正常 or 自 21:03 起离线，照常可办; or that the screen was looked at from afar."""
    signed_in_as: str = ""
    """The masked name; empty when nobody is signed in."""
    session_open: bool = False
    """Whether 结束办理 is offered."""
    speech_fitted: bool = False
    """Whether this terminal can read its screens aloud: 语音 is offered."""
    signing_offered: bool = False
    """Whether the province has clips of signing: 手语 is offered."""
    demonstration: bool = False
    """A simulated device or the reference platform is in use: the screen says 演示."""


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter in a list. ``finish`` is one of finish_here, start_here, not_here."""

    code: str
    title: str
    leaves_with: str
    finish: str
    readiness: str
    """现在就能办完 / 在这里开始… / 本机现在办不了：…, with the reason."""
    can_start: bool
    nearest: str = ""
    """Where else it can be finished now, when not here; empty when nobody knows."""


@dataclass(frozen=True, slots=True)
class HomeView:
    rows: tuple[MatterRow, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class GuideView:
    title: str
    summary: str
    needs: tuple[str, ...]
    steps: int
    minutes: int
    leaves_with: str
    finish: str
    readiness: str
    can_start: bool
    alternative: str
    """Where else it can be done; empty when it can be done here."""
    nearest: str = ""
    """The nearest place that can finish it now, as far as it was heard; empty like ``alternative``."""
    for_others: bool = False
    """Whether it can be begun for somebody else now."""


@dataclass(frozen=True, slots=True)
class SignInView:
    """The ways are waiting, working, problem, closed, used or unavailable; ``advice`` says what to do now.

    ``asked`` is empty at the first sign-in; ``again`` where that has ended and ``twice`` where a matter needs
    another proof, in the middle of it: then ``used`` ways prove nothing more, and ``window_offered``.
    ``telephone_code`` is what a telephone scans off the screen: not empty while ``telephone`` can be used.
    ``social_card`` may also be kept, while a second thing is asked for; empty where no reader is at work.
    """

    matter: str
    card: str
    code: str
    advice: str
    is_problem: bool
    error_code: str = ""
    whose_turn: str = ""
    """Whose identity is asked for, where one person helps another; empty otherwise."""
    telephone: str = "unavailable"
    telephone_code: str = ""
    asked: str = ""
    window_offered: bool = False
    social_card: str = ""
    for_organisation: bool = False
    """Only the electronic business licence signs anybody in: by code, or on the telephone."""


class Widget(Enum):
    """The closed list of ways to answer."""

    CHOICE = "choice"
    """One of ``options``; choosing one goes on."""
    SEVERAL = "several"
    """Any of ``options``; the primary action goes on."""
    DIGITS = "digits"
    """The pad: digits, and X where ``allow_x``."""
    DATE = "date"
    """Three parts by the pad, shown as 年 月 日; typed as eight figures."""
    TEXT = "text"
    """Words, at most ``maximum_length`` characters; ``options`` may be chosen instead of writing."""
    CONFIRM = "confirm"
    """A fact from a source (``facts``), to be confirmed or not: options carry yes and no."""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    """Masked."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    matter: str
    step: int
    steps: int
    question: str
    help: str
    widget: Widget
    options: tuple[Option, ...] = ()
    facts: tuple[Fact, ...] = ()
    source: str = ""
    """Where a pre-filled value or a fact comes from, such as 来自您的身份证."""
    typed: str = field(default="", repr=False)
    placeholder: str = ""
    maximum_length: int = 0
    allow_x: bool = False
    optional: bool = False
    problem: str = ""
    """What is wrong with the answer and what to do now; empty when nothing is."""
    can_go_on: bool = False
    picture: bytes = field(default=b"", repr=False)
    """A paper that was taken and not kept yet, as JPEG; empty when there is none."""
    drawing: str = ""
    """The drawing of the hand and the device at this step, such as ``paper_under_camera``; empty for none."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    field: str
    label: str
    value: str
    source: str
    can_change: bool


@dataclass(frozen=True, slots=True)
class CheckView:
    matter: str
    rows: tuple[AnswerRow, ...]
    page: int
    pages: int
    declaration: str
    submit_label: str
    """提交 or 查询, in words of the matter."""
    offline_note: str
    """What offline means for this submission, or what else is otherwise than usual; empty when nothing is."""
    can_hand_over: bool = False
    """Whether 到窗口接着办 is offered: something is in the way here, and a window can go on."""


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Always a sentence; after 2 s what is being waited for, after 10 s another way (LOOK, principle 6)."""

    matter: str
    sentence: str
    waiting_for: str
    other_way: str
    """The label of the button that offers another way; empty before 10 s."""


class SlipState(Enum):
    NONE = "none"
    PRINTING = "printing"
    DONE = "done"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ResultView:
    """``tone`` is done, waiting or attention; never done for what is not known to be done."""

    matter: str
    tone: str
    headline: str
    explanation: str
    state: str
    """The state of the case in words: 已提交, 已存在本机，尚未提交, 已办结, …"""
    receipt_number: str
    """Grouped 3-4-4; empty when there is none."""
    case_number: str
    facts: tuple[Fact, ...]
    next_steps: tuple[str, ...]
    slip: SlipState
    slip_text: str
    can_print: bool
    can_retry: bool
    document: SlipState = SlipState.NONE
    """The A4 page, like the slip."""
    document_text: str = ""
    can_print_document: bool = False
    can_hear_slip: bool = False
    """Whether what stands on the slip can be heard: by who is read to, printed or not."""
    code: str = ""
    """What the QR code beside the receipt number says; empty while paper says it."""
    can_hand_over: bool = False
    """Whether 到窗口接着办 is offered: nothing was handed in, and a window can go on."""
    for_window: bool = False
    """Nothing was handed in: number and code are for a window, which goes on with it."""
    slip_elsewhere: str = ""
    """Where a slip can be printed that did not come out here; empty when nobody knows."""


@dataclass(frozen=True, slots=True)
class RatingView:
    """Five levels as words, nothing preselected; tags of the chosen level (STANDARDS §3.4)."""

    matter: str
    levels: tuple[Option, ...]
    tags: tuple[Option, ...]
    can_send: bool
    thanked: bool = False


@dataclass(frozen=True, slots=True)
class HelpView:
    hotline: str
    hotline_hours: str
    keeper: str
    keeper_telephone: str
    window: str
    window_hours: str
    address: str
    call_back_matter: str
    """The code of the matter that asks for a call-back number; empty when it cannot be offered."""
    can_hand_over: bool = False
    """Whether 到窗口接着办 is offered for the matter behind the help."""
    window_open: str = ""
    """Until when the window is open today, or when it opens; empty when nobody knows."""
    staff_offered: bool = True
    """Whether 工作人员 is offered: not in the middle of what a citizen does."""


@dataclass(frozen=True, slots=True)
class FarewellView:
    cleared: bool
    """True only after the wipe and its scan; until then the screen says that it is being cleared."""
    take_card: bool
    take_paper: bool
    draft: str = ""
    """What is kept for the same person, and until when; empty when nothing is."""
    take_social_card: bool = False


@dataclass(frozen=True, slots=True)
class OutOfServiceView:
    reason: str
    since: str
    who: str
    nearest: str
    error_code: str
    address: str = ""
    """Of the nearest place, in plain text as any map takes it; empty when nobody knows one."""


@dataclass(frozen=True, slots=True)
class IdleWarning:
    """还要继续吗？ over whatever is shown; any touch, key, card or scan counts as going on."""

    seconds_left: int


@dataclass(frozen=True, slots=True)
class StartingView:
    sentence: str


ScreenView = (
    StartingView
    | AttractView
    | HomeView
    | GuideView
    | HelpingView
    | NoticeView
    | SignInView
    | AgreementView
    | QuestionView
    | CheckView
    | FaceConsentView
    | FaceView
    | ProgressView
    | ResultView
    | RatingView
    | HelpView
    | FarewellView
    | OutOfServiceView
    | StaffSignInView
    | StaffView
)


@dataclass(frozen=True, slots=True)
class View:
    """Everything that is shown at one moment. ``serial`` grows by one with every view.

    ``forward`` says which way the screen moves (True forward, False back); it only matters when
    ``screen`` differs from the one before.
    """

    serial: int
    screen: Screen
    top: TopLine
    body: ScreenView
    aids: Aids = field(default_factory=Aids)
    look: Look = field(default_factory=Look)
    idle_warning: IdleWarning | None = None
    forward: bool = True
    headset_in: bool = False
    """A headset is plugged in: what is said is heard there and nowhere else."""
    somebody_near: bool = False
    """Somebody stands before the terminal, as far as its cabinet can tell."""
    signing: SigningView | None = None
    """手语: the clip of this step; None where there is none, and for who has not asked for it."""
