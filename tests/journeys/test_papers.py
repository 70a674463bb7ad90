"""Two papers are laid under the camera, go with their case, and the window sees them; none stays here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import requests

from demo import story
from demo.citizens import WANG
from demo.hall import FITTED
from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually, opened_hall

WITH_PAPERS = Path(__file__).parents[1] / "fixtures" / "items" / "with-papers.json"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path_factory.mktemp("papers"), fitted=(*FITTED, "camera")) as hall:
        batch_id = hall.console.publish(WITH_PAPERS.read_bytes())
        eventually(lambda: f"batch {batch_id} " in hall.log())
        yield hall


def lays_down_paper(visit: Visit) -> None:
    visit.order(do="act", device="camera", action="document")


def takes_picture(visit: Visit, question: str) -> None:
    visit.is_asked(question)
    visit.finds("放好了，可以拍了")
    visit.tap("拍照")
    visit.finds("四边都在吗")
    visit.tap("用这张")


def files_here(hall: JourneyHall) -> list[Path]:
    return list(hall.hall.terminal_root.rglob("*.attachments/*"))


def test_two_papers_arrive_with_their_case_and_nothing_of_them_stays(hall: JourneyHall) -> None:
    ended = len(hall.sessions())
    with hall.visitor() as visit, hall.nothing_raised():
        visit.tap("触摸屏幕开始")
        visit.sees("home")
        story.choose(visit, "随迁子女入学材料提交")
        visit.lays_down_card(WANG)
        lays_down_paper(visit)
        takes_picture(visit, "请拍户口簿首页")
        takes_picture(visit, "请拍租房合同")
        visit.sees("check")
        visit.finds("已拍好")
        visit.tap("提交材料")
        visit.sees("result")
        visit.reads("已提交")
        visit.takes_card()
        story.rate_and_leave(visit, "非常满意", "可以就近办理")
    assert hall.session_after(ended)["wipe_clean"]

    (case,) = [event["data"] for event in hall.console.events("case") if event["data"]["attachments"]]
    assert [each["name"] for each in case["attachments"]] == ["户口簿首页", "租房合同"]
    for each in case["attachments"]:
        url = f"{hall.console.url}/console/cases/{case['case_id']}/attachments/{each['digest']}"
        opened = requests.get(url, timeout=20)
        assert (opened.status_code, len(opened.content)) == (200, each["size"])
        picture = cv2.imdecode(np.frombuffer(opened.content, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        assert min(picture.shape[:2]) > 200, "a page, laid straight"
    assert eventually(lambda: not files_here(hall))


def test_papers_that_were_not_handed_in_go_with_the_person(hall: JourneyHall) -> None:
    with hall.visitor() as visit:
        visit.tap("触摸屏幕开始")
        visit.sees("home")
        story.choose(visit, "随迁子女入学材料提交")
        visit.lays_down_card(WANG)
        lays_down_paper(visit)
        takes_picture(visit, "请拍户口簿首页")
        visit.is_asked("请拍租房合同")
        assert len(files_here(hall)) == 1
        visit.tap("结束办理")
        visit.takes_card()
        visit.reads("您的信息已从本机清除")
        assert files_here(hall) == []
