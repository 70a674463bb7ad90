"""When a place is open, from the words in which its record says so.

Records are written by people: ``工作日 09:00-17:00``, ``每天 8:30-12:00 14:00-17:30``, ``00:00-24:00``.
What is written otherwise is not guessed at. Nobody here knows the public holidays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from words import Words

_DAY_MINUTES = 24 * 60
_EVERY_DAY = frozenset(range(7))
_DAYS = {"工作日": frozenset(range(5)), "周一至周五": frozenset(range(5)), "周一至周六": frozenset(range(6))}
_DAYS |= {"每天": _EVERY_DAY, "每日": _EVERY_DAY, "": _EVERY_DAY}
_SPAN = r"([0-2]?[0-9]):([0-5][0-9])\s*[-–—~至]\s*([0-2]?[0-9]):([0-5][0-9])"
_SPANS = re.compile(_SPAN)
_WRITTEN = re.compile(rf"\s*({'|'.join(filter(None, _DAYS))}|)[\s:：]*((?:{_SPAN}[\s,，、;；]*)+)")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """``days`` counts from Monday, 0; ``spans`` are in minutes of the day. All in China."""

    days: frozenset[int]
    spans: tuple[tuple[int, int], ...]

    @property
    def is_always(self) -> bool:
        """Whether it never closes."""
        return self.days == _EVERY_DAY and self.spans == ((0, _DAY_MINUTES),)

    def closes_at(self, moment: datetime) -> datetime | None:
        """When it closes, if it is open at ``moment``."""
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        if moment.weekday() not in self.days:
            return None
        ends = (midnight + timedelta(minutes=end) for begin, end in self.spans if _is_in(moment, begin, end))
        return next(ends, None)

    def opens_at(self, moment: datetime) -> datetime | None:
        """When it opens next after ``moment``, within a week."""
        for day in range(8):
            midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=day)
            if midnight.weekday() not in self.days:
                continue
            for begin, _ in self.spans:
                if (opening := midnight + timedelta(minutes=begin)) > moment:
                    return opening
        return None


def _is_in(moment: datetime, begin: int, end: int) -> bool:
    return begin <= moment.hour * 60 + moment.minute < end


def read_hours(written: str) -> OpeningHours | None:
    """What a record says; None where that cannot be told for certain."""
    whole = _WRITTEN.fullmatch(written)
    if whole is None:
        return None
    spans: list[tuple[int, int]] = []
    for found in _SPANS.finditer(whole.group(2)):
        first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
        begin, end = first_hour * 60 + first_minute, last_hour * 60 + last_minute
        if not (0 <= begin < end <= _DAY_MINUTES) or (spans and begin < spans[-1][1]):
            return None
        spans.append((begin, end))
    return OpeningHours(_DAYS[whole.group(1)], tuple(spans))


def said_hours(written: str, moment: datetime, words: Words) -> str:
    """Until when it is open today, or when it opens; as it is written where that cannot be told.

    ``moment`` is in China.
    """
    hours = read_hours(written)
    if hours is None:
        return written
    if hours.is_always:
        return words.say("hours.always")
    if (closing := hours.closes_at(moment)) is not None:
        until = "24:00" if closing.date() > moment.date() else closing.strftime("%H:%M")
        return words.say("hours.until", until=until)
    opening = hours.opens_at(moment)
    if opening is None:
        return written
    days, at = (opening.date() - moment.date()).days, opening.strftime("%H:%M")
    if days < 2:
        return words.say("hours.tomorrow" if days else "hours.today", at=at)
    return words.say("hours.later", weekday=words.say(f"date.{_WEEKDAYS[opening.weekday()]}"), at=at)


def is_open(written: str, moment: datetime) -> bool:
    """Whether it is open at ``moment`` (in China), as far as that can be told."""
    hours = read_hours(written)
    return hours is not None and (hours.is_always or hours.closes_at(moment) is not None)
