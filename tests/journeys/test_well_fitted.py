"""A terminal with every device: it is walked by four keys, speaks, sees codes, and forgets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import story
from demo.citizens import WANG
from demo.hall import WELL_FITTED
from tests.journeys.halls import JourneyHall, eventually, opened_hall


@pytest.fixture
def well_fitted(tmp_path: Path) -> Iterator[JourneyHall]:
    """Of one test alone: what it says goes on in processes of their own when a test has ended."""
    with opened_hall(tmp_path, fitted=WELL_FITTED) as hall:
        yield hall


DEVICES = ("id_card_reader", "camera", "document_printer", "keypad", "speech", "cabinet", "gnss")


def health(hall: JourneyHall) -> dict[str, str]:
    """Every device and how it is, as the platform has it."""
    status = hall.figures()["status"]
    return {report["device"]: report["health"] for report in status["devices"]} if status else {}


def heard(hall: JourneyHall) -> int:
    """How many sounds have come out of the terminal."""
    return len(list((hall.hall.devices / "speech").glob("*.wav")))


def test_the_first_pages_are_walked_with_four_keys(well_fitted: JourneyHall) -> None:
    with well_fitted.visitor() as visit, well_fitted.nothing_raised():
        eventually(lambda: [health(well_fitted).get(device) for device in DEVICES] == ["ok"] * len(DEVICES))
        visit.sees("attract")
        visit.presses("next")
        visit.sees("home")
        visit.walks_to("养老待遇发放查询")
        visit.presses("choose")
        visit.sees("guide")
        visit.walks_to("开始")
        visit.presses("choose")
        visit.sees("notice")
        visit.presses("back")
        visit.sees("guide")
        visit.presses("help")
        visit.sees("help")
        visit.presses("back")
        visit.sees("guide")
        visit.walks_to("结束办理")
        visit.presses("choose")
        visit.reads("您的信息已从本机清除")
        visit.walks_to("我拿好了")
        visit.presses("choose")
        eventually(lambda: visit.screen() == "attract")


def test_a_card_that_is_left_behind_is_called_out_and_opens_nothing(well_fitted: JourneyHall) -> None:
    with well_fitted.visitor() as visit, well_fitted.nothing_raised():
        known = len(well_fitted.sessions())
        story.begin(visit, "养老待遇发放查询")
        visit.lays_down_card(WANG)
        visit.is_asked("查最近多久的？")
        visit.tap("结束办理")
        visit.reads("拿好身份证")
        before = heard(well_fitted)
        visit.tap("我拿好了")
        eventually(lambda: heard(well_fitted) > before)
        assert well_fitted.session_after(known)["wipe_clean"]
        visit.takes_card()
        assert visit.screen() == "attract"


@pytest.fixture
def without_a_scanner(tmp_path: Path) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path, fitted=("id_card_reader", "camera", "receipt_printer", "cabinet")) as hall:
        yield hall


def test_where_there_is_no_scanner_a_code_is_seen_by_the_camera(without_a_scanner: JourneyHall) -> None:
    hall = without_a_scanner
    with hall.visitor() as visit, hall.nothing_raised():
        eventually(lambda: health(hall).get("camera") == "ok")
        opened = hall.counter("camera.opened")
        story.begin(visit, "居住证签注")
        visit.order(do="act", device="camera", action="show", value=hall.console.make_code("ouyang-yi"))
        visit.is_asked("您还住在居住证上的地方吗？")
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
        assert hall.session_after(0)["wipe_clean"]
        eventually(lambda: hall.counter("camera.codes") == 1)
        assert hall.counter("camera.opened") == opened + 1, "open at the sign-in alone"
