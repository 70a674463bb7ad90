"""Examples of the screens for staff; see screens/samples.py."""

from __future__ import annotations

from kiosk_app.terminal.staff_views import StaffErrand, StaffFact, StaffSignInView, StaffView
from screens.sample_pages import Say


def scanning(say: Say) -> StaffSignInView:
    """Return the wait for a grant."""
    advice = say("请把授权码对准扫码口。", "Hold your grant before the scanner.")
    return StaffSignInView(advice, False, False, False, "", 8, False)


def typing(say: Say) -> StaffSignInView:
    """Return a visit code that was wrong once and is typed again."""
    advice = say("到访码不对，请再输一次。", "The visit code is wrong. Please type it again.")
    return StaffSignInView(advice, True, True, False, "●●●●●", 8, False)


def board(say: Say) -> StaffView:
    """Return a terminal without paper, as a technician sees it."""
    return StaffView(
        title=say("技术员 WH-1024", "Technician WH-1024"),
        said=say("测试凭条打印好了。", "The test slip was printed."),
        is_problem=False,
        busy=False,
        troubles=(
            StaffFact(
                say("凭条打印机", "Receipt printer"),
                say("不可用 PRNT-002", "unavailable PRNT-002"),
                "stop",
                say(
                    "装一卷新纸，印字面按盖内的图。",
                    "Put in a roll, printed side as the drawing in the lid shows.",
                ),
            ),
            StaffFact(
                say("待上报", "Waiting to be sent"),
                say("3 条，最早等了 12 分钟", "3, for 12 min"),
                "attention",
            ),
        ),
        errands=(
            StaffErrand(
                "test_slip",
                say("打印测试凭条", "Print a test slip"),
                say("换纸以后也打一张", "Also after new paper"),
            ),
            StaffErrand(
                "stop_service",
                say("暂停服务", "Stop the service"),
                say("没人能开始办理，直到恢复", "Nobody can begin until it is resumed"),
            ),
        ),
        facts=(
            StaffFact(say("身份证读卡器", "ID card reader"), say("正常", "ok"), "done"),
            StaffFact(say("扫码器", "Code scanner"), say("正常", "ok"), "done"),
            StaffFact(
                say("证书有效到", "Certificate ends"), say("5月31日（星期一）", "Monday 31 May"), "done"
            ),
        ),
    )
