"""Where the terminal is at this moment: the one state that the machine changes and the presenter shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import msgspec

from contract.clips import ClipPlace
from contract.items import Item, ItemBatch, LocalText, Notice
from contract.news import NewsSheet
from contract.payloads import Site
from contract.places import NearbyPlaces
from contract.sets import Assurance, Finish, OfflineRule, WayOut
from foundation.errors import Errors
from kiosk_app.terminal.aids import Aids, Language
from kiosk_app.terminal.answers import CaseAnswered
from kiosk_app.terminal.appearance import Appearance
from kiosk_app.terminal.messages import (
    BatchChanged,
    ClipsChanged,
    IdentityBlocked,
    Orders,
    PlacesHeard,
    PresenceNoticed,
    QueueChanged,
    ScreenSeen,
    ServicesChanged,
    TerminalBlocked,
    ThemeChanged,
    Told,
)
from kiosk_app.terminal.readiness import Means, Queue, Readiness, readiness
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.signing import KeptClip, kept_clips
from kiosk_app.terminal.views import Connection, Screen

ROWS_ON_HOME = 5
ROWS_ON_CHECK = 6


@dataclass(frozen=True, slots=True)
class TerminalFacts:
    """What does not change while the terminal runs."""

    terminal_id: str
    terminal_name: str
    site: Site
    language: Language = Language.CHINESE
    """The language that a person finds, and that comes back when she has gone."""
    call_back_item: str = "call-back"


@dataclass(slots=True)
class Farewell:
    """The end of a session: what is being cleared, and what must be taken along."""

    session_id: str
    since_s: float
    way_out: WayOut
    aids: Aids
    """What the person wears who is leaving; the next one finds none."""
    cleared: bool = False
    cleared_at_s: float = 0.0
    mending: bool = False
    """The wipe was not clean, and the process is to be replaced."""
    paper: bool = False
    draft_until: str = ""
    """The day until which what was begun is kept for this person; empty when nothing is."""


@dataclass(slots=True)
class Situation:
    """Everything but time. ``new_page`` is set when another page is shown, until its first view is out."""

    facts: TerminalFacts
    screen: Screen = Screen.STARTING
    forward: bool = True
    new_page: bool = True
    aids: Aids = field(default_factory=Aids)
    appearance: Appearance = field(default_factory=Appearance)
    batch: ItemBatch | None = None
    news: NewsSheet | None = None
    nearby: NearbyPlaces | None = None
    """Where else people can go, as the province said last; None when it has not said yet."""
    clips: Mapping[ClipPlace, KeptClip] = field(default_factory=dict)
    capabilities: frozenset[str] = frozenset()
    low: frozenset[str] = frozenset()
    """Capabilities whose paper or toner is running out."""
    queue: Queue = Queue.FLOWS
    demonstration: bool = False
    connection: Connection = Connection.UNKNOWN
    connection_since: str = ""
    left_alone: Mapping[str, float] = field(default_factory=dict)
    session: CitizenSession | None = None
    guide_item: Item | None = None
    home_page: int = 0
    help_from: Screen | None = None
    farewell: Farewell | None = None
    card_present: bool = False
    social_card_present: bool = False
    headset_in: bool = False
    read_aloud_since_s: float | None = None
    """Monotonic; None while nothing is being read in the headset."""
    somebody_near: bool = False
    restart_wanted: bool = False
    """Somebody of the staff has asked for it: as soon as her session is cleared."""
    out_of_service: str = ""
    out_of_service_since: str = ""
    blocked_since: str = ""
    """Since when the province has blocked this terminal; empty when it has not."""
    planned_stop: LocalText | None = None
    planned_stop_since: str = ""
    suspended: Mapping[str, LocalText] = field(default_factory=dict)
    early_answers: dict[str, CaseAnswered] = field(default_factory=dict)

    @property
    def connected(self) -> bool:
        """Whether the province answered last; unknown is not connected."""
        return self.connection is Connection.CONNECTED

    @property
    def means(self) -> Means:
        """What there is to do matters with at this moment."""
        left_alone = frozenset(self.left_alone)
        return Means(self.capabilities, self.connected, left_alone, self.low, self.queue)

    @property
    def serves(self) -> bool:
        """Whether a new session may begin, as far as faults and the province's orders go."""
        return not stopped_by(self) and self.planned_stop is None

    def take_note(self, told: Told) -> None:
        """Something is otherwise than before; nobody is moved by it."""
        if isinstance(told, BatchChanged):
            self.batch = told.batch
        elif isinstance(told, ThemeChanged):
            self.appearance.waiting = told.theme
        elif isinstance(told, ServicesChanged):
            self.left_alone = told.left_alone
        elif isinstance(told, ClipsChanged):
            self.clips = kept_clips(told.clips)
        elif isinstance(told, PresenceNoticed):
            self.somebody_near = told.present
        elif isinstance(told, PlacesHeard):
            self.nearby = told.nearby
        elif isinstance(told, QueueChanged):
            self.queue = told.queue
        elif isinstance(told, ScreenSeen | IdentityBlocked):
            self._take_of_session(told)
        elif isinstance(told, Orders):
            self._take_orders(told)
        else:
            self.news = told.news

    def _take_of_session(self, told: ScreenSeen | IdentityBlocked) -> None:
        if self.session is None:
            return
        if isinstance(told, ScreenSeen):
            self.session.seen_at = told.at
        else:
            self.session.blocked[told.number] = told

    def _take_orders(self, orders: Orders) -> None:
        if isinstance(orders, TerminalBlocked):
            self.blocked_since = orders.since if orders.blocked else ""
        else:
            self.planned_stop, self.planned_stop_since = orders.planned_stop, orders.since
            self.suspended = orders.suspended

    def services_return(self, now_s: float) -> None:
        """What was left alone may be tried again from its time on: the next person's call finds out."""
        if any(until_s <= now_s for until_s in self.left_alone.values()):
            self.left_alone = {name: until_s for name, until_s in self.left_alone.items() if until_s > now_s}

    def readiness_of(self, item: Item) -> Readiness:
        """What can be done about a matter now; one that the province suspended is not for here."""
        return self._readiness(item, self.means)

    def readiness_with_a_line(self, item: Item) -> Readiness:
        """What could be done about a matter if the province answered: what the machine is good for."""
        return self._readiness(item, replace(self.means, connected=True, left_alone=frozenset()))

    def _readiness(self, item: Item, means: Means) -> Readiness:
        reason = self.suspended.get(item.code)
        if reason is not None:
            return Readiness(Finish.NOT_HERE, province_says=reason)
        return readiness(item, means, keeps_drafts=self.draft_days_of(item) > 0)

    def has_words(self, text: str) -> bool:
        """Whether the terminal itself says this, in its matters or of its place."""
        own = (encoded for encoded in (self.batch, self.facts.site) if encoded is not None)
        return any(text in msgspec.json.encode(encoded).decode("utf-8") for encoded in own)

    def home_items(self) -> list[Item]:
        """The items of the home screen, in the order of the province's theme, then most used first."""
        if self.batch is None:
            return []
        return self.appearance.in_order([item for item in self.batch.items if item.on_home])

    def draft_days_of(self, item: Item) -> int:
        """For how long an unfinished form is kept, where item and notice allow it; 0 where nothing is."""
        if item.offline is OfflineRule.NEVER or item.assurance is Assurance.ANONYMOUS:
            return 0
        return self.notice_of(item).drafts_kept_days

    def may_begin_offline(self, item: Item) -> bool:
        """Whether a card is enough for a beginning while the province cannot be reached."""
        if item.offline is OfflineRule.DRAFT:
            return self.draft_days_of(item) > 0
        return item.offline is OfflineRule.SUBMIT

    def notice_of(self, item: Item) -> Notice:
        """The notice that goes before a matter: its own, or that of the batch."""
        if item.notice is not None:
            return item.notice
        if self.batch is None:
            raise RuntimeError("an item without its batch")
        return self.batch.notice


def stopped_by(now: Situation) -> str:
    """The code of the fault, or of the block, that keeps the terminal from serving; empty for neither."""
    return now.out_of_service or (Errors.TERMINAL_BLOCKED.code if now.blocked_since else "")
