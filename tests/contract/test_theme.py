"""A theme pack that people could not read is refused, and the words say which colours."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from contract.theme import LEAST_FOR_WORDS, Palette, contrast, decode_theme, in_grey, luminance
from tests.fixtures.themes import DRAWING, LIGHT, a_pack, in_bytes


def a_logo(drawing: str, place: str = "attract") -> dict[str, Any]:
    return {"place": place, "name": {"zh": "标识", "en": "Mark"}, "drawing": drawing}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)  # the known limit of grey on white
    assert contrast("#FFFFFF", "#767676") == contrast("#767676", "#FFFFFF")


@pytest.mark.parametrize("colour", [*LIGHT.values(), "#000000", "#FF0000", "#00FF00", "#0000FF"])
def test_the_grey_of_mourning_is_as_light_as_the_colour(colour: str) -> None:
    grey = in_grey(colour)
    assert len({grey[1:3], grey[3:5], grey[5:7]}) == 1
    assert luminance(grey) == pytest.approx(luminance(colour), abs=0.005)


def test_a_pack_that_can_be_read_is_taken() -> None:
    pack = decode_theme(in_bytes(a_pack()))
    assert pack.light is not None
    assert pack.dark is None
    assert [logo.place.value for logo in pack.logos] == ["top_line", "attract"]


def test_a_pack_may_say_nothing_and_is_our_own_look() -> None:
    pack = decode_theme(in_bytes({"theme_id": "ours", "title": {"zh": "店小二", "en": "Dianxiaoer"}}))
    assert (pack.light, pack.dark, pack.home_order, pack.slip_head) == (None, None, [], None)


@pytest.mark.parametrize(
    ("token", "colour", "pair"),
    [
        ("ink_soft", "#8A9AA4", "ink_soft on paper"),
        ("on_river", "#3A6FBC", "on_river on river"),
        ("focus", "#DDEBE0", "focus on paper"),
        ("tint", "#587563", "ink on tint"),
        ("faded", "#B9CFC0", "faded on paper"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_figure(token: str, colour: str, pair: str) -> None:
    with pytest.raises(ValueError, match=rf"light: {pair} has a contrast of \d+\.\d\d.*at least"):
        decode_theme(in_bytes(a_pack(light=LIGHT | {token: colour})))


def test_what_can_be_read_in_colour_only_is_refused_too() -> None:
    """The nearest grey of eight bits may be a little darker than the colour was."""
    white = LIGHT | dict.fromkeys(("paper", "counter", "card", "tint"), "#FFFFFF")
    for red, blue in product(range(0x60, 0x90), range(0x100)):
        colour = f"#{red:02X}70{blue:02X}"
        if contrast(in_grey(colour), "#FFFFFF") < LEAST_FOR_WORDS <= contrast(colour, "#FFFFFF"):
            with pytest.raises(ValueError, match="in grey"):
                decode_theme(in_bytes(a_pack(light=white | {"ink_soft": colour})))
            return
    pytest.fail("no such colour")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"light": LIGHT | {"ink": "black"}}, "regex"),
        ({"light": {"ink": "#000000"}}, "missing required field"),
        ({"mourning": [{"first": "2026-12-14", "last": "2026-12-13"}]}, "ends before it begins"),
        ({"logos": [a_logo(DRAWING), a_logo(DRAWING)]}, "the same place"),
        ({"logos": [a_logo("<svg><script>1</script></svg>")]}, "no SVG"),
        ({"logos": [a_logo('<svg><use href="file:///etc/passwd"/></svg>')]}, "no SVG"),
        ({"logos": [a_logo('<!DOCTYPE svg [<!ENTITY a "a">]><svg/>')]}, "no SVG"),
        ({"logos": [a_logo("a picture")]}, "no SVG"),
    ],
)
def test_what_is_malformed_is_refused_in_words(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        decode_theme(in_bytes(a_pack(**changed)))


def test_the_days_of_mourning_are_whole_days() -> None:
    pack = decode_theme(in_bytes(a_pack(mourning=[{"first": "2026-04-04", "last": "2026-04-05"}])))
    days = ("2026-04-03", "2026-04-04", "2026-04-05", "2026-04-06")
    assert [pack.mourns_on(today) for today in days] == [False, True, True, False]


def test_the_screens_take_the_colours_in_the_order_of_the_palette(repository: Path) -> None:
    source = (repository / "screens/theme/Worn.qml").read_text(encoding="utf-8")
    order = {int(place): name for name, place in re.findall(r"(\w+): wear\((\d+), scheme\.\1\)", source)}
    named = [re.sub(r"[A-Z]", lambda upper: "_" + upper[0].lower(), order[place]) for place in sorted(order)]
    assert named == list(Palette.__struct_fields__)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.cn/",
        "https://example.cn",
        "https://example.cn/?a=",
        "javascript:alert(1)/",
        "https://a b/",
    ],
)
def test_the_page_of_slips_is_an_address_that_a_telephone_opens_safely(address: str) -> None:
    good = "https://zwfw.example.gov.cn:8443/slips/"
    assert decode_theme(in_bytes(a_pack(slip_page=good))).slip_page == good
    with pytest.raises(ValueError, match="slip_page"):
        decode_theme(in_bytes(a_pack(slip_page=address)))
