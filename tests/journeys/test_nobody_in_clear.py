"""Whoever gets hold of every file of a hall reads nobody's number there."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo import story
from demo.citizens import OUYANG, WANG, files_with_numbers
from demo.visit import Visit
from tests.journeys.halls import JourneyHall


def test_two_visits_leave_no_number_in_any_file(hall: JourneyHall, visit: Visit) -> None:
    ended = len(hall.sessions())
    story.pension_by_card(visit)
    assert hall.session_after(ended)["wipe_clean"]
    story.permit_by_code(visit, hall.console.make_code(OUYANG.person_id))
    assert hall.session_after(ended + 1)["wipe_clean"]

    files = [path for path in hall.hall.folder.rglob("*") if path.is_file()]
    assert {"platform.sqlite", "terminal.sqlite", "terminal.log", "platform.log"} <= {
        path.name for path in files
    }
    assert files_with_numbers(hall.hall.folder) == []


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_number_would_be_found(tmp_path: Path, coding: str) -> None:
    file = tmp_path / "below" / "a.log"
    file.parent.mkdir()
    file.write_bytes(b"x" + f"signed in: {WANG.number}".encode(coding) + b"x")
    assert files_with_numbers(tmp_path) == [file]
