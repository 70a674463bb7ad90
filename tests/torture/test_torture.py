"""A small torture in every run, and proof that it would find what it looks for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offline_store.making import new_event
from tests.torture.power_cuts import cut_power, make_record
from tests.torture.reckoning import Arrival, Figures, Promises, reckon, total


def test_terminals_that_are_killed_lose_nothing_and_send_nothing_twice(repository: Path) -> None:
    result = torture(repository, "--kills", "4")
    assert (result["kills"], result["lost"], result["duplicated"]) == (4, 0, 0)
    assert (result["out_of_order"], result["changed"]) == (0, 0)
    assert result["arrived"] >= result["accepted"]


def test_a_pulled_plug_loses_nothing_that_was_promised(tmp_path: Path) -> None:
    record = make_record(tmp_path, 60, "FULL")
    outcomes = [cut_power(record, tmp_path) for _ in range(25)]
    assert None not in outcomes
    figures = total(outcome for outcome in outcomes if outcome is not None)
    assert figures.are_clean, figures
    assert figures.accepted > 100


def test_the_images_show_what_a_weaker_promise_would_lose(tmp_path: Path) -> None:
    """With ``synchronous=NORMAL`` a commit is not synced: if the images did not show that, they would be of
    no use."""
    record = make_record(tmp_path, 60, "NORMAL")
    outcomes = [cut_power(record, tmp_path) for _ in range(25)]
    assert total(outcome for outcome in outcomes if outcome is not None).lost > 0


CASE, SERVICE = new_event(stream="case"), new_event(stream="service")
CONTENTS = {CASE.id: {"case_id": "1"}, SERVICE.id: {"service_id": "2", "case_id": "1"}}
PROMISES = Promises({CASE.id: CASE, SERVICE.id: SERVICE}, frozenset({CASE.id, SERVICE.id}))
FIRST = Arrival(CASE.id, "case", "case/a", CONTENTS[CASE.id])
SECOND = Arrival(SERVICE.id, "service", "case/a", CONTENTS[SERVICE.id])


@pytest.mark.parametrize(
    ("arrivals", "figures"),
    [
        ([FIRST, SECOND], Figures(accepted=2, arrived=2)),
        ([FIRST], Figures(accepted=2, arrived=1, lost=1)),
        ([SECOND, FIRST], Figures(accepted=2, arrived=2, out_of_order=1)),
        ([FIRST, SECOND, SECOND], Figures(accepted=2, arrived=2, duplicated=1)),
        (
            [FIRST, SECOND, Arrival("another id", "case", "case/a", CONTENTS[CASE.id])],
            Figures(accepted=2, arrived=3, duplicated=1, changed=1),
        ),
        (
            [Arrival(CASE.id, "case", "case/a", {"case_id": "other"}), SECOND],
            Figures(accepted=2, arrived=2, changed=1),
        ),
    ],
)
def test_the_reckoning_finds_what_is_wrong(arrivals: list[Arrival], figures: Figures) -> None:
    assert reckon(PROMISES, arrivals, CONTENTS) == figures


def torture(repository: Path, *arguments: str) -> dict[str, int]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.torture", *arguments, "--json"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    result: dict[str, int] = json.loads(run.stdout)
    return result
