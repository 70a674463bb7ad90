"""Every way of signing in, with real taps, bytes and pixels, at one terminal that has every device for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import story
from demo.citizens import OUYANG, WANG, Citizen
from demo.hall import FITTED
from demo.visit import Visit
from tests.journeys import firm_visit
from tests.journeys.carving import dump_of, found_below, found_in
from tests.journeys.firm_visit import FIRM_ID
from tests.journeys.halls import JourneyHall, eventually, opened_hall
from tests.journeys.photographs import code_on_screen

pytestmark = pytest.mark.timeout(120)  # a whole way through real processes, on a machine that is busy

MATTER, FIRST_QUESTION = "养老待遇发放查询", "查最近多久的？"
FIRMS_QUESTION = "要反映哪一类？"
ISSUERS = {"居民码": "DXRC1", "电子社保卡": "DXSS1", "电子身份码": "DXEI1", "国家网络身份认证": "DXNI1"}
SOCIAL_CARD_NUMBER = "D80361957"


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path_factory.mktemp("hall"), fitted=(*FITTED, "camera")) as hall:
        yield hall


@pytest.fixture
def hall(everything: JourneyHall) -> Iterator[JourneyHall]:
    yield everything
    everything.tidy()


@pytest.fixture
def visit(hall: JourneyHall) -> Iterator[Visit]:
    with hall.visitor() as visit, hall.nothing_raised():
        yield visit


def puts_in_social_card(visit: Visit, citizen: Citizen) -> None:
    value = f"{citizen.name} {citizen.number} {SOCIAL_CARD_NUMBER}"
    visit.order(do="act", device="social_security_card", action="insert", value=value)


def leaves(hall: JourneyHall, visit: Visit, known: int) -> None:
    """She ends it, takes along what is hers, and nothing of her stays."""
    visit.tap("结束办理")
    visit.reads("您的信息已从本机清除")
    visit.takes_card()
    assert hall.session_after(known)["wipe_clean"]


def test_by_the_id_card(hall: JourneyHall, visit: Visit) -> None:
    known = len(hall.sessions())
    story.begin(visit, MATTER)
    visit.lays_down_card(WANG)
    visit.is_asked(FIRST_QUESTION)
    visit.reads("王**")
    leaves(hall, visit, known)


@pytest.mark.parametrize("issuer", ISSUERS)
def test_by_a_code_before_the_scanner(hall: JourneyHall, visit: Visit, issuer: str) -> None:
    known = len(hall.sessions())
    story.begin(visit, MATTER)
    visit.shows_code(hall.console.make_code(WANG.person_id, ISSUERS[issuer]))
    visit.is_asked(FIRST_QUESTION)
    visit.puts_phone_away()
    leaves(hall, visit, known)


def test_by_each_code_before_the_camera_where_the_scanner_is_gone(hall: JourneyHall, visit: Visit) -> None:
    visit.order(do="unplug", device="qr_scanner")
    eventually(lambda: "qr_scanner" in hall.log() and "SCAN-001" in hall.log())
    try:
        for issuer in ISSUERS.values():
            known = len(hall.sessions())
            story.begin(visit, MATTER)
            code = hall.console.make_code(OUYANG.person_id, issuer)
            visit.order(do="act", device="camera", action="show", value=code)
            visit.is_asked(FIRST_QUESTION)
            visit.reads("欧**")
            visit.order(do="act", device="camera", action="nobody")
            leaves(hall, visit, known)
            visit.tap("我拿好了")
    finally:
        visit.order(do="plug_in", device="qr_scanner")


def test_by_the_telephone_that_scans_the_screen(hall: JourneyHall, visit: Visit, tmp_path: Path) -> None:
    known = len(hall.sessions())
    story.begin(visit, MATTER)
    hall.console.confirm_on_telephone(code_on_screen(visit, tmp_path), WANG.person_id)
    visit.is_asked(FIRST_QUESTION)
    leaves(hall, visit, known)


def test_by_the_social_security_card_and_a_second_thing_of_the_same_person(tmp_path: Path) -> None:
    """In a hall of its own: the reader's program is another one after each card, and ends with it."""
    (tmp_path / "hall").mkdir()
    fitted = (*FITTED, "social_security_card")
    with opened_hall(tmp_path / "hall", fitted=fitted, bench=("--card-service",)) as hall:
        with hall.visitor() as visit, hall.nothing_raised():
            with_the_id_card(hall, visit)
            with_the_telephone(hall, visit, tmp_path)
            with_the_card_of_somebody_else(hall, visit)
        given = {"name": WANG.name, "number": WANG.number, "card": SOCIAL_CARD_NUMBER, "other": OUYANG.name}
        core = dump_of(hall.terminal.process_id, tmp_path)
        assert found_in(core, given) == set()
        core.unlink()  # it is large
        assert found_below([hall.hall.terminal_root], given) == {}


