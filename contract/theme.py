"""The theme pack (主题包): how the province wants its terminals to look, as signed data and never as code.

What a pack leaves out is our own. A pack that people could not read is refused as a whole, in words: the
contrast of every pair of colours that is used is computed (WCAG 2.2, 1.4.3 and 1.4.11), in colour and in the
grey of a day of mourning. The high contrast of the aids is a promise to people and no pack changes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Annotated

import msgspec

from contract.fields import day, named, rows, text
from contract.items import LocalText
from contract.sets import Coded

COLOUR_PATTERN = r"^#[0-9A-F]{6}$"
SLIP_PAGE_PATTERN = r"^(https://[A-Za-z0-9.-]+(:[0-9]+)?/([A-Za-z0-9_-]+/)*)?$(?!\n)"
LEAST_FOR_WORDS = 4.5
"""WCAG 2.2, 1.4.3."""
LEAST_FOR_EDGES = 3.0
"""WCAG 2.2, 1.4.11: edges of controls and the ring of the focus; also words of what cannot be pressed now."""
_WORDS = ("ink", "ink_soft", "river", "lacquer", "jade", "amber")
_GROUNDS = ("paper", "counter", "card", "tint")
_DRAWING_MAY_NOT = re.compile(r"<!|<script|<image|<foreignobject|href|url\s*\(|\bon\w+\s*=", re.IGNORECASE)


def _colour(zh: str, description: str = "") -> msgspec.Meta:
    """Red, green and blue, two hexadecimal figures each."""
    return text(zh, 7, description, pattern=COLOUR_PATTERN)


class LogoPlace(Coded):
    """Where a pack may put a logo of its own. The national emblem and flag are no ornament."""

    TOP_LINE = "top_line", "顶栏左侧", "at the left of the top line, instead of the sign of the inn"
    ATTRACT = "attract", "待机画面", "on the resting screen, beside the time"


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """The colours of one scheme by their use, in the order in which the screens take them."""

    paper: Annotated[str, _colour("纸面", "the upper part of the screen")]
    counter: Annotated[str, _colour("台面", "the lower part, where everything is that can be touched")]
    card: Annotated[str, _colour("卡片")]
    tint: Annotated[str, _colour("浅底")]
    ink: Annotated[str, _colour("正文")]
    ink_soft: Annotated[str, _colour("次要文字")]
    faded: Annotated[str, _colour("不可按的文字")]
    river: Annotated[str, _colour("主要操作")]
    on_river: Annotated[str, _colour("主要操作上的文字")]
    lacquer: Annotated[str, _colour("停止与错误")]
    jade: Annotated[str, _colour("办好了")]
    amber: Annotated[str, _colour("请注意")]
    line: Annotated[str, _colour("分隔线")]
    edge: Annotated[str, _colour("控件边线")]
    focus: Annotated[str, _colour("焦点框")]
    scrim: Annotated[str, _colour("遮罩", "under a question that stands over everything else")]


class Logo(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing of the province's own."""

    place: Annotated[LogoPlace, named("位置")]
    name: Annotated[LocalText, named("名称", "what a person hears who does not see it")]
    drawing: Annotated[str, text("图形", 32_000, "SVG; without scripts, references and entities")]


class Mourning(msgspec.Struct, frozen=True, kw_only=True):
    """Days of public mourning, in China: everything is shown in grey from the first to the last."""

    first: Annotated[str, day("首日")]
    last: Annotated[str, day("末日")]


class ThemePack(msgspec.Struct, frozen=True, kw_only=True):
    """主题包. It takes effect without a restart, and never under the eyes of a person."""

    theme_id: Annotated[str, text("主题编号", 64, pattern=r"^[a-z0-9.-]+$(?!\n)")]
    title: Annotated[LocalText, named("主题名称")]
    light: Annotated[Palette | None, named("浅色配色", "ours when it is missing")] = None
    dark: Annotated[Palette | None, named("深色配色", "ours when it is missing")] = None
    logos: Annotated[list[Logo], rows("标识", 2, "at most one in each place")] = []
    home_order: Annotated[
        list[Annotated[str, text("事项编号", 64)]],
        rows("首页次序", 200, "these items first, in this order; then the others in their own"),
    ] = []
    slip_head: Annotated[LocalText | None, named("凭条抬头", "printed above the title")] = None
    slip_page: Annotated[
        str,
        text(
            "凭条查询页",
            80,
            "stands before the code of a slip, so that a telephone opens its page",
            pattern=SLIP_PAGE_PATTERN,
        ),
    ] = ""
    mourning: Annotated[list[Mourning], rows("哀悼日", 40)] = []

    def mourns_on(self, today: str) -> bool:
        """Whether ``today``, a calendar day in China, is one of mourning."""
        return any(days.first <= today <= days.last for days in self.mourning)


def decode_theme(content: bytes) -> ThemePack:
    """The pack. Raises ``ValueError`` (also ``msgspec.ValidationError``) that says what to put right."""
    pack = msgspec.json.decode(content, type=ThemePack)
    for name, palette in (("light", pack.light), ("dark", pack.dark)):
        if palette is not None:
            _check_palette(name, palette)
    places = [logo.place for logo in pack.logos]
    if len(places) != len(set(places)):
        raise ValueError("two logos have the same place")
    for logo in pack.logos:
        if not logo.drawing.lstrip().startswith("<svg") or _DRAWING_MAY_NOT.search(logo.drawing):
            raise ValueError(f"the logo {logo.place.value} is no SVG, or has scripts, references or entities")
    for days in pack.mourning:
        if days.last < days.first:
            raise ValueError(f"the mourning of {days.first} ends before it begins")
    return pack


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def in_grey(colour: str) -> str:
    """The grey of the same luminance: what could be read in colour can be read in mourning."""
    light = luminance(colour)
    level = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return "#" + f"{round(level * 255):02X}" * 3


def _check_palette(name: str, palette: Palette) -> None:
    for one, other, least in _pairs():
        colours = getattr(palette, one), getattr(palette, other)
        for way, ratio in (("", contrast(*colours)), (" in grey", contrast(*map(in_grey, colours)))):
            if ratio < least:
                raise ValueError(
                    f"{name}: {one} on {other} has a contrast of {ratio:.2f}{way}, at least {least} is needed"
                )


def _pairs() -> Iterator[tuple[str, str, float]]:
    """Every pair of colours that the screens put together, with the least contrast that it may have."""
    yield from ((*pair, LEAST_FOR_WORDS) for pair in product(_WORDS, _GROUNDS))
    yield "on_river", "river", LEAST_FOR_WORDS
    yield "paper", "amber", LEAST_FOR_WORDS  # 演示
    yield from ((*pair, LEAST_FOR_EDGES) for pair in product(("edge", "focus"), ("paper", "counter", "card")))
    yield from ((*pair, LEAST_FOR_EDGES) for pair in product(("faded",), ("paper", "counter", "card")))
