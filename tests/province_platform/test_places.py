"""Where else a person can go: what the neighbours of a terminal said, how far, and how long ago."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from contract.payloads import DeviceReport, Position
from contract.places import MatterReport, NearbyPlace, NearbyPlaces
from contract.sets import (
    CoordinateSource,
    DeviceHealth,
    Finish,
    PlaceKind,
    ReferenceSystem,
    Stream,
    TerminalState,
)
from province_platform.places import FOR_EACH_ITEM, KEPT_S
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import SITE, WITHIN_S, EnrolledTerminal, enrolled

HERE = (114.3, 30.55)
PRINTER = DeviceReport(device="receipt_printer", health=DeviceHealth.OK)


def stands_at(
    terminal: EnrolledTerminal, east_m: float, crs: ReferenceSystem = ReferenceSystem.CGCS2000
) -> None:
    """The terminal was measured so far to the east of the one that asks (a degree is 95.8 km there)."""
    position = Position(
        terminal_id=terminal.id,
        site_id=SITE,
        longitude=round(HERE[0] + east_m / 95_764, 7),
        latitude=HERE[1],
        crs=crs,
        coordinate_source=CoordinateSource.SURVEYED,
        measured_at="2026-11-20T02:00:00.000Z",
    )
    terminal.send(terminal.event(Stream.POSITION, position))


def says(
    terminal: EnrolledTerminal, *items: str, state: TerminalState = TerminalState.NORMAL, **more: Any
) -> None:
    """The terminal tells that it can finish these items, and no others."""
    matters = [MatterReport(item_code=code, finish=Finish.HERE) for code in items]
    matters.append(MatterReport(item_code="never", finish=Finish.NOT_HERE, reason="without_camera"))
    terminal.send(terminal.event(Stream.STATUS, terminal.status(state, matters=matters, **more)))


def around(terminal: EnrolledTerminal, clock: ManualClock) -> list[NearbyPlace]:
    """What the platform answers, when its picture is due again."""
    clock.advance(KEPT_S + 1)
    answer = terminal.call("GET", "/v1/places")
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=NearbyPlaces).places


def terminals_of(places: list[NearbyPlace]) -> dict[str, NearbyPlace]:
    return {place.terminal_id: place for place in places if place.kind is PlaceKind.TERMINAL}


@pytest.fixture
def near(server: PlatformServer, tmp_path: Path) -> Iterator[EnrolledTerminal]:
    with enrolled(server, tmp_path, "近") as one:
        yield one


@pytest.fixture
def far(server: PlatformServer, tmp_path: Path) -> Iterator[EnrolledTerminal]:
    with enrolled(server, tmp_path, "远") as one:
        yield one


def test_the_nearest_that_can_do_it_stands_first_with_its_distance(
    terminal: EnrolledTerminal, near: EnrolledTerminal, far: EnrolledTerminal, clock: ManualClock
) -> None:
    stands_at(terminal, 0)
    stands_at(far, 2_000)
    stands_at(near, 350)
    says(far, "elder-allowance", "pension-payments", devices=[PRINTER])
    says(near, "pension-payments")
    places = terminals_of(around(terminal, clock))
    assert list(places) == [near.id, far.id], "and not the one that asks"
    assert [place.distance_m for place in places.values()] == pytest.approx([350, 2_000], abs=12)
    assert [place.prints for place in places.values()] == [False, True]
    assert [place.items for place in places.values()] == [
        ["pension-payments"],
        ["elder-allowance", "pension-payments"],
    ], "what cannot be finished there is not among them"


def test_coordinates_of_different_systems_give_no_distance(
    terminal: EnrolledTerminal, near: EnrolledTerminal, far: EnrolledTerminal, clock: ManualClock
) -> None:
    stands_at(terminal, 0)
    stands_at(near, 350, ReferenceSystem.GCJ_02)
    stands_at(far, 2_000, ReferenceSystem.WGS_84)
    says(near, "pension-payments")
    says(far, "pension-payments")
    places = terminals_of(around(terminal, clock))
    assert places[near.id].distance_m is None
    assert places[far.id].distance_m == pytest.approx(2_000, abs=12), "beside CGCS2000 it is decimetres off"


def test_who_has_been_silent_for_long_is_told_with_its_age_and_last(
    terminal: EnrolledTerminal, near: EnrolledTerminal, far: EnrolledTerminal, clock: ManualClock
) -> None:
    for one, east_m in ((terminal, 0), (near, 350), (far, 2_000)):
        stands_at(one, east_m)
    says(near, "pension-payments")
    clock.advance(3_600)
    says(far, "pension-payments")
    places = terminals_of(around(terminal, clock))
    assert [(place.terminal_id, place.state) for place in places.values()] == [
        (far.id, TerminalState.NORMAL),
        (near.id, TerminalState.OFFLINE),
    ]
    assert places[near.id].heard_at < places[far.id].heard_at


@pytest.mark.parametrize(
    "state", [TerminalState.FAULT, TerminalState.PLANNED_STOP, TerminalState.MAINTENANCE]
)
def test_nobody_is_sent_to_a_terminal_that_serves_nobody(
    terminal: EnrolledTerminal, near: EnrolledTerminal, clock: ManualClock, state: TerminalState
) -> None:
    says(near, "pension-payments", state=state)
    assert near.id not in terminals_of(around(terminal, clock))
    says(near, "pension-payments", state=TerminalState.WARNING)
    assert near.id in terminals_of(around(terminal, clock))


def test_a_demonstration_or_a_withdrawn_terminal_is_no_place_to_go_to(
    server: PlatformServer,
    terminal: EnrolledTerminal,
    near: EnrolledTerminal,
    far: EnrolledTerminal,
    clock: ManualClock,
) -> None:
    says(near, "pension-payments", demonstration=True)
    says(far, "pension-payments")
    assert list(terminals_of(around(terminal, clock))) == [far.id]
    says(terminal, demonstration=True)
    assert set(terminals_of(around(terminal, clock))) == {near.id, far.id}, "among demonstrations it is one"
    requests.post(f"{server.console_url}/console/terminals/{far.id}/revoke", json={}, timeout=WITHIN_S)
    assert list(terminals_of(around(terminal, clock))) == [near.id]


def test_of_a_hall_full_of_terminals_only_the_nearest_few_are_told_and_what_one_alone_can_do(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path, clock: ManualClock
) -> None:
    stands_at(terminal, 0)
    with ExitStack() as hall:
        others = [hall.enter_context(enrolled(server, tmp_path, f"{n}号机")) for n in range(2, 8)]
        for number, other in enumerate(others):
            stands_at(other, 100 * (number + 1))
            says(other, "pension-payments", *(["elder-allowance"] if other is others[-1] else []))
        places = terminals_of(around(terminal, clock))
    assert list(places) == [*(one.id for one in others[:FOR_EACH_ITEM]), others[-1].id]


def test_service_centres_are_windows_with_their_hours(terminal: EnrolledTerminal, clock: ManualClock) -> None:
    stands_at(terminal, 0)
    windows = [place for place in around(terminal, clock) if place.kind is PlaceKind.WINDOW]
    assert (windows[0].name, windows[0].distance_m) == ("武昌区政务服务中心（演示）", 0)
    assert windows[0].hours == "工作日 09:00-17:00"
    assert [window.distance_m for window in windows[1:]] == [None], "nobody has measured the one in Enshi"


def test_what_came_after_a_restart_of_the_platform_is_judged_by_when_it_was_said(
    terminal: EnrolledTerminal,
    near: EnrolledTerminal,
    clock: ManualClock,
    server: PlatformServer,
    tmp_path: Path,
) -> None:
    says(near, "pension-payments")
    server.stop()
    clock.advance(7_200)
    with PlatformServer(tmp_path / "platform", clock=clock) as again:
        terminal.server = again
        assert terminals_of(around(terminal, clock))[near.id].state is TerminalState.OFFLINE
