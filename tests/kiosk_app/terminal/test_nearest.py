"""Where else one can go, said where somebody cannot go on: only what was heard, and how old that is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from contract.places import NearbyPlace, NearbyPlaces
from contract.sets import PlaceKind, TerminalState
from foundation.clock import rfc3339
from foundation.errors import Errors
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged, OutOfServiceChanged, PlacesHeard
from kiosk_app.terminal.resting import AttractView
from kiosk_app.terminal.views import (
    Connection,
    GuideView,
    HelpView,
    HomeView,
    OutOfServiceView,
    Screen,
    SlipState,
)
from tests.fakes import items
from tests.fakes.kiosk import OFFLINE_SINCE, Kiosk, a_furnished_site, kiosk_at
from tests.fixtures.enrolments import TERMINAL_ID

ELSEWHERE = "武昌区政务服务中心"


def a_place(**changed: Any) -> NearbyPlace:
    """A terminal 350 m away that is always open and can finish the query."""
    facts: dict[str, Any] = {
        "kind": PlaceKind.TERMINAL,
        "name": ELSEWHERE,
        "address": "武昌区演示路1号",
        "region_code": "420106000000",
        "terminal_id": "hubei-20002",
        "terminal_name": "二号机",
        "hours": "00:00-24:00",
        "distance_m": 352,
        "heard_at": OFFLINE_SINCE,
        "prints": True,
        "items": [items.QUERY, items.NOT_HERE],
    }
    return NearbyPlace(**(facts | changed))


def a_window(**changed: Any) -> NearbyPlace:
    facts = {"kind": PlaceKind.WINDOW, "terminal_id": "", "terminal_name": "", "items": [], "prints": False}
    return a_place(**({**facts, "name": "江岸区政务服务中心", "distance_m": 90} | changed))


def hear(kiosk: Kiosk, *places: NearbyPlace) -> None:
    """The province has just said this."""
    kiosk.says(PlacesHeard(NearbyPlaces(as_of=rfc3339(kiosk.clock.utc_now()), places=list(places))))


def offline_guide(kiosk: Kiosk, code: str = items.QUERY) -> GuideView:
    """The guide of a matter that needs the province, while it is away."""
    kiosk.connection(Connection.OFFLINE)
    kiosk.open_guide(code)
    return guide_of(kiosk)


def guide_of(kiosk: Kiosk) -> GuideView:
    body = kiosk.view.body
    assert isinstance(body, GuideView)
    return body


def test_a_matter_that_is_not_here_says_where_how_far_and_until_when() -> None:
    kiosk = Kiosk()
    hear(kiosk, a_place())
    assert offline_guide(kiosk).nearest == f"最近能办的在{ELSEWHERE}，相距约350米，全天开放"
    kiosk.tap(Wish.BACK)
    home = kiosk.view.body
    assert isinstance(home, HomeView)
    rows = {row.code: row for row in home.rows}
    assert rows[items.QUERY].nearest == f"最近能办的在{ELSEWHERE}，相距约350米"
    kiosk.connection(Connection.CONNECTED)
    home = kiosk.view.body
    assert isinstance(home, HomeView)
    assert {row.code: row.nearest for row in home.rows}[items.QUERY] == "", "it can be done here again"


def test_nobody_is_sent_anywhere_before_the_province_has_said_a_word_or_to_this_very_machine() -> None:
    kiosk = Kiosk()
    assert offline_guide(kiosk).nearest == ""
    hear(kiosk, a_place(terminal_id=TERMINAL_ID))
    assert guide_of(kiosk).nearest == ""


def test_another_machine_of_the_same_hall_is_right_here() -> None:
    kiosk = Kiosk()
    hear(kiosk, a_place(name=a_furnished_site().name, distance_m=4))
    assert offline_guide(kiosk).nearest == "最近能办的在这里的二号机，全天开放"


def test_what_is_open_goes_before_what_is_nearer() -> None:
    kiosk = Kiosk()
    hear(kiosk, a_place(name="近", hours="09:00-09:01", distance_m=20), a_place(name="远", distance_m=1_240))
    assert offline_guide(kiosk).nearest == "最近能办的在远，相距约1.2公里，全天开放"
    hear(kiosk, a_place(name="近", hours="09:00-09:01", distance_m=20))
    assert guide_of(kiosk).nearest == "最近能办的在近，相距约20米，明天09:00开门"


def test_of_whom_nothing_was_heard_for_long_it_is_said_since_when_and_never_that_it_works() -> None:
    kiosk = Kiosk()
    silent = a_place(state=TerminalState.OFFLINE, heard_at=rfc3339(kiosk.clock.utc_now()))
    kiosk.clock.advance(3 * 3_600)
    hear(kiosk, silent)
    assert offline_guide(kiosk).nearest == f"{ELSEWHERE}也许能办，3小时没有它的消息"
    hear(kiosk, silent, a_place(name="远", distance_m=9_000))
    assert guide_of(kiosk).nearest.startswith("最近能办的在远")


def test_offline_the_last_answer_is_used_and_its_time_is_said() -> None:
    kiosk = Kiosk()
    hear(kiosk, a_place())
    heard = kiosk.view.top.clock
    kiosk.clock.advance(2 * 3_600)
    assert offline_guide(kiosk).nearest.endswith(f"全天开放。这是{heard}的情况")


def test_a_window_takes_what_names_no_window_of_its_own() -> None:
    plain = items.a_form("plain", items.a_step("one", "choice"), capabilities=["iris_scanner"])
    kiosk = Kiosk(items.a_batch_of(plain, items.reference_item(items.NOT_HERE)))
    hear(kiosk, a_window(), a_place(name="远"))
    own = items.reference_item(items.NOT_HERE)
    assert own.elsewhere is not None
    kiosk.open_guide(items.NOT_HERE)
    assert guide_of(kiosk).nearest.startswith("最近能办的在远"), "its own windows stand in its own words"
    assert guide_of(kiosk).alternative == own.elsewhere.zh
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.CHOOSE_MATTER, "plain")
    assert guide_of(kiosk).nearest.startswith("最近能办的在江岸区政务服务中心")


def test_out_of_service_names_the_nearest_that_works_and_its_address_for_a_map() -> None:
    kiosk = Kiosk()
    hear(kiosk, a_place())
    kiosk.says(OutOfServiceChanged(Errors.STORE_DAMAGED, OFFLINE_SINCE))
    body = kiosk.view.body
    assert isinstance(body, OutOfServiceView)
    assert body.nearest == f"最近能用的在{ELSEWHERE}，相距约350米，全天开放"
    assert body.address == f"{ELSEWHERE} 武昌区演示路1号"
    kiosk.says(PlacesHeard(NearbyPlaces(as_of=OFFLINE_SINCE, places=[])))
    body = kiosk.view.body
    assert isinstance(body, OutOfServiceView)
    assert (body.nearest, body.address) == ("能办的地方：江汉区政务服务中心一楼3号窗口", "")


def test_the_resting_screen_says_where_what_cannot_be_done_today_can() -> None:
    kiosk = Kiosk()
    hear(kiosk, a_place())
    body = kiosk.view.body
    assert isinstance(body, AttractView)
    matter = items.reference_item(items.NOT_HERE).title.zh
    assert body.unavailable == (kiosk.say("attract.unavailable_elsewhere", matter=matter, place=ELSEWHERE),)
    hear(kiosk, a_place(state=TerminalState.OFFLINE))
    body = kiosk.view.body
    assert isinstance(body, AttractView)
    assert ELSEWHERE not in body.unavailable[0], "nobody is sent where nothing was heard of"


def test_without_paper_the_page_says_where_the_slip_can_be_printed() -> None:
    kiosk = kiosk_at(Screen.RESULT)
    assert (kiosk.result.slip, kiosk.result.slip_elsewhere) == (SlipState.DONE, "")
    kiosk = kiosk_at(Screen.CHECK)
    hear(kiosk, a_place(prints=False, name="近"), a_place())
    kiosk.says(CapabilitiesChanged(frozenset({"card", "code"}), demonstration=False))
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.code, "the number and the code are what is taken along"
    assert kiosk.result.slip_elsewhere == f"能补打凭条的在{ELSEWHERE}，相距约350米，全天开放"


@pytest.mark.parametrize(
    ("own", "window"), [(True, "江汉区政务服务中心一楼3号窗口"), (False, "江岸区政务服务中心")]
)
def test_help_says_which_window_is_the_nearest_and_when_it_opens(own: bool, window: str) -> None:
    site = a_furnished_site()
    kiosk = Kiosk(site=site if own else msgspec.structs.replace(site, staffed_window=""))
    hear(kiosk, a_window(hours="工作日 9:00-17:00"))
    kiosk.tap(Wish.TOUCH)
    kiosk.tap(Wish.HELP)
    body = kiosk.view.body
    assert isinstance(body, HelpView)
    assert (body.window, body.window_open) == (window, "星期一09:00开门"), "it is Saturday"
