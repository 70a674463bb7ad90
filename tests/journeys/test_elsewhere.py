"""What one terminal says of itself is what another one tells people: real processes, over the platform."""

from __future__ import annotations

from pathlib import Path

from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually, further_terminal
from tests.journeys.test_paper import at_pension_result, leave

LONGER_THAN_THE_PICTURE_S = 40.0
"""The platform looks at its terminals every ten seconds."""


def prints_and_finishes(hall: JourneyHall) -> bool:
    """Whether the platform has heard from this terminal that it can finish the query, and has paper."""
    status = hall.figures()["status"] or {"matters": [], "devices": []}
    finishes = {each["item_code"] for each in status["matters"] if each["finish"] == "finish_here"}
    prints = any(each["device"] == "receipt_printer" and each["health"] == "ok" for each in status["devices"])
    return prints and "pension-payments" in finishes


def test_a_slip_that_did_not_come_out_says_which_machine_has_paper(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    kept = hall.hall.terminal_root / "var" / "lib" / "dianxiaoer" / "neighbours.json"
    with further_terminal(hall, tmp_path) as another:
        eventually(lambda: prints_and_finishes(another))
        name = another.figures()["name"]

        def has_heard_of_it() -> bool:
            """Whenever the line is back, the terminal asks anew."""
            visit.reads("网络正常")
            hall.console.set_fault(refuse=True)
            visit.reads("起连不上省里")
            hall.console.set_fault(refuse=False)
            visit.reads("网络正常")
            return name in kept.read_text(encoding="utf-8")

        eventually(has_heard_of_it, LONGER_THAN_THE_PICTURE_S)
        visit.order(do="fault", device="receipt_printer", name="paper_out")
        at_pension_result(visit)
        visit.finds("能补打凭条的在")
        leave(visit)
