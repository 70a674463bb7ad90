"""The aids of the bar under every screen: what they are, what each switch does, and who needs longer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from kiosk_app.terminal.intents import Wish


class Language(Enum):
    CHINESE = "zh"
    ENGLISH = "en"


class Colours(Enum):
    """Colour schemes (配色); LOOK: light paper, dark night, and high contrast on black."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Zoom(Enum):
    """How many times larger than the standard everything is that is to be read (放大)."""

    NONE = 1.0
    QUARTER = 1.25
    HALF = 1.5
    DOUBLE = 2.0
    LARGEST = 2.5


@dataclass(frozen=True, slots=True)
class Aids:
    """The aids that a person has switched on; back to these defaults when the session ends."""

    language: Language = Language.CHINESE
    elder: bool = False
    colours: Colours = Colours.LIGHT
    low_reach: bool = False
    speech: bool = False
    """语音: every screen is read aloud in the headset. A headset that is plugged in switches it on."""
    screen_hidden: bool = False
    """遮屏: nothing can be read over one's shoulder while it is read aloud."""
    zoom: Zoom = Zoom.NONE
    lens: bool = False
    large_pointer: bool = False
    """大鼠标: a large mark where the screen is touched, and a large pointer."""
    reading_line: bool = False
    """辅助线: a line that goes with the touch or the focus."""
    simple_list: bool = False
    """视图: words alone, without drawings, and of each matter its name."""
    signing: bool = False
    """手语: where the province has a clip of signing for a step, it is shown."""


def switched(aids: Aids, wish: Wish) -> Aids:
    """What the aids are after one touch of the switch that means ``wish``, one of ``WISHES``."""
    return _SWITCHES[wish](aids)


def needs_longer(aids: Aids) -> bool:
    """Whether any aid is on; a language is none."""
    return replace(aids, language=Language.CHINESE) != Aids()


def read_to(aids: Aids, *, wanted: bool) -> Aids:
    """Whoever plugs a headset in wants to be read to; who is not read to has to see the screen."""
    return replace(aids, speech=wanted, screen_hidden=False)


def _larger(aids: Aids) -> Zoom:
    """The next size that is larger than what is seen: the elder's view is larger already by half."""
    steps = [zoom for zoom in Zoom if not aids.elder or zoom is Zoom.NONE or zoom.value > Zoom.HALF.value]
    return next((zoom for zoom in steps if zoom.value > aids.zoom.value), Zoom.NONE)


def _other_language(aids: Aids) -> Language:
    return Language.CHINESE if aids.language is Language.ENGLISH else Language.ENGLISH


def _next_colours(aids: Aids) -> Colours:
    order = list(Colours)
    return order[(order.index(aids.colours) + 1) % len(order)]


_SWITCHES: Mapping[Wish, Callable[[Aids], Aids]] = {
    Wish.LANGUAGE: lambda aids: replace(aids, language=_other_language(aids)),
    Wish.ELDER: lambda aids: replace(aids, elder=not aids.elder),
    Wish.SPEECH: lambda aids: read_to(aids, wanted=not aids.speech),
    Wish.HIDE_SCREEN: lambda aids: replace(aids, screen_hidden=not aids.screen_hidden),
    Wish.ZOOM: lambda aids: replace(aids, zoom=_larger(aids)),
    Wish.COLOURS: lambda aids: replace(aids, colours=_next_colours(aids)),
    Wish.LOW_REACH: lambda aids: replace(aids, low_reach=not aids.low_reach),
    Wish.LENS: lambda aids: replace(aids, lens=not aids.lens),
    Wish.LARGE_POINTER: lambda aids: replace(aids, large_pointer=not aids.large_pointer),
    Wish.READING_LINE: lambda aids: replace(aids, reading_line=not aids.reading_line),
    Wish.SIGNING: lambda aids: replace(aids, signing=not aids.signing),
    Wish.SIMPLE_LIST: lambda aids: replace(aids, simple_list=not aids.simple_list),
}

WISHES = frozenset(_SWITCHES)
"""The wishes that switch an aid, in a session, on any screen."""
