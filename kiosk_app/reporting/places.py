"""Events of where the terminal stands: the site, and the position on it."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from pathlib import Path

import msgspec

from contract.payloads import Position
from contract.sets import Stream
from foundation.atomic_files import write_atomically
from foundation.clock import Clock, parse_rfc3339
from foundation.lifecycle import TemporaryFaultError
from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.config.records import Place, read_place
from kiosk_app.reporting.events import PLACE_PRIORITY, EventMaker
from offline_store.errors import StoreError
from offline_store.events import NewEvent
from offline_store.outbox import Outbox

log = logging.getLogger("dianxiaoer.place")

TELL_EVERY = timedelta(days=1)


def place_events(maker: EventMaker, place: Place) -> list[NewEvent]:
    """The site and, when it was measured, the position."""
    events = [maker.make(Stream.SITE, place.site, priority=PLACE_PRIORITY)]
    if place.position is not None:
        events.append(maker.make(Stream.POSITION, place.position, priority=PLACE_PRIORITY))
    return events


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Which place was told last, by its digest, and when."""

    digest: str
    at: str


class PlaceReporter:
    """Tells the place when it has changed and once a day; work for the schedule, called by one thread.

    What was told last stands on the disk, so that a start is no news. ``enrolled`` is the place as the
    province knew it at enrolment, until somebody has measured it.
    """

    def __init__(
        self, paths: TerminalPaths, enrolled: Place, maker: EventMaker, outbox: Outbox, clock: Clock
    ) -> None:
        self._paths = paths
        self._enrolled = self._place = enrolled
        self._maker = maker
        self._outbox = outbox
        self._clock = clock
        self._file = paths.state / "place-told.json"
        self._told = _read(self._file)

    def position(self) -> Position | None:
        """Where it was measured to stand, as of the last look; None when nobody has measured it."""
        return self._place.position

    def look(self) -> None:
        """Tells it if there is need. Raises ``TemporaryFaultError`` when it cannot be read or stored."""
        try:
            place = read_place(self._paths) or self._enrolled
        except SettingsError as fault:
            raise TemporaryFaultError(str(fault)) from fault
        self._place = place
        digest = hashlib.sha256(msgspec.json.encode(place)).hexdigest()
        if self._told is not None and self._told.digest == digest and not self._is_old(self._told):
            return
        told = Told(digest=digest, at=self._maker.now())
        try:
            self._outbox.append(place_events(self._maker, place))
            write_atomically(self._file, msgspec.json.encode(told))
        except (StoreError, OSError) as fault:
            raise TemporaryFaultError(type(fault).__name__) from fault
        self._told = told

    def _is_old(self, told: Told) -> bool:
        # In either direction: what was told at a time that has not come yet was told on a wrong clock.
        return abs(self._clock.utc_now() - parse_rfc3339(told.at)) >= TELL_EVERY


def _read(file: Path) -> Told | None:
    try:
        told = msgspec.json.decode(file.read_bytes(), type=Told)
        parse_rfc3339(told.at)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:  # msgspec's own error is a ValueError
        log.warning("what was told last cannot be read: %s", type(problem).__name__)
        return None
    return told
