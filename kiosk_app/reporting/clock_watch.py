"""Watching the machine's own clock: steps in either direction, and being far from the platform's."""

from __future__ import annotations

import logging
from collections.abc import Callable

from foundation.backoff import Backoff
from foundation.errors import Errors
from foundation.lifecycle import ResilientService
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.alarms import AlarmKeeper

log = logging.getLogger("dianxiaoer.clock")

LOOK_EVERY_S = 5.0
STEP_FROM_S = 1.0
"""What a time server slews within a look is a hundredth of that (at most 500 ppm, adjtimex(2))."""
WRONG_FROM_S, RIGHT_WITHIN_S = 60.0, 30.0
CLOCK = "clock"


class ClockWatch(ResilientService):
    """Compares the wall clock with the monotonic one every 5 s, in a thread of its own.

    A step of a second or more in either direction is logged, becomes an alarm that closes by itself, and is
    told to ``on_step`` in this thread as seconds, forwards or (negative) back. A machine that slept shows as
    a step forwards: the monotonic clock does not count that. More than a minute from the platform's time is
    an alarm until the clock is right again.
    """

    def __init__(
        self,
        platform_clock: PlatformClock,
        alarms: AlarmKeeper,
        on_step: Callable[[float], None] = lambda _: None,
    ) -> None:
        super().__init__("clock watch", platform_clock, Backoff(LOOK_EVERY_S, 60.0))
        self._platform_clock = platform_clock
        self._alarms = alarms
        self._on_step = on_step
        self._apart_s = self._walls_lead_s()
        self._is_wrong = False

    def set_up(self) -> None:
        """Nothing to acquire."""

    def run(self) -> None:
        while not self.clock.wait(self.stopping, LOOK_EVERY_S):
            self._look_for_a_step()
            self._compare_with_the_platform()
            self.healthy()

    def tear_down(self) -> None:
        """Nothing to release."""

    def _walls_lead_s(self) -> float:
        return self._platform_clock.wall_clock().timestamp() - self._platform_clock.monotonic_s()

    def _look_for_a_step(self) -> None:
        lead_s = self._walls_lead_s()
        step_s, self._apart_s = lead_s - self._apart_s, lead_s
        stepped = abs(step_s) >= STEP_FROM_S
        details = {"step_s": f"{step_s:+.0f}"} if stepped else {}
        self._alarms.report(Errors.CLOCK_STEPPED, CLOCK, present=stepped, details=details, at_once=stepped)
        if stepped:
            log.warning("%s the wall clock was stepped by %+.0f s", Errors.CLOCK_STEPPED, step_s)
            self._on_step(step_s)

    def _compare_with_the_platform(self) -> None:
        offset_s = self._platform_clock.offset_s()
        if offset_s is None:
            return
        self._is_wrong = abs(offset_s) > (RIGHT_WITHIN_S if self._is_wrong else WRONG_FROM_S)
        details = {"offset_s": f"{offset_s:+.0f}"}
        self._alarms.report(Errors.CLOCK_WRONG, CLOCK, present=self._is_wrong, details=details)
