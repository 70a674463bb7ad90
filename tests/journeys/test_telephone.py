"""A code on the screen, photographed and confirmed with a phone: real pixels, wire and screens."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from demo import story
from demo.citizens import OUYANG, WANG
from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually
from tests.journeys.photographs import code_on_screen, codes_seen
from tests.journeys.places import Place

CARD_PULLED = "没读全，可能是动了一下。请放稳再试。"
REFUSED = "手机上点了“不是我”。要登录，请再扫屏幕上的码，或换别的办法。"


def test_confirmed_on_the_phone_the_person_is_signed_in_and_the_code_is_used_up(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    known = len(hall.sessions())
    with hall.nothing_raised():
        story.begin(visit, "养老待遇发放查询")
        code = code_on_screen(visit, tmp_path)
        hall.console.confirm_on_telephone(code, WANG.person_id)
        visit.is_asked("查最近多久的？")
        visit.reads("王**，您好")
        with pytest.raises(requests.HTTPError):
            hall.console.confirm_on_telephone(code, OUYANG.person_id)
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
        assert hall.session_after(known)["wipe_clean"]


def test_a_no_on_the_phone_a_code_that_is_void_and_a_card_that_is_pulled_lead_on(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    with hall.nothing_raised():
        story.begin(visit, "养老待遇发放查询")
        first = code_on_screen(visit, tmp_path)
        hall.console.confirm_on_telephone(first, WANG.person_id, confirmed=False)
        visit.reads(REFUSED)
        second = code_on_screen(visit, tmp_path, not_this=first)
        with pytest.raises(requests.HTTPError):
            hall.console.confirm_on_telephone(first, WANG.person_id)
        visit.order(do="fault", device="id_card_reader", name="taken_mid_read")
        visit.lays_down_card(WANG)
        visit.reads(CARD_PULLED)
        visit.takes_card()
        visit.order(do="cure", device="id_card_reader")
        assert code_on_screen(visit, tmp_path) == second, "a card that was pulled changes nothing here"
        hall.console.confirm_on_telephone(second, WANG.person_id)
        visit.is_asked("查最近多久的？")


def test_a_code_whose_time_is_over_makes_room_for_another_that_works(place: Place, tmp_path: Path) -> None:
    hall, hurry = place.hall, place.hall.hall.terminal_root / "hurry"
    with hall.visitor() as visit, hall.nothing_raised():
        story.begin(visit, "养老待遇发放查询")
        first = code_on_screen(visit, tmp_path)
        hurry.touch()

        def another() -> list[str]:
            visit.tries("继续办理")  # she is still there
            return [code for code in codes_seen(visit, tmp_path) if code != first]

        (second, *_) = eventually(another, timeout_s=50.0)
        hurry.unlink()
        hall.console.confirm_on_telephone(second, WANG.person_id)
        visit.is_asked("查最近多久的？")
