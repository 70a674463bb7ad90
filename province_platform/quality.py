"""归集率, 及时率, 合格率: how complete, how prompt and how sound the data of each region are.

Each is a share of something that was counted, and None where nothing was: unknown is no hundred per cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, func, select

from contract.items import LocalText
from contract.payloads import Site
from contract.sets import Stream
from foundation.clock import parse_rfc3339, rfc3339
from province_platform.reference_sites import REGIONS, region_of
from province_platform.schema import events, gaps, refusals, sites, statements, stream_heads, terminals
from province_platform.undelivered import OF_THE_PLATFORM

TIMELY = timedelta(minutes=5)
MOST_DAYS = 366
_NOWHERE = ("未知", "unknown")
_PROMPT = (Stream.CASE, Stream.SERVICE, Stream.RATING)
DEFINITIONS = {
    "collected": LocalText(
        "归集率：终端已编号的事件中平台已有（含已知拒收）的比例，自登记起累计。"
        "已编号数为各终端、各存储编号、各流已见的最大序号；缺的是序号未到的和对账发现的。",
        "Of the events to which terminals gave a number, the share that is here or refused, since enrolment. "
        "Given: the highest sequence of each terminal, epoch and stream; missing: gaps and what differs.",
    ),
    "timely": LocalText(
        "及时率：所选天数内收到的办件、办理环节、评价中，发生后5分钟内到达的比例（按自报的发生时间）。",
        "Of the cases, services and ratings received in the chosen days, the share here within 5 minutes.",
    ),
    "valid": LocalText(
        "合格率：所选天数内收到的事件中，符合数据标准而入库的比例；其余被拒收并记录原因。",
        "Of the events received in the chosen days, the share that kept to the contract and was stored.",
    ),
}
"""What each rate is a share of, for whoever reads it."""


@dataclass(slots=True)
class Counted:
    """What was counted for one region."""

    terminals: set[str] = field(default_factory=set)
    given: int = 0
    missing: int = 0
    prompt: int = 0
    timely: int = 0
    stored: int = 0
    refused: int = 0

    def add(self, other: Counted) -> None:
        """Counts what ``other`` counted as well."""
        self.terminals |= other.terminals
        self.given += other.given
        self.missing += other.missing
        self.prompt += other.prompt
        self.timely += other.timely
        self.stored += other.stored
        self.refused += other.refused

    def figures(self) -> dict[str, object]:
        """The counts and the three rates, between 0 and 1 or None."""
        return {
            "terminals": len(self.terminals),
            "given": self.given,
            "missing": self.missing,
            "collected_rate": _share(self.given - self.missing, self.given),
            "prompt": self.prompt,
            "timely": self.timely,
            "timely_rate": _share(self.timely, self.prompt),
            "stored": self.stored,
            "refused": self.refused,
            "valid_rate": _share(self.stored, self.stored + self.refused),
        }


def quality(connection: Connection, now: datetime, days: int) -> dict[str, object]:
    """The figures of all regions that have terminals and of the whole province, over the last ``days``."""
    since = rfc3339(now - timedelta(days=days))
    region = _regions(connection)
    counted: defaultdict[str, Counted] = defaultdict(Counted)
    for terminal_id, key in region.items():
        counted[key].terminals.add(terminal_id)
    for terminal_id, given in _given(connection):
        counted[region.get(terminal_id, "")].given += given
    for terminal_id, missing in _missing(connection):
        counted[region.get(terminal_id, "")].missing += missing
    _count_events(connection, since, region, counted)
    every = Counted()
    for one in counted.values():
        every.add(one)
    return {
        "since": since,
        "definitions": DEFINITIONS,
        "regions": [
            {
                "region": key,
                "name": LocalText(*REGIONS.get(key, ("未知", "unknown"))),
                **counted[key].figures(),
            }
            for key in sorted(counted)
        ],
        "province": every.figures(),
    }


def _regions(connection: Connection) -> dict[str, str]:
    """The region of each terminal, by the site where it was enrolled."""
    chosen = select(terminals.c.terminal_id, sites.c.record).join(
        sites, sites.c.site_id == terminals.c.site_id
    )
    return {
        row.terminal_id: region_of(msgspec.json.decode(row.record, type=Site).region_code)
        for row in connection.execute(chosen)
    }


def _given(connection: Connection) -> Iterable[tuple[str, int]]:
    chosen = select(stream_heads.c.terminal_id, func.sum(stream_heads.c.highest)).group_by(
        stream_heads.c.terminal_id
    )
    return [(row[0], int(row[1])) for row in connection.execute(chosen)]


def _missing(connection: Connection) -> Iterable[tuple[str, int]]:
    for terminal_id, first, last in connection.execute(select(gaps.c.terminal_id, gaps.c.first, gaps.c.last)):
        yield terminal_id, last - first + 1
    differing = select(statements.c.terminal_id, statements.c.missing).where(~statements.c.agrees)
    for row in connection.execute(differing):
        for first, last in msgspec.json.decode(row.missing, type=list[tuple[int, int]]):
            yield row.terminal_id, last - first + 1


def _count_events(
    connection: Connection, since: str, region: dict[str, str], counted: defaultdict[str, Counted]
) -> None:
    stored = select(events.c.terminal_id, func.count()).where(events.c.received_at >= since)
    for terminal_id, number in connection.execute(
        stored.where(events.c.store_id != OF_THE_PLATFORM).group_by(events.c.terminal_id)
    ):
        counted[region.get(terminal_id, "")].stored += number
    refused = select(refusals.c.terminal_id, func.count()).where(refusals.c.received_at >= since)
    for terminal_id, number in connection.execute(refused.group_by(refusals.c.terminal_id)):
        counted[region.get(terminal_id, "")].refused += number
    prompt = select(events.c.terminal_id, events.c.occurred_at, events.c.received_at).where(
        events.c.stream.in_(stream.value for stream in _PROMPT),
        events.c.received_at >= since,
        events.c.store_id != OF_THE_PLATFORM,
    )
    for row in connection.execute(prompt):
        one = counted[region.get(row.terminal_id, "")]
        one.prompt += 1
        one.timely += parse_rfc3339(row.received_at) - parse_rfc3339(row.occurred_at) <= TIMELY


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None
