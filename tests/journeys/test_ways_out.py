"""However a session ends: nothing of the person, or of the firm she came for, is anywhere afterwards.

What they gave is looked for in every form in a dump of the process (in which are clipboard, input method and
accessibility tree too), in all that it keeps on the disk, in its temporary files, its home and its log.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract.sets import WipedPart
from demo.visit import Visit
from tests.journeys import firm_visit
from tests.journeys.halls import JourneyHall, eventually
from tests.journeys.places import Place
from tests.journeys.turnover import comes_to, given

pytestmark = pytest.mark.timeout(150)  # a whole way through real processes, on a machine that is busy


Comes = Callable[[JourneyHall, Visit, str], None]
"""As far as a page of a visit, from the resting screen."""


def is_done(hall: JourneyHall, visit: Visit, comes: Comes) -> None:
    comes(hall, visit, "farewell")


def is_cancelled(hall: JourneyHall, visit: Visit, comes: Comes) -> None:
    comes(hall, visit, "question")
    visit.tap("结束办理")


def is_left_alone(hall: JourneyHall, visit: Visit, comes: Comes) -> None:
    comes(hall, visit, "question")
    (hall.hall.terminal_root / "hurry").touch()
    visit.reads("您的信息已从本机清除")
    (hall.hall.terminal_root / "hurry").unlink()


def meets_a_bug(hall: JourneyHall, visit: Visit, comes: Comes) -> None:
    comes(hall, visit, "check")
    bug = hall.hall.terminal_root / "bug"
    bug.touch()
    eventually(lambda: not bug.exists())


WAYS: dict[str, Callable[[JourneyHall, Visit, Comes], None]] = {
    "done": is_done,
    "cancelled": is_cancelled,
    "idle": is_left_alone,
    "fault": meets_a_bug,
}
WHO: dict[str, tuple[Comes, Callable[[], dict[str, str]]]] = {
    "a person": (lambda _, visit, page: comes_to(visit, page), given),
    "a firm and its agent": (firm_visit.comes_to, firm_visit.given),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", WHO)
def test_nothing_is_left_and_the_record_says_so(place: Place, who: str, way: str) -> None:
    hall = place.hall
    comes, planted = WHO[who][0], WHO[who][1]()
    ended = len(hall.sessions())
    with hall.visitor() as visit:
        WAYS[way](hall, visit, comes)
        visit.reads("您的信息已从本机清除")
        record = hall.session_after(ended)
        visit.takes_card()
        visit.tap("我拿好了")
        visit.sees("attract")
        shown = " ".join(visit.words())
    assert (record["way_out"], record["wipe_clean"], record["wipe_copies_found"]) == (way, True, 0)
    assert record["wipe_needles"] > 0, "what was given was looked for"
    outcomes = {wiped["part"]: wiped["outcome"] for wiped in record["wiped"]}
    assert outcomes.keys() == {part.value for part in WipedPart}, "nothing is passed over"
    assert set(outcomes.values()) <= {"done", "not_applicable"}, outcomes
    assert not [name for name, text in planted.items() if text in shown]
    assert place.found_in_memory(planted) == set()
    assert place.found_on_disk(planted) == {}


def test_what_is_given_for_a_firm_would_be_found_before_the_end(place: Place) -> None:
    with place.hall.visitor() as visit:
        firm_visit.comes_to(place.hall, visit, "question")
        assert {"firm", "credit_code", "name"} <= place.found_in_memory(firm_visit.given())
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
        visit.tap("我拿好了")


def test_what_is_given_would_be_found_before_the_end(place: Place) -> None:
    with place.hall.visitor() as visit:
        comes_to(visit, "check")
        assert place.found_in_memory(given()) == given().keys(), "the search finds what there is"
        visit.takes_card()
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
        visit.tap("我拿好了")
