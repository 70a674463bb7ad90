"""Somebody writes at the terminal, and leaves: nothing of it is in a process or on a disk."""

from __future__ import annotations

from pathlib import Path

from demo import story
from demo.citizens import OUYANG
from demo.visit import Visit
from tests.journeys.carving import CODINGS
from tests.journeys.halls import JourneyHall

PLACE = "利川市谋道镇"


def writers_of(terminal: int) -> list[int]:
    """The processes that the terminal has for writing Chinese (proc(5): children)."""
    children = [
        int(child)
        for task in Path(f"/proc/{terminal}/task").iterdir()
        for child in (task / "children").read_text(encoding="ascii").split()
    ]
    return [child for child in children if b"screens.input" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_a_place_is_written_and_submitted_and_a_rare_name_is_left_unfinished(
    hall: JourneyHall, visit: Visit
) -> None:
    ended = len(hall.sessions())
    terminal = hall.terminal.process_id
    with hall.nothing_raised():
        visit.sees("attract")
        visit.tap("触摸屏幕开始")
        visit.sees("home")
        visit.finds("我要咨询")
        story.choose(visit, "我要咨询")
        visit.shows_code(hall.console.make_code(OUYANG.person_id))
        visit.is_asked("想问哪方面的事？")
        visit.puts_phone_away()
        visit.tap("别的事")
        visit.is_asked("是哪里的事？")
        visit.reads("武汉市")
        assert writers_of(terminal) == [], "nobody writes yet"

        visit.tap("自己写")
        visit.reads("本机严禁处理国家秘密")
        for key in "lichuanshi":
            visit.tap(key)
        visit.tap("利川市")
        for key in "mou":
            visit.tap(key)
        visit.tap("谋，")
        for syllable, character in (("dao", "道，"), ("zhen", "镇，")):
            for key in syllable:
                visit.tap(key)
            visit.tap(character)
        visit.reads(PLACE)
        visit.tap("下一步")

        visit.is_asked("还想写几句吗？")
        visit.tap("笔画")
        for stroke in ("横 一", "撇 丿", "折 乛", "点 丶", "撇 丿", "横 一", "横 一", "撇 丿", "点 丶"):
            visit.tap(stroke)
        visit.tap("䶮，读音 yan")
        visit.reads("䶮")
        visit.tap("竖 丨")
        assert len(writers_of(terminal)) == 1
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
        assert writers_of(terminal) == []
    assert hall.session_after(ended)["wipe_clean"]
    own = hall.hall.terminal_root / "run" / "dianxiaoer" / "input"
    kept = [file for file in own.rglob("*") if file.is_file()]
    assert kept, "the indexes of the dictionaries"
    for file in kept:
        content = file.read_bytes()
        assert not [coding for coding in CODINGS if PLACE.encode(coding) in content], file
    assert not [file for file in kept if "userdb" in file.name]
