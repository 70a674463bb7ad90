"""停用名单 at a real terminal: a lost card, one matter of a person, the terminal itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.block_list import MATTER_REMEDY, REMEDY
from demo import story
from demo.citizens import CHEN, WANG
from demo.visit import Visit
from province_platform.__main__ import main
from tests.journeys.halls import JourneyHall, eventually, opened_hall

pytestmark = pytest.mark.timeout(150)  # a whole way through real processes, on a machine that is busy

PRINTED_ON_CARDS = "2015-06-01"
MATTER, OTHER = "高龄津贴申领", "养老待遇发放查询"


class Operators:
    """Three of them at the platform, and a terminal that hears of what they did."""

    def __init__(self, hall: JourneyHall, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._hall = hall
        self._file = folder / "entry.json"
        self._capsys = capsys

    def block(self, **entry: object) -> str:
        """One proposes, another approves; returns when the terminal uses the list."""
        self._file.write_text(json.dumps({"reason": "a story", **entry}), encoding="utf-8")
        self._capsys.readouterr()
        assert self._verb("--propose", str(self._file), "陈一") == 0
        block_id = self._capsys.readouterr().out.strip()
        self._until_heard("--approve", block_id, "刘二")
        return block_id

    def lift(self, block_id: str) -> None:
        """Returns when the terminal uses the list."""
        self._until_heard("--lift", block_id, "王三")

    def _until_heard(self, act: str, block_id: str, by: str) -> None:
        heard = self._lists_heard()
        assert self._verb(act, block_id, by) == 0
        self._hall.console.set_fault(refuse=True)
        with self._hall.visitor() as visit:
            visit.reads("连不上省里")
            self._hall.console.set_fault(refuse=False)  # a line that comes back asks for everything at once
            eventually(lambda: self._lists_heard() > heard)
            visit.reads("网络正常")

    def _verb(self, act: str, what: str, by: str) -> int:
        return main(["block", "--root", str(self._hall.hall.platform_root), act, what, "--by", by])

    def _lists_heard(self) -> int:
        return self._hall.log().count("block_list: another one is in force")


@pytest.fixture
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path_factory.mktemp("hall")) as hall:
        yield hall


@pytest.fixture
def operators(hall: JourneyHall, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Operators:
    return Operators(hall, tmp_path, capsys)


def test_a_lost_card_is_not_used_with_or_without_a_line_and_found_again_it_is(
    hall: JourneyHall, operators: Operators
) -> None:
    with hall.nothing_raised(), hall.visitor() as visit:
        lost = operators.block(kind="document", number=WANG.number, valid_from=PRINTED_ON_CARDS)
        story.begin(visit, MATTER)
        visit.lays_down_card(WANG)
        visit.reads(REMEDY.zh)
        visit.takes_card()
        visit.lays_down_card(CHEN)
        visit.is_asked("从证照库调取户口簿")
        leaves(visit)
        hall.console.set_fault(refuse=True)
        visit.reads("连不上省里")
        story.begin(visit, MATTER)
        visit.lays_down_card(WANG)
        visit.reads(REMEDY.zh)
        leaves(visit)
        hall.console.set_fault(refuse=False)
        visit.reads("网络正常")
        operators.lift(lost)
        story.begin(visit, MATTER)
        visit.lays_down_card(WANG)
        visit.is_asked("从证照库调取户口簿")
        leaves(visit)
    published = hall.hall.terminal_root / "var" / "lib" / "dianxiaoer" / "published"
    assert all(WANG.number.encode() not in file.read_bytes() for file in published.iterdir())


def test_one_matter_of_hers_is_for_a_window_and_a_blocked_terminal_is_for_nobody(
    hall: JourneyHall, operators: Operators
) -> None:
    with hall.nothing_raised(), hall.visitor() as visit:
        operators.block(kind="person_for_items", number=WANG.number, item_codes=["elder-allowance"])
        story.begin(visit, MATTER)
        visit.shows_code(hall.console.make_code(WANG.person_id))
        visit.sees("result")
        visit.reads(MATTER_REMEDY.zh)
        visit.puts_phone_away()
        visit.tap("办别的事")
        visit.sees("rating")
        visit.tap("不评价")
        visit.sees("home")
        visit.tap(OTHER)
        visit.sees("guide")
        visit.tap("开始办理")
        visit.is_asked("查最近多久的？")
        leaves(visit)
        terminal_id = hall.figures()["terminal_id"]
        blocked = operators.block(kind="terminal", subject=terminal_id)
        visit.sees("out_of_service")
        visit.reads("BLCK-003")
        eventually(lambda: hall.figures()["state"] == "fault")
        operators.lift(blocked)
        visit.sees("attract")


def leaves(visit: Visit) -> None:
    visit.takes_card()
    visit.tap("结束办理")
    visit.reads("您的信息已从本机清除")
    visit.tap("我拿好了")
    visit.sees("attract")
