"""The resting screen says what the province has to say, for as long as it is due and no longer."""

from __future__ import annotations

from typing import Any

from contract.news import decode_news
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import NewsChanged, Tick
from kiosk_app.terminal.resting import AttractView
from tests.contract.test_news import a_campaign, a_line, a_sheet
from tests.fakes.kiosk import Kiosk


def news(*lines: dict[str, Any], **more: Any) -> NewsChanged:
    return NewsChanged(decode_news(a_sheet(*lines, **more)))


def resting(kiosk: Kiosk) -> AttractView:
    body = kiosk.view.body
    assert isinstance(body, AttractView)
    return body


def test_a_line_appears_at_its_time_and_goes_by_itself() -> None:
    kiosk = Kiosk()  # at 02:10 UTC
    kiosk.says(news(a_line(shown_from="2026-11-21T03:00:00.000Z", shown_until="2026-11-21T04:00:00.000Z")))
    assert resting(kiosk).news == ()
    kiosk.clock.advance(3600)
    kiosk.says(Tick())
    assert resting(kiosk).news == ("周六上午大厅照常开门。",)
    kiosk.clock.advance(3600)
    kiosk.says(Tick())
    assert resting(kiosk).news == ()


def test_an_emergency_stands_apart_and_a_recall_takes_all() -> None:
    kiosk = Kiosk()
    flood = a_line(text={"zh": "请远离江边。", "en": "Keep away from the river."}, emergency=True)
    kiosk.says(news(a_line(), flood, campaign=a_campaign()))
    assert resting(kiosk).emergencies == ("请远离江边。",)
    assert resting(kiosk).news == ("周六上午大厅照常开门。",)
    assert resting(kiosk).app_code == "https://app.example/get?c=demo-01"
    kiosk.says(news())
    assert (resting(kiosk).emergencies, resting(kiosk).news, resting(kiosk).app_code) == ((), (), "")


def test_news_disturbs_nobody_and_is_there_when_she_has_gone() -> None:
    kiosk = Kiosk()
    kiosk.tap(Wish.TOUCH)
    before = kiosk.view.body
    kiosk.says(news(a_line()))
    assert kiosk.view.body == before
    kiosk.tap(Wish.END)
    kiosk.tap(Wish.FINISH)
    assert resting(kiosk).news
