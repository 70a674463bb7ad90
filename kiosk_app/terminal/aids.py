"""The aids of the bar under every screen: what each switch does, and from when on somebody needs longer."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Any, TypeVar

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import Aids, Colours, Language

_Choice = TypeVar("_Choice", bound=Enum)

SWITCHES = {
    Wish.ELDER: "elder",
    Wish.HIDE_SCREEN: "screen_hidden",
    Wish.LOW_REACH: "low_reach",
}
"""The aids that are on or off, and their fields."""

WISHES = frozenset({*SWITCHES, Wish.LANGUAGE, Wish.COLOURS, Wish.SPEECH})


def switched(aids: Aids, wish: Wish) -> Aids:
    """What the aids are after one touch of the switch that means ``wish``, one of :data:`WISHES`."""
    if wish is Wish.LANGUAGE:
        return replace(aids, language=_next(Language, aids.language))
    if wish is Wish.COLOURS:
        return replace(aids, colours=_next(Colours, aids.colours))
    if wish is Wish.SPEECH:
        return read_to(aids, wanted=not aids.speech)
    name = SWITCHES[wish]
    other: dict[str, Any] = {name: not getattr(aids, name)}
    return replace(aids, **other)


def needs_longer(aids: Aids) -> bool:
    """Whether any aid is on; a language is none."""
    return replace(aids, language=Language.CHINESE) != Aids()


def read_to(aids: Aids, *, wanted: bool) -> Aids:
    """Whoever plugs a headset in wants to be read to; who is not read to has to see the screen."""
    return replace(aids, speech=wanted, screen_hidden=False)


def _next(choices: type[_Choice], chosen: _Choice) -> _Choice:
    order = list(choices)
    return order[(order.index(chosen) + 1) % len(order)]
