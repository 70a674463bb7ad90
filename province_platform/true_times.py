"""When something really happened on a terminal that did not know the time when it did.

An event whose clock is trusted happened when it says. One with ``clocktrust`` unknown says how long after the
machine's boot it happened (``monotonicms``, scoped by ``bootid``); as soon as any event of the same boot knew
the time, so does the platform. The claimed time stays in the ledger as it came.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import timedelta
from enum import Enum

from sqlalchemy import Connection, bindparam, insert, select, update

from contract.envelope import CloudEvent
from contract.sets import ClockTrust
from foundation.clock import parse_rfc3339, rfc3339
from province_platform.schema import boot_anchors, event_times

ANCHOR_EVERY_MS = 6 * 3600 * 1000
"""How far anchors of a boot are apart: a crystal of 50 ppm drifts a second in that time."""


class KnownBy(Enum):
    """How the true time of an event is known."""

    CLAIMED = "claimed"
    """The terminal knew the time when it wrote it down."""
    REBUILT = "rebuilt"
    """Counted from an event of the same boot that knew the time."""
    UNKNOWN = "unknown"
    """Nothing of that boot has known the time yet: it was before it was received."""


class TrueTimes:
    """What one batch of a terminal says of time, within one transaction. :meth:`write` at its end.

    Events that knew the time leave no trace but an anchor every six hours of a boot.
    """

    def __init__(self, connection: Connection, terminal_id: str) -> None:
        self._connection = connection
        self._terminal_id = terminal_id
        self._unknown: list[CloudEvent] = []
        self._trusted: dict[str, list[CloudEvent]] = defaultdict(list)

    def note(self, event: CloudEvent) -> None:
        """An event that is stored in this transaction."""
        if event.clocktrust is ClockTrust.UNKNOWN:
            self._unknown.append(event)
        else:
            self._trusted[event.bootid].append(event)

    def write(self) -> None:
        """Keeps anchors, and rebuilds what can be rebuilt now."""
        if self._unknown:
            self._connection.execute(insert(event_times), [self._row(event) for event in self._unknown])
        boots_with_news = {boot for boot, events in self._trusted.items() if self._keep_anchors(boot, events)}
        for boot in boots_with_news:
            self._rebuild(boot, None)
        for boot in {event.bootid for event in self._unknown} - boots_with_news:
            self._rebuild(boot, [event.id for event in self._unknown if event.bootid == boot])

    def _row(self, event: CloudEvent) -> dict[str, object]:
        return {
            "event_id": event.id,
            "terminal_id": self._terminal_id,
            "boot_id": event.bootid,
            "monotonic_ms": int(event.monotonicms),
            "known_by": KnownBy.UNKNOWN.value,
            "true_at": None,
        }

    def _keep_anchors(self, boot: str, trusted: list[CloudEvent]) -> bool:
        """Whether there was need of another one."""
        known = [moment for moment, _ in self._anchors(boot)]
        new = []
        for event in trusted:
            monotonic_ms = int(event.monotonicms)
            if all(abs(monotonic_ms - moment) >= ANCHOR_EVERY_MS for moment in known):
                known.append(monotonic_ms)
                names = {"terminal_id": self._terminal_id, "boot_id": boot}
                new.append({**names, "monotonic_ms": monotonic_ms, "at": event.time})
        if new:
            self._connection.execute(insert(boot_anchors), new)
        return bool(new)

    def _anchors(self, boot: str) -> list[tuple[int, str]]:
        rows = self._connection.execute(
            select(boot_anchors.c.monotonic_ms, boot_anchors.c.at)
            .where(boot_anchors.c.terminal_id == self._terminal_id, boot_anchors.c.boot_id == boot)
            .order_by(boot_anchors.c.monotonic_ms)
        )
        return [(row.monotonic_ms, row.at) for row in rows]

    def _rebuild(self, boot: str, only: list[str] | None) -> None:
        """Counts from the nearest anchor of the boot; ``only`` these events, or all of the boot."""
        anchors = self._anchors(boot)
        if not anchors:
            return
        of_boot = (event_times.c.terminal_id == self._terminal_id) & (event_times.c.boot_id == boot)
        chosen = select(event_times.c.event_id, event_times.c.monotonic_ms).where(of_boot)
        if only is not None:
            chosen = chosen.where(event_times.c.event_id.in_(only))
        rebuilt = [
            {"id": row.event_id, "counted": counted(anchors, row.monotonic_ms)}
            for row in self._connection.execute(chosen)
        ]
        if rebuilt:
            self._connection.execute(
                update(event_times)
                .where(event_times.c.event_id == bindparam("id"))
                .values(true_at=bindparam("counted"), known_by=KnownBy.REBUILT.value),
                rebuilt,
            )


def counted(anchors: list[tuple[int, str]], monotonic_ms: int) -> str | None:
    """The time at ``monotonic_ms``, counted from the nearest of ``anchors`` (ascending, not empty).

    None when that is no time of any calendar: a terminal may claim whatever it likes.
    """
    place = bisect_left(anchors, (monotonic_ms, ""))
    nearest, at = min(anchors[max(0, place - 1) : place + 1], key=lambda each: abs(each[0] - monotonic_ms))
    try:
        return rfc3339(parse_rfc3339(at) + timedelta(milliseconds=monotonic_ms - nearest))
    except (OverflowError, ValueError):
        return None
