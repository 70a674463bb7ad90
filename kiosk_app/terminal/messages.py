"""What reaches the machine from the devices and from the world; what was asked for is in ``answers``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract.answers import Identity, SocialCardHolder
from contract.clips import ClipSheet
from contract.items import ItemBatch, LocalText
from contract.news import NewsSheet
from contract.places import NearbyPlaces
from contract.sets import FaceLiveness
from contract.theme import ThemePack
from foundation.errors import ErrorCode
from kiosk_app.terminal.readiness import Queue
from kiosk_app.terminal.views import Connection


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; comes about twice a second."""


@dataclass(frozen=True, slots=True)
class CardFound:
    """A card lies on the reader; nothing of it was read.

    One that was ``left_behind`` by an earlier session is no sign of life, and signs nobody in.
    """

    left_behind: bool = False


@dataclass(frozen=True, slots=True)
class CardReading:
    """A citizen's card was read, in a session that allowed it."""

    identity: Identity = field(repr=False)
    sam_number: str
    read_at: str
    valid_from: str = field(default="", repr=False)
    """The first day that stands on the document; with the number it tells one document from the next."""


@dataclass(frozen=True, slots=True)
class CardTrouble:
    """A card could not be used; the error says what to do."""

    error: ErrorCode


@dataclass(frozen=True, slots=True)
class CardGone:
    """The card was taken away."""


@dataclass(frozen=True, slots=True)
class CodeReading:
    """A code was scanned: opaque bytes."""

    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeTrouble:
    """Something was scanned that is no code of a known kind."""

    error: ErrorCode


@dataclass(frozen=True, slots=True)
class CodeUnwanted:
    """A code was shown while nobody asked for one: a sign of life and no more."""


@dataclass(frozen=True, slots=True)
class SocialCardFound:
    """A social-security card is in its slot; nothing of it was read. ``left_behind`` as for any card."""

    left_behind: bool = False


@dataclass(frozen=True, slots=True)
class SocialCardReading:
    """A social-security card was read. It proves nothing and signs nobody in by itself."""

    holder: SocialCardHolder = field(repr=False)


@dataclass(frozen=True, slots=True)
class SocialCardTrouble:
    """A social-security card could not be used; the error says what to do."""

    error: ErrorCode


@dataclass(frozen=True, slots=True)
class SocialCardGone:
    """It was taken out."""


@dataclass(frozen=True, slots=True)
class HeadsetPlugged:
    """A headset went in, or out. In, somebody is there who wants to be guided by ear."""

    present: bool


@dataclass(frozen=True, slots=True)
class ReadingAloud:
    """Something is being read in the headset, or has been read to its end: nobody has to hurry meanwhile."""

    going_on: bool


@dataclass(frozen=True, slots=True)
class PresenceNoticed:
    """Somebody came near, or nobody is there any more. It wakes nothing: people walk by."""

    present: bool


@dataclass(frozen=True, slots=True)
class CapabilitiesChanged:
    """What the terminal can do now (card, code, slip, …), whether a device is simulated, and which of them
    run out of paper or toner."""

    capabilities: frozenset[str]
    demonstration: bool
    low: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """Whether the province can be reached, and since when (RFC 3339)."""

    connection: Connection
    since: str


@dataclass(frozen=True, slots=True)
class BatchChanged:
    """Another batch of items is in force."""

    batch: ItemBatch


@dataclass(frozen=True, slots=True)
class ThemeChanged:
    """Another theme pack is in force. It is put on when nobody is here."""

    theme: ThemePack


@dataclass(frozen=True, slots=True)
class OutOfServiceChanged:
    """The terminal must not serve (error), or may serve again (None)."""

    error: ErrorCode | None
    since: str


@dataclass(frozen=True, slots=True)
class OrdersChanged:
    """What the province has put in force: a planned stop with its reason, or None; matters that it suspends.

    Nobody is sent away: a stop holds from the moment when nobody is here.
    """

    planned_stop: LocalText | None
    since: str
    suspended: Mapping[str, LocalText]


@dataclass(frozen=True, slots=True)
class FaceTaken:
    """The best picture of one face (JPEG), and what the camera can say of whether a person stood there."""

    picture: bytes = field(repr=False)
    liveness: FaceLiveness


@dataclass(frozen=True, slots=True)
class CameraAdvised:
    """What to do so that the camera sees the paper: the id of the words. No sign of life."""

    words: str


@dataclass(frozen=True, slots=True)
class NewsChanged:
    """Another news sheet is in force."""

    news: NewsSheet


@dataclass(frozen=True, slots=True)
class ClipsChanged:
    """Other clips of signing are in force."""

    clips: ClipSheet


@dataclass(frozen=True, slots=True)
class ServicesChanged:
    """Services of the province that do not answer, by operation, each until a time on the monotonic clock."""

    left_alone: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """How what is handed in here gets to the province is otherwise than before."""

    queue: Queue


@dataclass(frozen=True, slots=True)
class PlacesHeard:
    """What the province says of the places around, or what it said last."""

    nearby: NearbyPlaces


@dataclass(frozen=True, slots=True)
class ScreenSeen:
    """The province was given a picture of the screen, without the person; ``at`` as people read it."""

    at: str


@dataclass(frozen=True, slots=True)
class IdentityBlocked:
    """What the province has blocked of somebody who is here: her document, or single matters for her.

    Each with the sentence that says what to do instead. It comes before the message that says who she is.
    """

    number: str = field(repr=False)
    document: LocalText | None
    items: Mapping[str, LocalText]


@dataclass(frozen=True, slots=True)
class TerminalBlocked:
    """Whether the province has blocked this terminal. Nobody is sent away: it holds when nobody is here."""

    blocked: bool
    since: str


Publication = BatchChanged | ThemeChanged | NewsChanged | ClipsChanged
"""What the province publishes to all terminals."""

Orders = OrdersChanged | TerminalBlocked
"""What keeps the terminal from serving, or lets it again, from the moment when nobody is here."""

Told = (
    Publication
    | ServicesChanged
    | PresenceNoticed
    | PlacesHeard
    | QueueChanged
    | ScreenSeen
    | IdentityBlocked
    | Orders
)
"""What is only taken note of: it moves nobody from one page to another."""

DeviceMessage = (
    CardFound
    | CardReading
    | CardTrouble
    | CardGone
    | CodeReading
    | CodeTrouble
    | CodeUnwanted
    | SocialCardFound
    | SocialCardReading
    | SocialCardTrouble
    | SocialCardGone
    | HeadsetPlugged
)
WorldMessage = (
    Tick
    | ReadingAloud
    | CameraAdvised
    | FaceTaken
    | CapabilitiesChanged
    | ConnectionChanged
    | Told
    | OutOfServiceChanged
)
