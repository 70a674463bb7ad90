"""The process ends at once, at every stage of a matter: it keeps its promises, and no secrets."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.halls import JourneyHall, eventually
from tests.journeys.places import Place, opened_place
from tests.journeys.turnover import comes_to, given

STAGES = {
    "sign_in": signal.SIGKILL,
    "question": signal.SIGKILL,
    "check": signal.SIGABRT,
    "result": signal.SIGKILL,
    "rating": signal.SIGKILL,
}
SUBMITTED = ("result", "rating")


def cases(hall: JourneyHall) -> list[str]:
    """The cases that the platform has of this matter, one id each time it was told."""
    events = hall.console.events("case")
    return [event["data"]["case_id"] for event in events if event["data"]["item_code"] == "turnover-report"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """One of its own: processes that begin in a test end with it."""
    with opened_place(tmp_path) as place:
        yield place


@pytest.mark.timeout(150)
def test_a_process_that_ends_at_any_stage_keeps_its_promises_and_no_secrets(place: Place) -> None:
    hall = place.hall
    for stage, signal_number in STAGES.items():
        with hall.visitor() as visit:
            comes_to(visit, stage)
            visit.takes_card()
        hall.dies(signal_number)
        with hall.visitor() as visit:
            assert not [word for word in visit.words() if "陈" in word], "nobody is signed in"
    eventually(lambda: len(cases(hall)) >= len(SUBMITTED))
    assert len(cases(hall)) == len(set(cases(hall))) == len(SUBMITTED), "each came, once, and no other"
    eventually(lambda: len(hall.sessions()) >= len(STAGES))
    records = hall.sessions()
    assert [(record["way_out"], record["remedy"]) for record in records] == [
        ("crash", "process_ended")
    ] * len(STAGES), "each is told, once, by the process after it"
    for record in records:
        outcomes = {wiped["part"]: wiped["outcome"] for wiped in record["wiped"]}
        assert (outcomes["memory"], outcomes["slip_spool"]) == ("done", "done")
    assert place.found_in_memory(given()) == set()
    assert place.found_on_disk(given()) == {}
    assert not list(Path.cwd().glob("core*"))
