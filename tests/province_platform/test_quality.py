"""归集率, 及时率 and 合格率 count what they say, by region, and are unknown where nothing was counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import requests

from contract.sets import Stream
from foundation.clock import rfc3339
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, enrolled

RATES = ("collected_rate", "timely_rate", "valid_rate")


def quality(server: PlatformServer, days: int = 30) -> dict[str, Any]:
    answer = requests.get(f"{server.console_url}/console/quality?days={days}", timeout=WITHIN_S)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_where_nothing_was_counted_nothing_is_known(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    (region,) = quality(server)["regions"]
    assert (region["region"], region["name"]["zh"], region["terminals"]) == ("4201", "武汉", 1)
    assert [region[rate] for rate in RATES] == [None, None, None]


def test_each_rate_counts_what_it_says(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock, tmp_path: Path
) -> None:
    now = clock.utc_now()
    times = [now, now - timedelta(minutes=4), now - timedelta(minutes=6), now]
    prompt = [terminal.event(Stream.CASE, terminal.case(), time=rfc3339(moment)) for moment in times]
    never_sent = prompt.pop(1)
    refused = terminal.event(Stream.CASE, terminal.case(task_code="short"))
    status = terminal.event(Stream.STATUS, terminal.status(), time=rfc3339(now - timedelta(days=1)))
    terminal.send(*prompt, refused, status)
    found = quality(server)
    region = found["regions"][0]
    assert (region["given"], region["missing"], region["collected_rate"]) == (
        6,
        1,
        0.833333,
    )
    assert (region["prompt"], region["timely"], region["timely_rate"]) == (
        3,
        2,
        0.666667,
    )
    assert (region["stored"], region["refused"], region["valid_rate"]) == (4, 1, 0.8)
    terminal.send(never_sent)
    assert quality(server)["province"]["collected_rate"] == 1.0
    clock.advance(2 * 24 * 3600)
    assert quality(server, days=1)["province"]["valid_rate"] is None
    assert set(found["definitions"]) == {"collected", "timely", "valid"}


def test_days_are_limited(server: PlatformServer) -> None:
    answer = requests.get(f"{server.console_url}/console/quality?days=100000", timeout=WITHIN_S)
    assert answer.status_code == 400


def test_the_province_is_the_sum_of_its_regions(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path
) -> None:
    (tmp_path / "second").mkdir()
    with enrolled(server, tmp_path / "second") as other:
        terminal.send(terminal.event(Stream.CASE, terminal.case()))
        other.send(other.event(Stream.CASE, other.case()))
        found = quality(server)
    assert found["province"]["terminals"] == sum(region["terminals"] for region in found["regions"]) == 2
    assert found["province"]["stored"] == 2
