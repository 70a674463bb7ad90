"""What a scanner and a card reader can come up with, while somebody wants to sign in.

Each ends in a clear word, is counted where the province sees it, harms nothing else, and the next card works.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator

import pytest

from demo import story
from demo.citizens import WANG
from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually

GARBAGE = random.Random(2000).randbytes(2000)
USE_THE_CODE = "请把手机上的码对准扫码口。"


@pytest.fixture(autouse=True)
def signing_in(hall: JourneyHall, visit: Visit) -> Iterator[None]:
    with hall.nothing_raised():
        story.begin(visit, "养老待遇发放查询")
        yield


def the_next_card_works(visit: Visit) -> None:
    for device in ("id_card_reader", "qr_scanner"):
        visit.order(do="cure", device=device)
    visit.takes_card()
    visit.lays_down_card(WANG)
    visit.is_asked("查最近多久的？")
    visit.reads("王**，您好")


def counted(hall: JourneyHall, name: str, before: int) -> bool:
    return eventually(lambda: hall.counter(name) > before)


def test_a_code_of_2000_bytes_of_garbage(hall: JourneyHall, visit: Visit) -> None:
    before = hall.counter("qr_scanner.unreadable")
    visit.order(do="show_code", payload=base64.b64encode(GARBAGE).decode("ascii"))
    visit.reads("没认出这个码。请打开“鄂汇办”里的亮码。")
    assert counted(hall, "qr_scanner.unreadable", before)
    the_next_card_works(visit)


def test_a_scanner_that_sends_garbage_with_line_ends_in_it(hall: JourneyHall, visit: Visit) -> None:
    before = hall.counter("qr_scanner.unreadable")
    visit.order(do="fault", device="qr_scanner", name="garbage")
    visit.shows_code("a good code")
    visit.reads("没认出这个码。请打开“鄂汇办”里的亮码。")
    assert counted(hall, "qr_scanner.unreadable", before)
    the_next_card_works(visit)


def test_a_document_that_is_not_supported_here(hall: JourneyHall, visit: Visit) -> None:
    before = hall.counter("id_card_reader.problem.CARD-004")
    visit.order(do="put_card", citizen={"mark": "J"})
    visit.reads("本机还不能读这种证件。可以扫码，或到窗口办。")
    assert counted(hall, "id_card_reader.problem.CARD-004", before)
    the_next_card_works(visit)


@pytest.mark.parametrize(
    ("fault", "counter"),
    [
        ("bad_checksum", "id_card_reader.bad_checksum"),
        ("half_frame", "id_card_reader.incomplete_frame"),
    ],
)
def test_a_line_to_the_reader_that_spoils_every_frame(
    hall: JourneyHall, visit: Visit, fault: str, counter: str
) -> None:
    before = hall.counter(counter)
    visit.order(do="fault", device="id_card_reader", name=fault)
    visit.lays_down_card(WANG)
    visit.reads(USE_THE_CODE)
    assert counted(hall, counter, before)
    eventually(lambda: lost_reader(hall))
    the_next_card_works(visit)


def lost_reader(hall: JourneyHall) -> bool:
    devices = {device["device"]: device for device in hall.figures()["status"]["devices"]}
    return bool(devices["id_card_reader"]["error"] == "CARD-001")


def test_noise_before_every_frame_is_noticed_by_nobody_but_the_province(
    hall: JourneyHall, visit: Visit
) -> None:
    before = hall.counter("id_card_reader.noise_bytes")
    visit.order(do="fault", device="id_card_reader", name="noise_before")
    visit.lays_down_card(WANG)
    visit.is_asked("查最近多久的？")
    assert counted(hall, "id_card_reader.noise_bytes", before)
