"""The province's theme is put on when nobody is here, and what it says of order, slips and mourning holds."""

from __future__ import annotations

from contract.theme import ThemePack, decode_theme
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged, ThemeChanged, Tick
from kiosk_app.terminal.resting import Look
from kiosk_app.terminal.views import HomeView, Screen
from tests.fakes import items
from tests.fakes.kiosk import Kiosk
from tests.fixtures.themes import LIGHT, a_pack, in_bytes


def a_theme(**changed: object) -> ThemePack:
    return decode_theme(in_bytes(a_pack(**changed)))


def test_without_a_pack_it_is_our_own_look() -> None:
    assert Kiosk().view.look == Look()


def test_a_pack_is_worn_at_once_when_nobody_is_here() -> None:
    kiosk = Kiosk()
    kiosk.says(ThemeChanged(a_theme()))
    assert kiosk.shows(Screen.ATTRACT)
    assert kiosk.view.look.light == tuple(LIGHT.values())
    assert kiosk.view.look.dark == ()
    assert kiosk.view.look.top_line_name == "演示标识"


def test_nothing_changes_under_the_eyes_of_a_person_nor_while_she_says_goodbye() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.OFFLINE_FORM)
    kiosk.says(ThemeChanged(a_theme()))
    assert kiosk.view.look == Look()
    kiosk.tap(Wish.END)
    assert kiosk.shows(Screen.FAREWELL)
    assert kiosk.view.look == Look()
    kiosk.tap(Wish.FINISH)
    assert kiosk.shows(Screen.ATTRACT)
    assert kiosk.view.look.light == tuple(LIGHT.values())


def test_the_pack_orders_the_home_screen_and_the_rest_follows_by_use() -> None:
    kiosk = Kiosk()
    by_use = [item.code for item in kiosk.machine.situation.home_items()]
    kiosk.says(ThemeChanged(a_theme(home_order=[by_use[2], "unknown-item", by_use[1]])))
    kiosk.tap(Wish.TOUCH)
    home = kiosk.view.body
    assert isinstance(home, HomeView)
    assert [row.code for row in home.rows][:3] == [by_use[2], by_use[1], by_use[0]]


def test_the_head_of_the_slip_is_in_the_language_of_the_session() -> None:
    kiosk = Kiosk()
    kiosk.says(ThemeChanged(a_theme()))
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("6")
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.LANGUAGE)
    kiosk.tap(Wish.PRINT)
    assert kiosk.desk.last("print_slip").what.head == "Services of a province"


def test_a_code_leads_to_the_page_of_the_province_on_paper_and_on_the_screen() -> None:
    kiosk = Kiosk()
    kiosk.says(ThemeChanged(a_theme(slip_page="https://zwfw.example.gov.cn/slips/")))
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("6")
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.PRINT)
    assert kiosk.desk.last("print_slip").what.handed.code.startswith("https://zwfw.example.gov.cn/slips/")
    kiosk.says(CapabilitiesChanged(frozenset(), demonstration=False))
    assert kiosk.result.code.startswith("https://zwfw.example.gov.cn/slips/")


def test_mourning_begins_and_ends_at_midnight_in_china_and_never_in_a_session() -> None:
    kiosk = Kiosk()  # on 21 November at 10:10 in China

    def mourns_after(seconds: float) -> bool:
        kiosk.clock.advance(seconds)
        kiosk.says(Tick())
        return kiosk.view.look.mourning

    kiosk.says(ThemeChanged(a_theme(mourning=[{"first": "2026-11-22", "last": "2026-11-22"}])))
    assert not mourns_after(13.8 * 3600), "23:58"
    assert mourns_after(240), "0:02"
    kiosk.clock.advance(24 * 3600 - 135)
    kiosk.tap(Wish.TOUCH)
    assert mourns_after(15), "0:00 of the day after, and somebody is here"
    kiosk.tap(Wish.END)
    kiosk.tap(Wish.FINISH)
    assert not mourns_after(0)
