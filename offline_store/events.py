"""What goes into the outbox and what comes out of it: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event as its maker hands it in.

    ``id`` is a UUID4 made by the caller and used again on every retry: the same id is the same event, for
    ever. ``subject`` names a thing (``case/<case_id>``), never a person. ``time`` is RFC 3339 UTC with
    milliseconds; ``monotonic_ms`` is of this boot. ``data`` is JSON whose personal parts are sealed already;
    it is left out of ``repr``. ``priority`` is 0 (goes first: what somebody waits for) to 9 (telemetry).
    ``depends_on`` names events without which this one is worthless; each is stored already or stands earlier
    in the same ``append``. ``due_on`` is the day (``2026-11-24``) by which a person was promised that it is
    delivered, empty when no day was named, and None for what nobody was promised.
    """

    id: str
    stream: str
    type: str
    subject: str
    time: str
    monotonic_ms: int
    clock_trust: str
    data: bytes = field(repr=False)
    priority: int
    depends_on: tuple[str, ...] = ()
    due_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEvent(NewEvent):
    """An event as it is stored. ``data`` is empty once the event was confirmed.

    ``sequence`` counts from 1 within (``store_id``, ``stream``) without a gap; ``boot_id`` is the scope of
    ``monotonic_ms``; ``attempts`` is how often it was sent and stepped back. ``period`` is the range of
    superseded sequence numbers for which it stands, first and last, or None.
    """

    sequence: int
    boot_id: str
    store_id: str
    attempts: int
    period: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The platform's word that it has an event: ``outcome`` is ``stored`` or ``duplicate``."""

    id: str
    outcome: str
    case_no: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class StreamCount:
    """How many events of one stream are in which state, and the last sequence number given out.

    ``superseded`` events are gone: a later one stands for them. ``refused`` ones never got a number: their
    stream was at its quota.
    """

    waiting: int = 0
    set_aside: int = 0
    confirmed: int = 0
    last_sequence: int = 0
    superseded: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class SetAsideEvent:
    """An event that is not sent any more until a person releases it, and why.

    ``because_of`` is the id of the set-aside event that this one depends on and comes back with, or None when
    it was itself refused: then it comes back only by its own release.
    """

    id: str
    stream: str
    subject: str
    code: str
    reason: str
    set_aside_at: str
    because_of: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """Where the outbox stands, in figures that are true at one moment.

    ``depth`` counts what waits to be sent; what is set aside is listed and not counted in it.
    ``oldest_age_s`` is the age of the oldest waiting event, None when nothing waits. It is measured on the
    monotonic clock, so for an event of an earlier boot it is the time since this boot: then
    ``oldest_age_is_minimum`` is true, and ``oldest_time`` with ``oldest_clock_trust`` says what is known.
    ``next_try_in_s`` is the time until the first stepped-back event is tried again, None when none is stepped
    back. ``sent`` counts the events that the platform confirmed, by outcome, since the store was made.
    ``stepped_back`` is how many waiting events were sent in vain, ``most_attempts`` how often one was.
    ``exchanges`` says when (RFC 3339, as this terminal's clock stood) an attempt to send last ended how:
    ``answered``, or the code of what kept it from that.
    """

    depth: int
    oldest_age_s: float | None
    oldest_age_is_minimum: bool
    oldest_time: str | None
    oldest_clock_trust: str | None
    next_try_in_s: float | None
    streams: Mapping[str, StreamCount]
    set_aside: tuple[SetAsideEvent, ...]
    sent: Mapping[str, int]
    stepped_back: int = 0
    most_attempts: int = 0
    exchanges: Mapping[str, str] = field(default_factory=dict)
