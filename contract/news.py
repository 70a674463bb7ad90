"""What the province says on resting screens (资讯): lines that end by themselves, and the code of its app.

A sheet is signed as a whole and replaces the one before; an empty one recalls everything. Nothing on it lives
long: a screen that cannot hear a recall falls silent by itself.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

import msgspec

from contract.fields import moment, named, rows, text
from contract.items import LocalText
from foundation.clock import parse_rfc3339

LONGEST_ZH, LONGEST_EN = 40, 100
"""Characters of a line: a person reads it in passing."""
NEWS_LIVES_AT_MOST = timedelta(days=31)
EMERGENCY_LIVES_AT_MOST = timedelta(days=3)
_ADDRESS = re.compile(r"https://[A-Za-z0-9./_~?=&-]{4,200}")


class NewsLine(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, from a moment to a moment."""

    text: Annotated[LocalText, named("内容")]
    shown_from: Annotated[str, moment("开始显示")]
    shown_until: Annotated[str, moment("停止显示")]
    emergency: Annotated[bool, named("应急信息", "stands above everything else, such as 防汛")] = False

    def is_due(self, now: str) -> bool:
        """Whether it is shown at ``now``, a time of the wire."""
        return self.shown_from <= now < self.shown_until


class Campaign(msgspec.Struct, frozen=True, kw_only=True):
    """The code of the province's app (鄂汇办) on resting screens."""

    campaign_id: Annotated[str, text("推广编号", 32, pattern=r"^[A-Za-z0-9-]+$(?!\n)")]
    caption: Annotated[LocalText, named("说明文字")]
    address: Annotated[str, text("地址", 220, "what the code says: https, with the campaign id in it")]


class NewsSheet(msgspec.Struct, frozen=True, kw_only=True):
    """资讯单: everything that the province says on resting screens now."""

    sheet_id: Annotated[str, text("资讯单编号", 64)]
    lines: Annotated[list[NewsLine], rows("内容", 12)] = []
    campaign: Annotated[Campaign | None, named("推广码")] = None


def decode_news(content: bytes) -> NewsSheet:
    """The sheet. Raises ``ValueError`` (also ``msgspec.ValidationError``) that says what to put right."""
    sheet = msgspec.json.decode(content, type=NewsSheet)
    for line in sheet.lines:
        if not line.text.zh or len(line.text.zh) > LONGEST_ZH or len(line.text.en) > LONGEST_EN:
            raise ValueError(f"a line has 1 to {LONGEST_ZH} characters in Chinese, {LONGEST_EN} in English")
        most = EMERGENCY_LIVES_AT_MOST if line.emergency else NEWS_LIVES_AT_MOST
        lives = parse_rfc3339(line.shown_until) - parse_rfc3339(line.shown_from)
        if not timedelta(0) < lives <= most:
            kind = "an emergency" if line.emergency else "a line"
            raise ValueError(f"{kind} is shown for more than nothing and at most {most.days} days")
    if sheet.campaign is not None and (
        not _ADDRESS.fullmatch(sheet.campaign.address)
        or sheet.campaign.campaign_id not in sheet.campaign.address
    ):
        raise ValueError("the address of a campaign is https, of plain characters, with its id in it")
    return sheet
