"""Paper, and the want of it: real printers on the other end of real sockets, and a window that scans."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import pytest
import requests
import zxingcpp

from demo import story
from demo.citizens import CHEN, WANG
from demo.hall import FITTED
from demo.lines import Lines
from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually, further_terminal, opened_hall

_QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


@pytest.fixture(scope="module")
def printing_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JourneyHall]:
    folder = tmp_path_factory.mktemp("hall")
    with opened_hall(folder, fitted=(*FITTED, "document_printer")) as hall:
        yield hall


@pytest.fixture
def hall(printing_hall: JourneyHall) -> Iterator[JourneyHall]:
    yield printing_hall
    with printing_hall.visitor() as visit:
        visit.order(do="cure", device="document_printer")
        visit.takes_sheets()
    printing_hall.tidy()


@pytest.fixture
def visit(hall: JourneyHall) -> Iterator[Visit]:
    with hall.visitor() as visit:
        yield visit


def papers(hall: JourneyHall) -> dict[str, Any]:
    """All slips and pages so far."""
    devices = Lines(hall.hall.device_orders)
    try:
        return {"slips": [], "pages": [], **devices.ask(do="look")}
    finally:
        devices.close()


def slip_codes(picture: Path) -> list[str]:
    """What the codes on a picture say."""
    found = zxingcpp.read_barcodes(cv2.imread(str(picture)), formats=_QR_CODE)
    return [each.text for each in found if each.text.startswith("DXS1.")]


def code_on_screen(visit: Visit, folder: Path) -> str:
    """What a phone reads off the screen; waits until there is a code."""
    screen = folder / "screen.png"

    def look() -> list[str]:
        visit.photographs(screen)
        return slip_codes(screen)

    return eventually(look)[0]


def health_of_printer(hall: JourneyHall) -> str:
    """How the A4 printer is, as the platform has it; empty while it has not said so."""
    reports = (hall.figures()["status"] or {"devices": []})["devices"]
    return next((report["health"] for report in reports if report["device"] == "document_printer"), "")


def at_pension_result(visit: Visit) -> None:
    story.begin(visit, "养老待遇发放查询")
    visit.lays_down_card(WANG)
    visit.is_asked("查最近多久的？")
    visit.tap("最近3个月")
    visit.sees("check")
    visit.tap("查询")
    visit.sees("result")


def leave(visit: Visit) -> None:
    visit.takes_card()
    visit.tap("结束办理")
    visit.reads("您的信息已从本机清除")


def test_a_page_is_printed_taken_and_forgotten_and_a_window_takes_up_slip_and_page(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    ended, slips, pages = len(hall.sessions()), len(papers(hall)["slips"]), len(papers(hall)["pages"])
    with hall.nothing_raised():
        story.pension_by_card(visit, on_a4=True)
        assert hall.session_after(ended)["wipe_clean"]
    printed = papers(hall)
    (page,), (slip,) = printed["pages"][pages:], printed["slips"][slips:]

    pdf = Path(page["file"])
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    assert "养老待遇发放查询结果" in text
    assert "王**" in text
    assert WANG.name not in text
    subprocess.run(["pdftoppm", "-png", "-r", "150", "-singlefile", pdf, tmp_path / "page"], check=True)
    (on_page,) = slip_codes(tmp_path / "page.png")
    (on_slip,) = slip_codes(Path(slip["picture"]))
    assert on_page == on_slip, "one case, one code"

    standing = hall.console.take_up_slip(on_slip)
    assert standing["arrived"]
    assert standing["case_no"] in text
    assert standing["receipt_number"] in text
    assert page["name"] not in ("", WANG.name)
    with pytest.raises(requests.HTTPError, match="422"):
        hall.console.take_up_slip(on_slip[:40] + ("A" if on_slip[40] != "A" else "B") + on_slip[41:])


def test_a_jam_in_the_middle_is_not_called_printed_and_the_screen_has_what_to_take_along(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    at_pension_result(visit)
    visit.finds("可以打印成A4纸")
    visit.order(do="fault", device="document_printer", name="dies_mid_print")
    visit.tap("打印A4")
    visit.reads("不知道文件打出来没有")
    assert not visit.says("请取走您的")
    assert hall.console.take_up_slip(code_on_screen(visit, tmp_path))["arrived"]
    leave(visit)


def test_a_printer_without_paper_offers_nothing_and_says_where_to_go(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    visit.order(do="fault", device="document_printer", name="paper_out")
    eventually(lambda: health_of_printer(hall) != "ok")
    at_pension_result(visit)
    assert hall.console.take_up_slip(code_on_screen(visit, tmp_path))["arrived"]
    visit.finds("本机现在打不了A4纸")
    assert not visit.says("打印A4")
    leave(visit)


def test_without_paper_and_without_a_line_the_number_and_its_code_are_as_good(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    visit.order(do="fault", device="receipt_printer", name="paper_out")
    visit.sees("attract")
    hall.console.set_fault(refuse=True)
    visit.reads("起连不上省里")
    story.begin(visit, "高龄津贴申领")
    visit.lays_down_card(CHEN)
    story.fill_in_allowance(visit, licence="由主管部门核对")
    visit.reads("已存在本机，尚未提交")
    code = code_on_screen(visit, tmp_path)
    standing = hall.console.take_up_slip(code)
    assert not standing["arrived"]
    assert standing["explanation"]["zh"].startswith("尚未到达，终端已保存")
    leave(visit)
    hall.console.set_fault(refuse=False)
    assert eventually(lambda: hall.console.take_up_slip(code)["arrived"])


def test_a_slip_that_did_not_come_out_here_is_printed_at_another_terminal(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    visit.order(do="fault", device="receipt_printer", name="paper_out")
    story.begin(visit, "高龄津贴申领")
    visit.lays_down_card(WANG)
    story.fill_in_allowance(visit, licence="对，就是这样")
    first = hall.console.take_up_slip(code_on_screen(visit, tmp_path))
    leave(visit)

    with further_terminal(hall, tmp_path) as another, another.visitor() as again:
        ended = len(hall.sessions())
        again.sees("attract")
        again.tap("触摸屏幕开始")
        again.sees("home")
        again.finds("我的办件")
        story.choose(again, "我的办件")
        again.lays_down_card(WANG)
        again.is_asked("看哪一件？")
        again.tap("高龄津贴申领")
        again.sees("result")
        again.tap("打印凭条")
        again.finds("凭条在下面出纸口")
        again.takes_card()
        again.tap("完成")
        again.reads("您的信息已从本机清除")
        assert hall.session_after(ended)["wipe_clean"]

        (slip,) = papers(another)["slips"]
        (code,) = slip_codes(Path(slip["picture"]))
        copy = hall.console.take_up_slip(code)
        assert "副本" in slip["text"]
        assert copy["terminal_id"] != first["terminal_id"]
        assert {copy["case_no"], copy["receipt_number"]} == {first["case_no"], first["receipt_number"]}
