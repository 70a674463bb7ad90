"""A technician and a keeper at the terminal, from grant to farewell: real processes, codes and taps."""

from __future__ import annotations

import re

import cv2
import pytest
import zxingcpp

from demo.visit import Visit
from province_platform.__main__ import main
from tests.journeys.halls import JourneyHall, eventually


def granted(hall: JourneyHall, capsys: pytest.CaptureFixture[str], role: str) -> tuple[str, str]:
    """What the platform's command gives: the grant as a telephone reads it off its picture, and the code."""
    picture = hall.hall.platform_root / "grant.png"
    order = ["grant", "--root", str(hall.hall.platform_root), "--staff", "WH-1024", "--role", role]
    capsys.readouterr()
    assert main([*order, "--site", "WH-WC-001", "--qr", str(picture)]) == 0
    said = capsys.readouterr().out
    code = re.search(r"visit code: ([0-9]{8})", said)
    assert code is not None
    (scanned,) = zxingcpp.read_barcodes(cv2.imread(str(picture)))
    assert scanned.text in said
    return scanned.text, code.group(1)


def goes_in(visit: Visit, grant: str, visit_code: str) -> None:
    """From the resting screen to the board."""
    visit.sees("attract")
    visit.tap("触摸屏幕开始")
    visit.sees("home")
    visit.tap("人工帮助")
    visit.sees("help")
    visit.finds("工作人员")
    visit.tap("工作人员")
    visit.sees("staff_sign_in")
    visit.reads("请把授权码对准扫码口")
    visit.shows_code(grant)
    visit.reads("请输入八位到访码")
    visit.puts_phone_away()
    visit.type(visit_code)
    visit.tap("下一步")
    visit.sees("staff")


def comes_out(visit: Visit) -> None:
    visit.tap("结束办理")
    visit.reads("您的信息已从本机清除")
    visit.tap("我拿好了")


def state(hall: JourneyHall) -> str:
    status = hall.figures()["status"]
    return str(status["state"]) if status else ""


def test_a_technician_sees_prints_stops_and_resumes_and_the_province_sees_it_too(
    hall: JourneyHall, visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    known = len(hall.sessions())
    with hall.nothing_raised():
        goes_in(visit, *granted(hall, capsys, "technician"))
        visit.reads("技术员 WH-1024")
        eventually(lambda: state(hall) == "maintenance")
        visit.tap("打印测试凭条")
        visit.reads("打印机已打出测试条。")
        visit.tap("暂停服务")
        visit.reads("恢复服务")
        comes_out(visit)
        visit.sees("out_of_service")
        visit.reads("技术员正在维护")
        eventually(lambda: state(hall) == "planned_stop")
        record = hall.session_after(known)
        assert (record["way_out"], record["wipe_clean"]) == ("done", True)
        assert record["by_staff"] is True
        assert record["wipe_needles"] > 0, "grant and visit code were looked for"
    with hall.nothing_raised():
        grant, visit_code = granted(hall, capsys, "technician")
        visit.tap("工作人员")
        visit.sees("staff_sign_in")
        visit.shows_code(grant)
        visit.reads("请输入八位到访码")
        visit.puts_phone_away()
        visit.type(visit_code)
        visit.tap("下一步")
        visit.sees("staff")
        visit.tap("恢复服务")
        visit.reads("暂停服务")
        comes_out(visit)
        visit.sees("attract")


def test_a_keeper_who_has_put_paper_in_prints_a_slip_and_finds_nothing_else(
    hall: JourneyHall, visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    with hall.nothing_raised():
        goes_in(visit, *granted(hall, capsys, "keeper"))
        visit.order(do="fault", device="receipt_printer", name="paper_out")
        visit.reads("PRNT-002")
        visit.order(do="cure", device="receipt_printer")
        visit.tap("打印测试凭条")
        visit.reads("打印机已打出测试条。")
        assert not visit.says("暂停服务")
        comes_out(visit)
        visit.sees("attract")
