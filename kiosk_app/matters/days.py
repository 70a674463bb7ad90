"""Days as people say them."""

from __future__ import annotations

from datetime import date

from words import Words

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def said_day(iso: str, words: Words) -> str:
    """A day of the wire as it is said: ``12月6日（星期日）``; an empty day stays empty."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return words.say(
        "date.day",
        month=words.say(f"date.month_{day.month}"),
        day=day.day,
        weekday=words.say(f"date.{_WEEKDAYS[day.weekday()]}"),
    )
