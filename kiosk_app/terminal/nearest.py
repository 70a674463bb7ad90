"""Where else a person can go, in one sentence, from what the province said last of the places around.

Only what was heard is said: of whom nothing was heard for long the sentence says since when, and a sentence
that is not from just now says of what time it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from contract.items import Item
from contract.places import NearbyPlace
from contract.sets import PlaceKind, TerminalState
from foundation.clock import Clock, in_china, parse_rfc3339
from kiosk_app.matters.opening_hours import is_open, said_hours
from kiosk_app.terminal.situation import Situation
from words import Words

_FRESH = timedelta(minutes=15)
"""A sentence about places is of this moment so long after the province said it."""
_KILOMETRE_M = 1_000


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place to go to. ``sentence`` is for the screen; ``address`` is plain text, as any map takes it."""

    sentence: str
    address: str = ""


class Nearest:
    """Says where to go, in one language."""

    def __init__(self, clock: Clock, words: Words) -> None:
        self._clock = clock
        self._say = words.say
        self._words = words

    def for_item(self, now: Situation, item: Item, *, short: bool = False) -> str:
        """Where this can be finished; empty when nobody knows.

        A window stands for it only where the matter itself names no other.
        """
        return self._sentence(now, self._choose_for(now, item), "nearest.item", short=short)

    def place_for(self, now: Situation, item: Item) -> str:
        """The name of that place, where it was heard of lately; empty otherwise."""
        place = self._choose_for(now, item)
        return "" if place is None or place.state is TerminalState.OFFLINE else self._name(now, place)

    def for_slip(self, now: Situation) -> str:
        """Where a slip can be printed that was not printed here; empty when nobody knows."""
        place = self._choose(now, lambda one: one.prints)
        return self._sentence(now, place, "nearest.slip")

    def for_anything(self, now: Situation) -> Elsewhere | None:
        """Where to go from a terminal that serves nobody; None when nobody knows."""
        place = self._choose(now, lambda one: one.kind is PlaceKind.WINDOW or bool(one.items))
        if place is None:
            return None
        return Elsewhere(self._sentence(now, place, "nearest.anything"), f"{place.name} {place.address}")

    def window(self, now: Situation) -> tuple[str, str]:
        """The nearest staffed window, and when it is open: that of this place, or the next of all."""
        site = now.facts.site
        if site.staffed_window:
            return site.staffed_window, self._open(site.staffed_window_hours)
        place = self._choose(now, lambda one: one.kind is PlaceKind.WINDOW)
        return ("", "") if place is None else (self._name(now, place), self._open(place.hours))

    def _open(self, hours: str) -> str:
        return said_hours(hours, self._moment(), self._words) if hours else ""

    def _moment(self) -> datetime:
        return in_china(self._clock.utc_now())

    def _choose_for(self, now: Situation, item: Item) -> NearbyPlace | None:
        takes_all = (PlaceKind.WINDOW,) if item.elsewhere is None else ()
        return self._choose(now, lambda one: one.kind in takes_all or item.code in one.items)

    def _choose(self, now: Situation, serves: Callable[[NearbyPlace], bool]) -> NearbyPlace | None:
        """The nearest that works and is open; else the nearest that works; else one that was not heard of."""
        found = [one for one in self._places(now) if serves(one)]
        working = [one for one in found if one.state is not TerminalState.OFFLINE]
        moment = self._moment()
        return next((one for one in working if is_open(one.hours, moment)), next(iter(working + found), None))

    @staticmethod
    def _places(now: Situation) -> Iterator[NearbyPlace]:
        if now.nearby is not None:
            yield from (one for one in now.nearby.places if one.terminal_id != now.facts.terminal_id)

    def _sentence(
        self, now: Situation, place: NearbyPlace | None, said_as: str, *, short: bool = False
    ) -> str:
        if place is None or now.nearby is None:
            return ""
        name = self._name(now, place)
        if place.state is TerminalState.OFFLINE:
            return self._say("nearest.silent", place=name, age=self._age(place.heard_at))
        parts = [self._say(said_as, place=name), self._far(now, place)]
        if not short:
            parts.append(self._open(place.hours))
        comma = self._say("punctuation.comma")
        sentence = comma.join(part for part in parts if part)
        said_at = parse_rfc3339(now.nearby.as_of)
        if short or self._clock.utc_now() - said_at <= _FRESH:
            return sentence
        return sentence + self._say("nearest.as_of", time=_clock_time(in_china(said_at), self._moment()))

    def _name(self, now: Situation, place: NearbyPlace) -> str:
        if place.kind is PlaceKind.TERMINAL and place.name == now.facts.site.name:
            return self._say("nearest.same_site", terminal=place.terminal_name)
        return place.name

    def _far(self, now: Situation, place: NearbyPlace) -> str:
        if place.distance_m is None or place.name == now.facts.site.name:
            return ""
        if place.distance_m < _KILOMETRE_M:
            return self._say("nearest.metres", metres=max(10, round(place.distance_m, -1)))
        return self._say("nearest.kilometres", kilometres=f"{place.distance_m / _KILOMETRE_M:.1f}")

    def _age(self, heard_at: str) -> str:
        if not heard_at:
            return self._say("nearest.long")
        hours = (self._clock.utc_now() - parse_rfc3339(heard_at)) // timedelta(hours=1)
        if hours >= 48:
            return self._say("nearest.days", days=hours // 24)
        return self._say("nearest.hours", hours=hours) if hours >= 1 else self._say("nearest.minutes")


def _clock_time(said_at: datetime, moment: datetime) -> str:
    """``21:03``, with its day when that is not today."""
    return said_at.strftime("%H:%M" if said_at.date() == moment.date() else "%m-%d %H:%M")
