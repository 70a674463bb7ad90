"""Time, as something that is handed in.

Intervals are always measured on the monotonic clock: a wall clock on a terminal without a network may be
years wrong and may step in either direction. Wall time is only ever recorded, never subtracted.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

CHINA_STANDARD_TIME = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """What product code may ask of time. Tests hand in a clock that they move by hand."""

    def monotonic_s(self) -> float:
        """Seconds since an arbitrary start; never goes back; scoped to one boot of the machine."""

    def utc_now(self) -> datetime:
        """The wall clock as an aware datetime in UTC. It may be wrong; see the clock trust of an event."""

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        """Waits until ``event`` is set or ``timeout_s`` have passed on this clock; true when it is set."""


class SystemClock:
    """The clock of the machine. Thread-safe."""

    def monotonic_s(self) -> float:
        return time.monotonic()

    def utc_now(self) -> datetime:
        return datetime.now(UTC)

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        return event.wait(max(0.0, timeout_s))


def rfc3339(moment: datetime) -> str:
    """``2026-11-21T02:10:07.123Z``: RFC 3339, UTC, milliseconds; the only form of time on the wire.

    Raises ``ValueError`` for a naive datetime: a time without a zone is not a time.
    """
    if moment.tzinfo is None:
        raise ValueError("a time on the wire needs its zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_rfc3339(text: str) -> datetime:
    """The inverse of :func:`rfc3339`; raises ``ValueError`` for anything without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time on the wire needs its zone")
    return moment.astimezone(UTC)


def in_china(moment: datetime) -> datetime:
    """The same moment as people in Hubei read it (Asia/Shanghai)."""
    return moment.astimezone(CHINA_STANDARD_TIME)


def boot_id() -> str:
    """The kernel's id of this boot, the scope of every monotonic time; a UUID in lower case.

    Source: proc(5), /proc/sys/kernel/random/boot_id.
    """
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
