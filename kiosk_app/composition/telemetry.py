"""What a terminal tells of itself: its status, its alarms, its clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from drivers.vocabulary import DeviceStatus
from foundation.lifecycle import ResilientService
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.alarms import AlarmKeeper
from kiosk_app.reporting.clock_watch import ClockWatch
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.status import RunningFacts, StatusReporter
from offline_store.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Telemetry:
    """The services that watch and tell."""

    reporter: StatusReporter
    alarms: AlarmKeeper
    clock_watch: ClockWatch

    @property
    def services(self) -> tuple[ResilientService, ...]:
        """In the order in which they are started."""
        return self.reporter, self.alarms, self.clock_watch

    def devices_changed(self, statuses: Sequence[DeviceStatus]) -> None:
        """The statuses of all fitted devices, of which one has changed. Returns at once."""
        self.reporter.devices_changed(statuses)
        self.alarms.devices_changed(statuses)


def build_telemetry(
    maker: EventMaker,
    outbox: Outbox,
    clock: PlatformClock,
    facts: Callable[[], RunningFacts],
    *,
    heartbeat_s: float,
    state_folder: Path,
) -> Telemetry:
    """Builds them and starts nothing. ``facts`` is called in the reporter's thread."""
    reporter = StatusReporter(maker, outbox, clock, facts, heartbeat_s=heartbeat_s, state_folder=state_folder)
    alarms = AlarmKeeper(maker, outbox, clock, state_folder / "alarms.json")
    return Telemetry(reporter, alarms, ClockWatch(clock, alarms))
