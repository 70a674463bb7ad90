"""One hall for all journeys of a worker; what needs a terminal of another kind opens a hall of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.visit import Visit
from tests.journeys.halls import JourneyHall, opened_hall


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
