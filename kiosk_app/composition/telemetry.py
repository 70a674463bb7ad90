"""What a terminal tells of itself: its status, its place, its alarms, its clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from contract.payloads import BackEndReport, JobReport, MachineReport
from drivers.vocabulary import DeviceStatus
from foundation.lifecycle import ResilientService
from kiosk_app.config import TerminalPaths
from kiosk_app.config.records import Place
from kiosk_app.operations.certificate_watch import CertificateWatch
from kiosk_app.operations.drift import DriftWatch
from kiosk_app.operations.machine import Machine
from kiosk_app.operations.schedule import Job, Schedule
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.reachability import Reachability
from kiosk_app.reporting.alarms import AlarmKeeper
from kiosk_app.reporting.clock_watch import ClockWatch
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.places import PlaceReporter
from kiosk_app.reporting.status import RunningFacts, StatusReporter, Watched
from offline_store.outbox import Outbox

PLACE_EVERY_S = 60.0
"""How soon a new measurement of the place is told; it is a look at a small file."""
CERTIFICATE_EVERY_S = 12 * 3600.0


_SCREENS_FIRST_S = 2.0
"""So long the resting screen has the processor for itself, on a machine as slow as those in the field."""


@dataclass(frozen=True, slots=True)
class Telemetry:
    """The services that watch and tell."""

    reporter: StatusReporter
    alarms: AlarmKeeper
    clock_watch: ClockWatch
    schedule: Schedule
    drift: DriftWatch

    @property
    def services(self) -> tuple[ResilientService, ...]:
        """In the order in which they are started."""
        return self.reporter, self.alarms, self.clock_watch, self.schedule

    def devices_changed(self, statuses: Sequence[DeviceStatus]) -> None:
        """The statuses of all fitted devices, of which one has changed. Returns at once."""
        self.reporter.devices_changed(statuses)
        self.alarms.devices_changed(statuses)


def build_telemetry(
    maker: EventMaker,
    outbox: Outbox,
    clock: PlatformClock,
    facts: Callable[[], RunningFacts],
    reachability: Reachability,
    *,
    heartbeat_s: float,
    paths: TerminalPaths,
    enrolled_place: Place,
) -> Telemetry:
    """Builds them and starts nothing. ``facts`` is called in the reporter's thread."""
    alarms = AlarmKeeper(maker, outbox, clock, paths.state / "alarms.json")
    places = PlaceReporter(paths, enrolled_place, maker, outbox, clock)
    certificate = CertificateWatch(paths.terminal_certificate, clock, alarms)
    schedule = Schedule(
        clock,
        (
            Job("place", PLACE_EVERY_S, places.look, first_within_s=0.0),
            Job("certificate", CERTIFICATE_EVERY_S, certificate.look),
        ),
        begins_after_s=_SCREENS_FIRST_S,
    )
    machine = Machine(paths.state)
    drift = DriftWatch(places.position, clock, alarms)

    def all_facts() -> RunningFacts:
        watched = _watched(machine, reachability, schedule, clock)
        return replace(facts(), watched=replace(watched, drift=drift.report()))

    reporter = StatusReporter(
        maker, outbox, clock, all_facts, heartbeat_s=heartbeat_s, state_folder=paths.state
    )
    clock_watch = ClockWatch(clock, alarms, schedule.clock_stepped)
    return Telemetry(reporter, alarms, clock_watch, schedule, drift)


def _watched(
    machine: Machine, reachability: Reachability, schedule: Schedule, clock: PlatformClock
) -> Watched:
    now = machine.read()
    offset_s = clock.offset_s()
    return Watched(
        machine=MachineReport(
            memory_total_mb=now.memory_total_mb,
            memory_available_mb=now.memory_available_mb,
            load_1m=now.load_1m,
            processors=now.processors,
            temperature_c=now.temperature_c,
            disk_total_mb=now.disk_total_mb,
        ),
        back_ends=tuple(
            BackEndReport(
                name=each.name,
                reachable=each.reachable,
                since=each.since,
                error=each.error.code if each.error is not None else "",
            )
            for each in reachability.back_ends()
        ),
        jobs=tuple(
            JobReport(name=run.name, age_s=None if run.age_s is None else int(run.age_s), ok=run.ok)
            for run in schedule.runs()
        ),
        clock_offset_s=None if offset_s is None else round(offset_s, 3),
    )
