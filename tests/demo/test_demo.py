"""``python -m demo``: the whole way, as whoever has just cloned the repository sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from demo.citizens import files_with_numbers

ALLOWANCE = "elder-allowance"


@pytest.mark.timeout(180)
def test_four_visits_are_on_the_platform_once_with_pictures_slips_and_clean_wipes(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    run = subprocess.run(
        [sys.executable, "-m", "demo", "--out", str(out)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr

    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    cases = summary["cases"]
    assert Counter(case["item"] for case in cases) == {
        "pension-payments": 1,
        "residence-permit-endorsement": 1,
        ALLOWANCE: 2,
    }
    numbers = [case["case_no"] for case in cases]
    assert all(numbers)
    assert len(set(numbers)) == 4
    assert all(case["commit_to_platform_ms"] >= 0 for case in cases)

    assert Counter(rating["case_no"] for rating in summary["ratings"]) == Counter(numbers)
    assert {rating["service_no"] for rating in summary["ratings"]} == {1}
    assert [rating["level"] for rating in summary["ratings"]] == [
        "very_satisfied",
        "satisfied",
        "neutral",
        "satisfied",
    ]
    assert summary["positions"] == 1
    assert summary["statuses"] >= 1

    offline = summary["offline"]
    assert offline["queued"] >= 3, "the case, its act of handling and the rating were made without a province"
    assert offline["sent"] == offline["queued"]
    assert (offline["duplicated"], offline["lost"]) == (0, 0)
    saved_first = max(case["commit_to_platform_ms"] for case in cases if case["item"] == ALLOWANCE)
    assert saved_first > 1000, "the last case waited for the province to come back"

    assert summary["wipes"] == {"sessions": 4, "clean": 4}
    assert len(summary["slips"]) == 4
    assert all(is_picture(out / "slips" / name) for name in summary["slips"])
    assert len(summary["pages"]) == 1
    assert all(is_picture(out / "documents" / name) for name in summary["pages"])
    assert {name.split("-")[0] for name in summary["screens"]} == {
        "pension_by_card",
        "permit_by_code",
        "allowance_online",
        "allowance_offline",
    }
    assert all(is_picture(out / "screens" / name) for name in summary["screens"])
    assert files_with_numbers(out) == []


def is_picture(path: Path) -> bool:
    return path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n") and path.stat().st_size > 1000
