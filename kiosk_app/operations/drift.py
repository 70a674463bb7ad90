"""Whether the terminal still stands where it is said to stand.

The distance is that of the middle of many fixes: one that jumped between walls of glass says nothing. A fix
is in WGS-84. A site in CGCS2000 differs from that by centimetres, which is nothing beside the tolerance; one
in GCJ-02 or BD-09 is displaced by hundreds of metres on purpose: it is not compared, and never converted.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from statistics import median

from contract.payloads import DriftReport, Position
from contract.places import are_comparable
from contract.sets import Drift, ReferenceSystem
from foundation.clock import Clock
from foundation.distances import distance_between_m
from foundation.errors import Errors
from kiosk_app.reporting.alarms import AlarmKeeper

MOVED_FROM_M, BACK_WITHIN_M = 200.0, 100.0
WINDOW_S, LEAST_FIXES = 300.0, 20
_NOT_MEASURED = DriftReport(state=Drift.NOT_MEASURED)


class DriftWatch:
    """Takes fixes and raises the alarm that the terminal was moved. Thread-safe; returns at once.

    It judges when fixes cover five minutes: until then, and when they stop, the drift is *not measured*.
    ``said`` gives the position that was surveyed, or None.
    """

    def __init__(self, said: Callable[[], Position | None], clock: Clock, alarms: AlarmKeeper) -> None:
        self._said = said
        self._clock = clock
        self._alarms = alarms
        self._lock = threading.Lock()
        self._fixes: deque[tuple[float, float, float]] = deque()
        self._is_moved = False

    def fixed(self, longitude: float, latitude: float) -> None:
        """A fix, in degrees of WGS-84."""
        with self._lock:
            self._fixes.append((self._clock.monotonic_s(), longitude, latitude))
        report = self.report()
        if report.distance_m is None:
            return
        self._is_moved = report.state is Drift.MOVED
        self._alarms.report(
            Errors.TERMINAL_MOVED,
            "gnss",
            present=self._is_moved,
            details={"distance_m": str(report.distance_m)},
        )

    def report(self) -> DriftReport:
        """How far it is from where it should be."""
        middle, said = self._middle(), self._said()
        if middle is None or said is None:
            return _NOT_MEASURED
        if not are_comparable(said.crs, ReferenceSystem.WGS_84):
            return DriftReport(state=Drift.NOT_COMPARABLE)
        distance_m = distance_between_m(middle, (said.longitude, said.latitude))
        is_moved = distance_m > (BACK_WITHIN_M if self._is_moved else MOVED_FROM_M)
        return DriftReport(state=Drift.MOVED if is_moved else Drift.WITHIN, distance_m=round(distance_m))

    def _middle(self) -> tuple[float, float] | None:
        now_s = self._clock.monotonic_s()
        with self._lock:
            while self._fixes and now_s - self._fixes[0][0] > 2 * WINDOW_S:
                self._fixes.popleft()
            fixes = [fix for fix in self._fixes if now_s - fix[0] <= WINDOW_S]
            covered_s = now_s - self._fixes[0][0] if self._fixes else 0.0
        if len(fixes) < LEAST_FIXES or covered_s < WINDOW_S:
            return None
        return median(fix[1] for fix in fixes), median(fix[2] for fix in fixes)
