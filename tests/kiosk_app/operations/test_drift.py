"""A terminal that was carried away is told; one that stands where it should, or is not comparable, is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from contract.payloads import DriftReport, Position
from contract.sets import Drift, ReferenceSystem
from foundation.distances import distance_between_m
from foundation.errors import Errors
from kiosk_app.operations.drift import LEAST_FIXES, WINDOW_S, DriftWatch
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.alarms import AlarmKeeper
from kiosk_app.reporting.events import EventMaker
from tests.fakes.clock import ManualClock
from tests.fixtures.enrolments import TERMINAL_ID, a_position
from tests.fixtures.stores import a_store

HERE = (114.2707261, 30.6010563)
DEGREE_M = 111_195.0


@dataclass
class Watching:
    watch: DriftWatch
    clock: ManualClock
    alarms: AlarmKeeper

    def fixed(self, longitude: float, latitude: float) -> None:
        self.clock.advance(10)
        self.watch.fixed(longitude, latitude)

    def stand(self, north_m: float, fixes: int = 31) -> DriftReport:
        for _ in range(fixes):
            self.fixed(HERE[0], HERE[1] + north_m / DEGREE_M)
        return self.watch.report()

    def is_alarm(self) -> bool:
        condition = self.alarms._conditions.get((Errors.TERMINAL_MOVED.code, "gnss"))
        return condition is not None and condition.present


def a_position_at(
    longitude: float, latitude: float, crs: ReferenceSystem = ReferenceSystem.CGCS2000
) -> Position:
    return msgspec.structs.replace(a_position(), longitude=longitude, latitude=latitude, crs=crs)


@contextmanager
def a_watch(folder: Path, said: Position | None) -> Iterator[Watching]:
    clock = ManualClock()
    with a_store(folder, clock) as store:
        maker = EventMaker(TERMINAL_ID, clock, PlatformClock(clock))
        alarms = AlarmKeeper(maker, store.outbox, clock, folder / "alarms.json")
        yield Watching(DriftWatch(lambda: said, clock, alarms), clock, alarms)


@pytest.mark.parametrize("crs", [ReferenceSystem.WGS_84, ReferenceSystem.CGCS2000])
def test_a_terminal_that_was_carried_away_is_an_alarm_until_it_is_back(
    tmp_path: Path, crs: ReferenceSystem
) -> None:
    with a_watch(tmp_path, a_position_at(*HERE, crs)) as watching:
        assert watching.stand(20) == DriftReport(state=Drift.WITHIN, distance_m=20)
        assert not watching.is_alarm()
        assert watching.stand(1500) == DriftReport(state=Drift.MOVED, distance_m=1500)
        assert watching.is_alarm()
        assert watching.stand(150).state is Drift.MOVED, "nearer is not back"
        assert watching.stand(50) == DriftReport(state=Drift.WITHIN, distance_m=50)
        assert not watching.is_alarm()


def test_it_takes_five_minutes_to_be_moved(tmp_path: Path) -> None:
    with a_watch(tmp_path, a_position_at(*HERE)) as watching:
        assert watching.stand(1500, LEAST_FIXES).state is Drift.NOT_MEASURED
        assert not watching.is_alarm()
        assert watching.stand(1500).state is Drift.MOVED
        watching.clock.advance(WINDOW_S)
        assert watching.watch.report() == DriftReport(state=Drift.NOT_MEASURED), "nothing was heard since"


@pytest.mark.parametrize("crs", [ReferenceSystem.GCJ_02, ReferenceSystem.BD_09])
def test_a_place_in_a_displaced_system_is_not_compared_and_not_converted(
    tmp_path: Path, crs: ReferenceSystem
) -> None:
    with a_watch(tmp_path, a_position_at(*HERE, crs)) as watching:
        assert watching.stand(1500) == DriftReport(state=Drift.NOT_COMPARABLE)
        assert not watching.is_alarm()


def test_a_place_that_nobody_measured_cannot_be_left(tmp_path: Path) -> None:
    with a_watch(tmp_path, None) as watching:
        assert watching.stand(1500) == DriftReport(state=Drift.NOT_MEASURED)


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        (HERE, HERE, 0),
        ((0.0, 0.0), (1.0, 0.0), 111_195),
        ((114.0, 30.0), (115.0, 30.0), 96_297),
        ((0.0, 90.0), (180.0, 90.0), 0),
        ((179.9, 0.0), (-179.9, 0.0), 22_239),
        ((0.0, 0.0), (180.0, 0.0), 20_015_114),
    ],
)
def test_distances_are_those_on_the_sphere(
    one: tuple[float, float], other: tuple[float, float], metres: float
) -> None:
    assert distance_between_m(one, other) == pytest.approx(metres, abs=2)
