"""Who stands before the terminal while its line is bad: one after the other asks for a call and rates."""

from __future__ import annotations

from demo.hall import Hall
from demo.lines import Lines
from demo.visit import Visit


def ask_for_a_call(hall: Hall, number: int) -> None:
    """One whole visit, from the resting screen to the resting screen."""
    screen = Lines(hall.screen_socket, timeout_s=60.0)
    visit = Visit(f"visit-{number}", screen, hall.device_orders)
    try:
        visit.sees("attract")
        visit.tap("触摸屏幕开始")
        visit.sees("home")
        visit.tap("人工帮助")
        visit.sees("help")
        visit.tap("请人回电")
        visit.sees("guide")
        visit.tap("开始办理")
        visit.sees("notice")
        visit.tap("同意，继续")
        visit.is_asked("打哪个手机找您？")
        visit.type("13800000126")
        visit.tap("下一步")
        visit.is_asked("什么时候打方便？")
        visit.tap("都行")
        visit.sees("check")
        visit.tap("请回电")
        visit.sees("result")
        visit.tap("完成")
        visit.sees("rating")
        visit.tap("满意")
        visit.tap("提交评价")
        visit.reads("谢谢您的评价")
        visit.tap("完成")
        visit.reads("您的信息已从本机清除")
        visit.tap("我拿好了")
        visit.sees("attract")
    finally:
        screen.close()