def with_the_id_card(hall: JourneyHall, visit: Visit) -> None:
    story.begin(visit, MATTER)
    puts_in_social_card(visit, WANG)
    visit.reads("社保卡读好了。")
    assert not visit.says("王**"), "by itself it signs nobody in"
    visit.lays_down_card(WANG)
    visit.is_asked(FIRST_QUESTION)
    visit.reads("王**")
    takes_both(hall, visit, "拿好两张卡")


def with_the_telephone(hall: JourneyHall, visit: Visit, folder: Path) -> None:
    story.begin(visit, MATTER)
    puts_in_social_card(visit, WANG)
    visit.reads("社保卡读好了。")
    hall.console.confirm_on_telephone(code_on_screen(visit, folder), WANG.person_id)
    visit.is_asked(FIRST_QUESTION)
    takes_both(hall, visit, "拿好社保卡")


def with_the_card_of_somebody_else(hall: JourneyHall, visit: Visit) -> None:
    story.begin(visit, MATTER)
    puts_in_social_card(visit, OUYANG)
    visit.reads("社保卡读好了。")
    visit.lays_down_card(WANG)
    visit.reads("社保卡和另一样证明不是同一个人的。")
    assert visit.screen() == "sign_in"
    visit.takes_card()
    visit.lays_down_card(WANG)
    visit.is_asked(FIRST_QUESTION)
    takes_both(hall, visit, "拿好两张卡")


def takes_both(hall: JourneyHall, visit: Visit, reminder: str) -> None:
    """She ends it, is reminded of every card that is still in, and takes them along."""
    known = len(hall.sessions())
    visit.tap("结束办理")
    visit.reads(reminder)
    visit.takes_card()
    visit.order(do="act", device="social_security_card", action="take")
    assert hall.session_after(known)["wipe_clean"]
    visit.tap("我拿好了")


def test_by_the_business_licence_before_the_scanner(hall: JourneyHall, visit: Visit) -> None:
    known = len(hall.sessions())
    for stage in firm_visit.stages(hall, visit):
        if stage == "sign_in":
            visit.reads("请出示电子营业执照")
        elif stage == "question":
            visit.reads("武汉****有限公司")
        elif stage == "check":
            visit.reads("欧**（委托代理人）")
    assert hall.session_after(known)["wipe_clean"]
    case = hall.console.events("case")[0]["data"]
    assert (case["relation"], case["subject"]["kind"]) == ("agent", "organisation")
    assert case["subject"]["subject_ref"] != case["actor"]["subject_ref"]


def test_by_the_business_licence_that_scans_the_screen_and_not_by_a_code_of_ones_own(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    known = len(hall.sessions())
    firm_visit.begins_for_the_firm(visit)
    visit.shows_code(hall.console.make_code(OUYANG.person_id))
    visit.reads("这件事是替单位办的")
    visit.puts_phone_away()
    code = code_on_screen(visit, tmp_path)
    hall.console.confirm_on_telephone(code, OUYANG.person_id, firm_id=FIRM_ID)
    visit.is_asked(FIRMS_QUESTION)
    leaves(hall, visit, known)
