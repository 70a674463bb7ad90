"""News ends by itself, is short enough to be read in passing, and its code leads nowhere strange."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract.news import decode_news


def a_line(**changed: Any) -> dict[str, Any]:
    line = {
        "text": {"zh": "周六上午大厅照常开门。", "en": "The hall is open on Saturday morning."},
        "shown_from": "2026-11-21T00:00:00.000Z",
        "shown_until": "2026-11-22T00:00:00.000Z",
    }
    return line | changed


def a_campaign(**changed: Any) -> dict[str, Any]:
    return {
        "campaign_id": "demo-01",
        "caption": {"zh": "鄂汇办", "en": "E-Huiban"},
        "address": "https://app.example/get?c=demo-01",
    } | changed


def a_sheet(*lines: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"sheet_id": "s.1", "lines": list(lines), **more}).encode()


def test_a_line_is_shown_from_its_first_moment_until_before_its_last() -> None:
    (line,) = decode_news(a_sheet(a_line())).lines
    moments = (
        "2026-11-20T23:59:59.999Z",
        "2026-11-21T00:00:00.000Z",
        "2026-11-21T23:59:59.999Z",
        "2026-11-22T00:00:00.000Z",
    )
    assert [line.is_due(moment) for moment in moments] == [False, True, True, False]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (a_line(shown_until="2026-12-23T00:00:00.000Z"), "at most 31 days"),
        (a_line(shown_until="2026-11-25T00:00:00.000Z", emergency=True), "at most 3 days"),
        (a_line(shown_until="2026-11-21T00:00:00.000Z"), "more than nothing"),
        (a_line(text={"zh": "长" * 41, "en": "long"}), "40 characters"),
        (a_line(text={"zh": "", "en": ""}), "1 to 40"),
    ],
)
def test_what_would_stay_or_not_be_read_is_refused(line: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        decode_news(a_sheet(line))


@pytest.mark.parametrize(
    "address",
    [
        "http://app.example/get?c=demo-01",
        "https://app.example/get?c=other",
        "https://app.example/<demo-01>",
        "weixin://demo-01",
    ],
)
def test_the_code_of_the_app_says_a_plain_address_with_its_campaign(address: str) -> None:
    with pytest.raises(ValueError, match="https"):
        decode_news(a_sheet(campaign=a_campaign(address=address)))
    assert decode_news(a_sheet(campaign=a_campaign())).campaign is not None
