"""A terminal with every device: it is walked by four keys, speaks, sees codes, and forgets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.hall import WELL_FITTED
from tests.journeys.halls import JourneyHall, eventually, opened_hall


@pytest.fixture(scope="module")
def well_fitted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path_factory.mktemp("hall"), fitted=WELL_FITTED) as hall:
        yield hall


def health(hall: JourneyHall) -> dict[str, str]:
    """Every device and how it is, as the platform has it."""
    status = hall.figures()["status"]
    return {report["device"]: report["health"] for report in status["devices"]} if status else {}


def test_the_first_pages_are_walked_with_four_keys(well_fitted: JourneyHall) -> None:
    with well_fitted.visitor() as visit, well_fitted.nothing_raised():
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


def test_the_platform_knows_how_every_device_is(well_fitted: JourneyHall) -> None:
    expected = {"camera", "keypad", "speech", "cabinet", "document_printer", "id_card_reader"}
    eventually(lambda: all(health(well_fitted).get(device) == "ok" for device in expected))
