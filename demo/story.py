"""The four visits of the demo."""

from __future__ import annotations

from demo.citizens import CHEN, OUYANG, WANG
from demo.visit import Visit


def pension_by_card(visit: Visit, *, on_a4: bool = False) -> None:
    """王秀英 asks what pension was paid; signed in by card. ``on_a4`` where there is a printer for it."""
    begin(visit, "养老待遇发放查询")
    visit.lays_down_card(WANG)
    visit.is_asked("查最近多久的？")
    visit.tap("最近3个月")
    visit.sees("check")
    visit.tap("查询")
    visit.sees("result")
    visit.tap("打印凭条")
    visit.finds("凭条在下面出纸口")
    if on_a4:
        visit.finds("可以打印成A4纸，共1页")
        visit.tap("打印A4")
        visit.finds("请取走您的1页A4纸")
        visit.takes_sheets()
    visit.picture("result_printed")
    visit.takes_card()
    rate_and_leave(visit, "非常满意", "可以就近办理")


def permit_by_code(visit: Visit, code: str) -> None:
    """欧阳𬱖 has her residence permit endorsed; signed in by the code on her phone."""
    begin(visit, "居住证签注")
    visit.shows_code(code)
    visit.is_asked("您还住在居住证上的地方吗？")
    visit.puts_phone_away()
    visit.tap("还住在那里")
    visit.is_asked("您在这里主要是做什么？")
    visit.tap("上班或做生意")
    visit.is_asked("居住证是哪天签发的？")
    visit.type("20251208")
    visit.picture("question_typed")
    visit.tap("下一步")
    visit.is_asked("派出所打哪个手机找您？")
    visit.type(OUYANG.mobile)
    visit.picture("question_typed")
    visit.tap("下一步")
    hand_in(visit, "提交签注")
    visit.sees("result")
    visit.reads("已提交")
    visit.finds("凭条在下面出纸口")
    visit.picture("result_printed")
    rate_and_leave(visit, "满意", "可以使用自助机办理")


def allowance_online(visit: Visit) -> None:
    """王秀英 comes back for the allowance of the very old, in the elder mode."""
    visit.sees("attract")
    visit.tap("触摸屏幕开始")
    visit.sees("home")
    visit.tap("长者版")
    visit.picture("home_elder")
    choose(visit, "高龄津贴申领")
    visit.lays_down_card(WANG)
    fill_in_allowance(visit, licence="对，就是这样")
    visit.reads("已提交")
    visit.finds("凭条在下面出纸口")
    visit.picture("result_printed")
    visit.takes_card()
    rate_and_leave(visit, "基本满意", "办事指南指引准确")


def allowance_offline(visit: Visit) -> None:
    """陈桂兰 applies while the province cannot be reached: from before the card until after the farewell."""
    visit.reads("起连不上省里")
    begin(visit, "高龄津贴申领")
    visit.lays_down_card(CHEN)
    fill_in_allowance(visit, licence="由主管部门核对")
    visit.reads("已存在本机，尚未提交")
    visit.finds("凭条在下面出纸口")
    visit.picture("result_printed")
    visit.takes_card()
    rate_and_leave(visit, "满意", "可以使用自助机办理")


def ask_for_a_call(visit: Visit) -> None:
    """From the resting screen to the result of asking for a call, without signing in."""
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


def begin(visit: Visit, matter: str) -> None:
    """From the resting screen to the sign-in of a matter."""
    visit.sees("attract")
    visit.tap("触摸屏幕开始")
    visit.sees("home")
    choose(visit, matter)


def choose(visit: Visit, matter: str) -> None:
    """From the home screen to the sign-in of a matter."""
    visit.tap(matter)
    visit.sees("guide")
    visit.tap("开始办理")
    visit.sees("notice")
    visit.tap("同意，继续")
    visit.sees("sign_in")


def fill_in_allowance(visit: Visit, licence: str) -> None:
    """From the first question of the allowance to its result."""
    visit.is_asked("从证照库调取户口簿")
    visit.reads(licence)
    visit.picture("question_licence")
    visit.tap(licence)
    visit.is_asked("津贴发到哪里？")
    visit.tap("社会保障卡")
    visit.is_asked("老人现在和谁住？")
    visit.tap("和家人住")
    visit.is_asked("有事打哪个手机？")
    visit.tap("不填，下一步")
    hand_in(visit, "提交申领")
    visit.sees("result")


def hand_in(visit: Visit, label: str) -> None:
    """Looks at what is to be checked, to its last page, and hands it in."""
    visit.sees("check")
    while not visit.says(label):
        visit.tap("接着核对")
    visit.tap(label)


def rate_and_leave(visit: Visit, level: str, tag: str) -> None:
    """From the result to the resting screen, by way of a rating."""
    visit.tap("完成")
    visit.sees("rating")
    visit.tap(level)
    visit.tap(tag)
    visit.picture("rating_chosen")
    visit.tap("提交评价")
    visit.reads("谢谢您的评价")
    visit.picture("rating_thanks")
    visit.tap("完成")
    visit.reads("您的信息已从本机清除")
    visit.picture("farewell")
    visit.tap("我拿好了")
