"""The places around a terminal: what its neighbours said they can do, and where people sit at windows.

What is told is what was last heard. A terminal that has been silent for long stays in the list, with its age,
and is never told as working; one that says itself that it serves nobody is left out.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, select

from contract.payloads import Position, Site, Status
from contract.places import MOST_PLACES, NearbyPlace, NearbyPlaces, are_comparable
from contract.sets import DeviceHealth, Finish, LifeCycle, PlaceKind, SiteKind, Stream, TerminalState
from foundation.clock import Clock, parse_rfc3339, rfc3339
from foundation.distances import distance_between_m
from province_platform.presence import Presence
from province_platform.reference_sites import region_of
from province_platform.schema import latest, sites, terminals

KEPT_S = 10.0
"""How old the picture of the whole province may be: it is read once for all terminals that ask."""
FOR_EACH_ITEM = 3
_SERVES = (TerminalState.NORMAL, TerminalState.WARNING, TerminalState.PARTLY_UNAVAILABLE)
_PRINTS = (DeviceHealth.OK, DeviceHealth.LOW)
_PRINTER = "receipt_printer"
_AS_IF_M = (3_000, 20_000, 200_000)
"""Where the distance is not known, a place is put in order as if it were so far away: one of the same
district, of the same city, and any other."""


@dataclass(frozen=True, slots=True)
class KnownTerminal:
    """What is known of one terminal: its record, and its last words."""

    terminal_id: str
    name: str
    site: Site
    position: Position | None
    status: Status | None
    said_at: str


class PlaceBoard:
    """The picture of all terminals, not older than :data:`KEPT_S`. Thread-safe."""

    def __init__(self, clock: Clock, presence: Presence) -> None:
        self._clock = clock
        self._presence = presence
        self._lock = threading.Lock()
        self._terminals: tuple[KnownTerminal, ...] = ()
        self._sites: tuple[Site, ...] = ()
        self._read_s: float | None = None

    def places(self, connection: Connection, terminal_id: str) -> NearbyPlaces:
        """The places around this terminal, the nearest first."""
        known, all_sites = self._picture(connection)
        now = self._clock.utc_now()
        here = next((one for one in known if one.terminal_id == terminal_id), None)
        found = [*_terminals(known, here, self._presence, now), *_windows(known, all_sites, here)]
        found.sort(key=lambda place: _order(place, here))
        return NearbyPlaces(as_of=rfc3339(now), places=_nearest_for_each(found))

    def _picture(self, connection: Connection) -> tuple[tuple[KnownTerminal, ...], tuple[Site, ...]]:
        with self._lock:
            now_s = self._clock.monotonic_s()
            if self._read_s is None or now_s - self._read_s > KEPT_S:
                self._sites = _all_sites(connection)
                self._terminals = tuple(_known(connection, {site.site_id: site for site in self._sites}))
                self._read_s = now_s
            return self._terminals, self._sites


def _all_sites(connection: Connection) -> tuple[Site, ...]:
    records = connection.scalars(select(sites.c.record).order_by(sites.c.site_id))
    return tuple(msgspec.json.decode(record, type=Site) for record in records)


def _known(connection: Connection, seeded: dict[str, Site]) -> Iterator[KnownTerminal]:
    last = {(row.terminal_id, row.stream): row for row in connection.execute(select(latest))}
    enrolled = select(terminals).where(terminals.c.revoked_at.is_(None)).order_by(terminals.c.terminal_id)
    for row in connection.execute(enrolled):
        site, position, status = (
            last.get((row.terminal_id, stream.value))
            for stream in (Stream.SITE, Stream.POSITION, Stream.STATUS)
        )
        told = msgspec.json.decode(site.payload, type=Site) if site is not None else seeded.get(row.site_id)
        if told is None:
            continue
        yield KnownTerminal(
            row.terminal_id,
            row.name,
            told,
            msgspec.json.decode(position.payload, type=Position) if position is not None else None,
            msgspec.json.decode(status.payload, type=Status) if status is not None else None,
            status.received_at if status is not None else "",
        )


def _terminals(
    known: Iterable[KnownTerminal], here: KnownTerminal | None, presence: Presence, now: datetime
) -> Iterator[NearbyPlace]:
    """The other terminals that serve people, or did when they were last heard.

    A demonstration is no place to send people to who do not stand before one already.
    """
    shown_to_all = here is not None and here.status is not None and here.status.demonstration
    for one in known:
        if one is here or one.status is None or one.site.life_cycle is not LifeCycle.IN_USE:
            continue
        if one.status.state not in _SERVES or (one.status.demonstration and not shown_to_all):
            continue
        heard = presence.last_heard(one.terminal_id)
        heard_at = one.said_at if heard is None else max(one.said_at, rfc3339(heard.at))
        allowed = timedelta(seconds=presence.allowance_s)
        is_silent = presence.is_offline(one.terminal_id) or now - parse_rfc3339(heard_at) > allowed
        yield NearbyPlace(
            kind=PlaceKind.TERMINAL,
            name=one.site.name,
            address=one.site.address,
            region_code=one.site.region_code,
            terminal_id=one.terminal_id,
            terminal_name=one.name,
            hours=one.site.opening_hours,
            distance_m=_distance_m(here, one.position),
            state=TerminalState.OFFLINE if is_silent else one.status.state,
            heard_at=heard_at,
            prints=any(
                device.device == _PRINTER and device.health in _PRINTS for device in one.status.devices
            ),
            items=[each.item_code for each in one.status.matters if each.finish is Finish.HERE],
        )


def _windows(
    known: Iterable[KnownTerminal], all_sites: Iterable[Site], here: KnownTerminal | None
) -> Iterator[NearbyPlace]:
    """The service centres: people sit there. A site of another kind names a window that is elsewhere."""
    positions = {one.site.site_id: one.position for one in known if one.position is not None}
    told = {one.site.site_id: one.site for one in known}
    for seeded in all_sites:
        site = told.get(seeded.site_id, seeded)
        if (
            site.kind is SiteKind.SERVICE_CENTRE
            and site.staffed_window
            and site.life_cycle is LifeCycle.IN_USE
        ):
            yield NearbyPlace(
                kind=PlaceKind.WINDOW,
                name=site.name,
                address=site.address,
                region_code=site.region_code,
                hours=site.staffed_window_hours,
                distance_m=_distance_m(here, positions.get(site.site_id)),
            )


def _distance_m(here: KnownTerminal | None, there: Position | None) -> int | None:
    """None where one of both was not measured, or where the figures are of different systems."""
    own = here.position if here is not None else None
    if own is None or there is None or not are_comparable(own.crs, there.crs):
        return None
    return round(distance_between_m((own.longitude, own.latitude), (there.longitude, there.latitude)))


def _order(place: NearbyPlace, here: KnownTerminal | None) -> tuple[bool, int, str, str]:
    """What works before what is silent, and then the nearest; what was not measured goes by its district."""
    region = here.site.region_code if here is not None else ""
    if place.distance_m is not None:
        far_m = place.distance_m
    elif place.region_code[:6] == region[:6]:
        far_m = _AS_IF_M[0]
    else:
        far_m = _AS_IF_M[1 if region_of(place.region_code) == region_of(region) else 2]
    return place.state is TerminalState.OFFLINE, far_m, place.name, place.terminal_id


def _nearest_for_each(found: Iterable[NearbyPlace]) -> list[NearbyPlace]:
    """Of those that can do the same only the nearest few, so that the answer is short in a large city."""
    taken: Counter[str] = Counter()
    chosen = []
    for place in found:
        silent = "silent/" * (place.state is TerminalState.OFFLINE)
        uses = [silent + use for use in (place.kind.value, "prints" * place.prints, *place.items)]
        if any(taken[use] < FOR_EACH_ITEM for use in uses):
            taken.update(uses)
            chosen.append(place)
    return chosen[:MOST_PLACES]
