"""When a place is open, from records that people wrote."""

from __future__ import annotations

from datetime import datetime

import pytest

from foundation.clock import in_china, parse_rfc3339
from kiosk_app.matters.opening_hours import is_open, read_hours, said_hours
from words import Words

SATURDAY = "2026-11-21"
MONDAY = "2026-11-23"


def at(day: str, time: str) -> datetime:
    """A moment in China."""
    return in_china(parse_rfc3339(f"{day}T00:00:00.000Z")).replace(
        hour=int(time[:2]), minute=int(time[3:]), second=0
    )


@pytest.mark.parametrize(
    ("written", "moment", "said"),
    [
        ("00:00-24:00", at(SATURDAY, "03:00"), "全天开放"),
        ("工作日 09:00-17:00", at(MONDAY, "09:00"), "今天到17:00"),
        ("工作日 09:00-17:00", at(MONDAY, "16:59"), "今天到17:00"),
        ("工作日 09:00-17:00", at(MONDAY, "17:00"), "明天09:00开门"),
        ("工作日 09:00-17:00", at(MONDAY, "08:59"), "今天09:00开门"),
        ("工作日 09:00-17:00", at(SATURDAY, "10:00"), "星期一09:00开门"),
        ("周一至周六 9:00–17:00", at(SATURDAY, "10:00"), "今天到17:00"),
        ("每天 8:30-12:00 14:00-17:30", at(SATURDAY, "12:30"), "今天14:00开门"),
        ("每天8:30-12:00、14:00-17:30", at(SATURDAY, "15:00"), "今天到17:30"),
        ("每天 18:00-24:00", at(SATURDAY, "23:00"), "今天到24:00"),
    ],
)
def test_until_when_or_from_when(written: str, moment: datetime, said: str) -> None:
    assert said_hours(written, moment, Words("zh")) == said
    assert is_open(written, moment) is ("到" in said or "全天" in said)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "工作日",
        "请提前预约",
        "周一、周三 09:00-17:00",
        "工作日 09:00-17:00（法定节假日除外）",
        "09:00-08:00",
        "09:00-25:00",
        "09:00-12:00 11:00-17:00",
        "9点到5点",
    ],
)
def test_what_is_written_otherwise_is_shown_as_it_is_and_counts_as_closed(written: str) -> None:
    assert read_hours(written) is None
    assert said_hours(written, at(MONDAY, "10:00"), Words("zh")) == written
    assert not is_open(written, at(MONDAY, "10:00"))


def test_it_is_said_in_english_too() -> None:
    words = Words("en")
    assert said_hours("工作日 09:00-17:00", at(MONDAY, "10:00"), words) == "open today until 17:00"
    assert said_hours("工作日 09:00-17:00", at(SATURDAY, "10:00"), words) == "opens on Monday at 09:00"
