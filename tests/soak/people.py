"""Who stands before the terminal while its line is bad: one after the other asks for a call and rates."""

from __future__ import annotations

from demo import story
from demo.hall import Hall
from demo.lines import Lines
from demo.visit import Visit


def ask_for_a_call(hall: Hall, number: int) -> None:
    """One whole visit, from the resting screen to the resting screen."""
    screen = Lines(hall.screen_socket, timeout_s=60.0)
    visit = Visit(f"visit-{number}", screen, hall.device_orders)
    try:
        story.ask_for_a_call(visit)
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
