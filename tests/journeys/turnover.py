"""A matter that asks a person for her mobile and a firm for its figures, and the way through it by stages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demo.citizens import CHEN, Citizen
from demo.visit import Visit

TITLE = "营业额申报"
TURNOVER, ACCOUNT = "8374615290", "6217003320098765432"
FOURTH = Path(__file__).parents[1] / "fixtures" / "items" / "fourth-item.json"


def turnover_report() -> dict[str, Any]:
    """An item that asks for figures of a firm, and may be submitted offline."""
    item: dict[str, Any] = json.loads(FOURTH.read_bytes())
    asked = {"turnover": ("上年营业额是多少？", 10), "account": ("退到哪个账号？", 19)}
    mobile = next(step for step in item["steps"] if step["field"] == "mobile")
    digits = {"type": "string", "pattern": "^[0-9]+$"}
    return {
        **item,
        "code": "turnover-report",
        "title": {"zh": "营业额申报", "en": "Turnover"},
        "assurance": "card_present",
        "offline": "submit",
        "deadline_days": 3,
        "schema": {
            **item["schema"],
            "properties": {
                **dict.fromkeys(asked, digits),
                "mobile": item["schema"]["properties"]["mobile"],
            },
            "required": list(asked),
        },
        "fields": {
            **{
                field: {**item["fields"]["mobile"], "label": {"zh": question[:6], "en": field}}
                for field, (question, _) in asked.items()
            },
            "mobile": item["fields"]["mobile"],
        },
        "steps": [
            *(
                {
                    "field": field,
                    "widget": "digits",
                    "question": {"zh": question, "en": field},
                    "maximum_length": length,
                }
                for field, (question, length) in asked.items()
            ),
            mobile,
        ],
        "slip": [block for block in item["slip"] if block.get("value", "").startswith("$")],
    }


def stages(visit: Visit, citizen: Citizen = CHEN) -> Iterator[str]:
    """Walks through the matter, from the resting screen to the farewell; gives each stage as it comes."""
    visit.sees("attract")
    visit.tap("触摸屏幕开始")
    visit.sees("home")
    yield "home"
    visit.tap(TITLE)
    visit.sees("guide")
    yield "guide"
    visit.tap("开始办理")
    visit.sees("notice")
    yield "notice"
    visit.tap("同意，继续")
    visit.sees("sign_in")
    yield "sign_in"
    visit.lays_down_card(citizen)
    visit.is_asked("上年营业额是多少？")
    visit.type(TURNOVER)
    visit.tap("下一步")
    visit.is_asked("退到哪个账号？")
    visit.type(ACCOUNT)
    visit.tap("下一步")
    visit.is_asked("登记好了打哪个手机？")
    visit.type(citizen.mobile)
    yield "question"
    visit.tap("下一步")
    visit.sees("check")
    yield "check"
    visit.tap("提交登记")
    visit.sees("result")
    yield "result"
    visit.takes_card()
    visit.tap("完成")
    visit.sees("rating")
    yield "rating"
    visit.tap("满意")
    visit.tap("可以使用自助机办理")
    visit.tap("提交评价")
    visit.reads("谢谢您的评价")
    visit.tap("完成")
    visit.reads("您的信息已从本机清除")
    yield "farewell"
    visit.tap("我拿好了")


def comes_to(visit: Visit, wanted: str, citizen: Citizen = CHEN) -> None:
    """Walks through the matter until that stage stands there."""
    for stage in stages(visit, citizen):
        if stage == wanted:
            return


def given(citizen: Citizen = CHEN) -> dict[str, str]:
    """Everything that is given on the way, by name: what must not be found afterwards."""
    of_hers = {name: getattr(citizen, name) for name in ("name", "number", "address", "mobile")}
    return {**of_hers, "turnover": TURNOVER, "account": ACCOUNT}
