"""One hall and one place for all journeys of a worker; what needs another terminal opens its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.visit import Visit
from tests.journeys.halls import JourneyHall, opened_hall
from tests.journeys.places import SHORTEST, Place, opened_place


@pytest.fixture(scope="session")
def shared_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path_factory.mktemp("hall")) as hall:
        yield hall


@pytest.fixture
def hall(shared_hall: JourneyHall) -> Iterator[JourneyHall]:
    yield shared_hall
    shared_hall.tidy()


@pytest.fixture
def visit(hall: JourneyHall) -> Iterator[Visit]:
    with hall.visitor() as visit:
        yield visit


@pytest.fixture(scope="session")
def shared_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with opened_place(tmp_path_factory.mktemp("place"), SHORTEST) as place:
        yield place


@pytest.fixture
def place(shared_place: Place) -> Iterator[Place]:
    """Where things can be made to happen; as it was when it opened, whatever a test has done there."""
    yield shared_place
    (shared_place.hall.hall.terminal_root / "hurry").unlink(missing_ok=True)
    shared_place.hall.tidy()
