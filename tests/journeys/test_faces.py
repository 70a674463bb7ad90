"""A face before the simulated camera, compared by the reference platform; and the same without a face.

Real taps, frames, wire and platform. The reference people are told apart by their coats.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo import story
from demo.citizens import CHEN, HE, OUYANG, WANG, Citizen
from demo.hall import FITTED
from demo.visit import Visit
from tests.journeys.carving import dump_of
from tests.journeys.halls import LIVELY, JourneyHall, eventually, opened_hall

COATS = {
    WANG.person_id: "#283c5a",
    CHEN.person_id: "#783c8c",
    OUYANG.person_id: "#28783c",
    HE.person_id: "#3c96be",
}
"""What each of them wears; the platform's register has the same."""
PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb")
"""How every JPEG of the camera begins (SOI, APP0 of JFIF 1.01, DQT)."""
PICTURE_IN_BASE64 = b"/9j/4AAQSkZJRgABAQAAAQABAAD/2w"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path_factory.mktemp("faces"), LIVELY, fitted=(*FITTED, "camera")) as hall:
        yield hall


@pytest.fixture
def visit(hall: JourneyHall) -> Iterator[Visit]:
    with hall.visitor() as visit:
        yield visit
        visit.order(do="cure", device="camera")
        visit.order(do="act", device="camera", action="nobody")
    hall.tidy()


def stands_there(visit: Visit, citizen: Citizen) -> None:
    visit.order(do="act", device="camera", action="person", value=COATS[citizen.person_id])


def fills_in(visit: Visit, citizen: Citizen) -> None:
    """As far as the question whether her face may be compared."""
    visit.sees("attract")
    visit.tap("触摸屏幕开始")
    visit.sees("home")
    visit.finds("养老待遇资格认证")
    story.choose(visit, "养老待遇资格认证")
    visit.lays_down_card(citizen)
    visit.is_asked("您现在常住哪里？")
    visit.tap("湖北省内")
    visit.is_asked("有事打哪个手机？")
    visit.tap("不填，下一步")
    visit.sees("check")
    visit.tap("提交认证")
    visit.sees("face_consent")


def hands_in(visit: Visit) -> None:
    visit.sees("check")
    visit.tap("提交认证")
    visit.sees("result")
    visit.reads("已提交")


def goes(hall: JourneyHall, visit: Visit, ended: int) -> dict[str, Any]:
    """She takes her things and goes; the record of her session on the platform."""
    visit.takes_card()
    visit.tap("结束办理")
    visit.reads("您的信息已从本机清除")
    return hall.session_after(ended)


def assurances(hall: JourneyHall) -> list[str]:
    """Of the cases on the platform, the newest first."""
    return [event["data"]["actor"]["assurance"] for event in hall.console.events("case")]


@pytest.mark.timeout(120)
def test_with_her_face_and_nothing_of_it_is_left(hall: JourneyHall, visit: Visit, tmp_path: Path) -> None:
    ended = len(hall.sessions())
    with hall.nothing_raised():
        fills_in(visit, CHEN)
        stands_there(visit, CHEN)
        hall.console.set_fault(slow_ms=20_000)
        visit.tap("同意刷脸")
        visit.reads("正在请省里比对")
        assert in_memory(hall, tmp_path), "the search finds what there is"
        hall.console.set_fault(slow_ms=0)
        hands_in(visit)
        record = goes(hall, visit, ended)
    assert (record["face_consent"], record["face_consent_version"]) == ("given", "2026-11-f1")
    assert record["wipe_clean"]
    assert assurances(hall)[0] == "face_matched"
    assert not in_memory(hall, tmp_path)
    written = [file for file in hall.hall.terminal_root.rglob("*") if file.is_file()]
    assert not [file for file in written if holds_a_picture(file.read_bytes())]


def in_memory(hall: JourneyHall, folder: Path) -> bool:
    """Whether a picture of the camera stands in the terminal's memory."""
    core = dump_of(hall.terminal.process_id, folder)
    try:
        return holds_a_picture(core.read_bytes())
    finally:
        core.unlink()


def holds_a_picture(content: bytes) -> bool:
    return PICTURE in content or PICTURE_IN_BASE64 in content


def test_without_her_face_it_is_as_short_and_counts_as_much(hall: JourneyHall, visit: Visit) -> None:
    ended = len(hall.sessions())
    with hall.nothing_raised():
        fills_in(visit, CHEN)
        visit.tap("不刷脸，换一种方式")
        visit.sees("sign_in")
        visit.reads("请再用手机核对一次")
        visit.shows_code(hall.console.make_code(CHEN.person_id))
        visit.sees("check")
        visit.puts_phone_away()
        hands_in(visit)
        record = goes(hall, visit, ended)
    assert (record["face_consent"], record["wipe_clean"]) == ("refused", True)
    assert assurances(hall)[0] == "known_twice"


@pytest.mark.timeout(120)
def test_advice_then_three_times_somebody_else_and_then_the_other_way(
    hall: JourneyHall, visit: Visit
) -> None:
    with hall.nothing_raised():
        fills_in(visit, CHEN)
        visit.order(do="fault", device="camera", name="two_faces")
        visit.tap("同意刷脸")
        visit.reads("请让一位单独站在镜头前")
        visit.order(do="cure", device="camera")
        visit.order(do="act", device="camera", action="nobody")
        visit.reads("请看着镜头")
        for _ in range(2):
            stands_there(visit, OUYANG)
            visit.reads("这次没有对上")
            visit.tap("再试一次")
        visit.reads("刷脸试了三次")
        visit.tap("不刷脸，换一种方式")
        visit.sees("sign_in")
        visit.shows_code(hall.console.make_code(OUYANG.person_id))
        visit.reads("这不是刚才在办的那位")
        visit.puts_phone_away()
        visit.tap("到窗口办")
        visit.sees("result")
        visit.reads("没有在本机核对")


def test_a_camera_that_dies_and_a_province_that_goes_lose_nothing(hall: JourneyHall, visit: Visit) -> None:
    with hall.nothing_raised():
        fills_in(visit, WANG)
        visit.order(do="fault", device="camera", name="dies")
        visit.tap("同意刷脸")
        visit.reads("摄像头现在看不清")
        visit.order(do="cure", device="camera")
        visit.reads("请看着镜头")
        hall.console.set_fault(face_service_down=True)
        stands_there(visit, WANG)
        visit.reads("刷脸现在用不了")
        hall.console.set_fault(face_service_down=False, refuse=True)
        visit.reads("起连不上省里")
        visit.tap("返回")
        visit.sees("check")
        visit.tap("提交认证")
        visit.reads("填好的加密留在本机")
        hall.console.set_fault(refuse=False)
        eventually(lambda: visit.says("网络正常"))


def test_a_child_with_her_guardian(hall: JourneyHall, visit: Visit) -> None:
    ended = len(hall.sessions())
    with hall.nothing_raised():
        fills_in(visit, HE)
        visit.reads("未满14周岁")
        visit.tap("同意刷脸")
        visit.reads("请监护人核对身份")
        visit.shows_code(hall.console.make_code(OUYANG.person_id))
        visit.sees("face")
        visit.puts_phone_away()
        stands_there(visit, HE)
        hands_in(visit)
        assert goes(hall, visit, ended)["wipe_clean"]
    assert assurances(hall)[0] == "face_matched"
