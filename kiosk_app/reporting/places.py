"""Events of where the terminal stands: the site, and the position on it."""

from __future__ import annotations

from contract.sets import Stream
from kiosk_app.config.records import Place
from kiosk_app.reporting.events import PLACE_PRIORITY, EventMaker
from offline_store.events import NewEvent


def place_events(maker: EventMaker, place: Place) -> list[NewEvent]:
    """The site and, when it was measured, the position: for the start and for every change."""
    events = [maker.make(Stream.SITE, place.site, priority=PLACE_PRIORITY)]
    if place.position is not None:
        events.append(maker.make(Stream.POSITION, place.position, priority=PLACE_PRIORITY))
    return events
