"""Every screen in both shapes and the modes that ask most of it: seen, said, within reach, clear enough.

Each is drawn once and measured for everything. ``make gallery`` looks at every other combination too.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QGuiApplication, QImage

from kiosk_app.terminal.aids import Aids, Colours
from screens.accessible import walk
from screens.application import ScreenApplication
from screens.gallery import FORMS, MODES, show_example
from screens.inspection import (
    Control,
    controls,
    faults,
    is_text,
    items,
    looked_at,
    scene_rect,
    text_of,
    unclipped,
)
from screens.samples import Samples
from tests.screens.looking import Showing

AIDS_IN_ORDER = {
    "zh": ("长者版", "语音", "放大", "配色", "低位操作", "更多", "English", "人工帮助"),
    "en": ("Larger", "Speech", "Zoom", "Colours", "Lower", "More", "中文", "Help"),
}
ALWAYS_THERE = {"zh": {"放大", "更多", "English", "人工帮助"}, "en": {"Zoom", "More", "中文", "Help"}}
SPOKEN_ROLES = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.StaticText,
    QAccessible.Role.Heading,
    QAccessible.Role.AlertMessage,
    QAccessible.Role.EditableText,
    QAccessible.Role.Graphic,
}


HARDEST = [
    ("portrait", "contrast"),
    ("portrait", "low_zoom"),
    ("landscape", "standard"),
    ("landscape", "elder_english"),
]


@pytest.mark.parametrize(("form", "mode"), HARDEST)
def test_every_screen_stands(qapp: QGuiApplication, form: str, mode: str) -> None:
    shape, worn = FORMS[form], MODES[mode]
    screens = ScreenApplication(
        lambda _: None,
        physical_width_mm=shape.width_mm,
        window_size=shape.size,
        fullscreen=False,
        motion=False,
    )
    samples, found = Samples(worn.language), []
    for number, name in enumerate(samples.names()):
        show_example(screens, samples, name, number, worn.aids)
        pressed = controls(screens.window)
        wrong = [*faults(screens.window, worn.aids), *faults_of_names(pressed), *faults_of_roles(screens)]
        wrong += faults_of_contrast(screens, 7 if worn.aids.colours is Colours.HIGH_CONTRAST else 4.5)
        if name != "idle_warning":
            wrong += faults_of_order(pressed, worn.language.value)
        found += [f"{name}: {fault}" for fault in wrong]
    assert screens.warnings == []
    screens.close()
    assert not found, "\n".join(found)


def faults_of_names(pressed: list[Control]) -> list[str]:
    """Every control has a name, no two the same, and it says what the control shows."""
    times = Counter(control.name.strip() for control in pressed)
    found = [f"{count} controls are called {name!r}" for name, count in times.items() if count > 1]
    found += ["a control has no name"] if "" in times else []
    return found + [
        f"{text_of(text)!r} is shown but not said by {control.name!r}"
        for control in pressed
        for text in items(control.item)
        if is_text(text) and text_of(text) not in control.name
    ]


def faults_of_roles(screens: ScreenApplication) -> list[str]:
    """Whatever has a name says what it is."""
    return [
        f"{node.text(QAccessible.Text.Name)!r} is a {node.role().name}"
        for node in walk(QAccessible.queryAccessibleInterface(screens.window))
        if node.text(QAccessible.Text.Name)
        and node.role() not in SPOKEN_ROLES
        and not node.role().name.endswith(("Window", "Dialog", "Grouping", "Pane"))
    ]


def faults_of_contrast(screens: ScreenApplication, least: float) -> list[str]:
    """The words, as they were drawn, against the ground on which they stand (WCAG 2.2, 1.4.3 and 1.4.6).

    The ground is the colour that most pixels around them have, the words the one that differs most from it:
    what lies between is the soft edge of the letters.
    """
    picture = screens.window.grabWindow().convertToFormat(QImage.Format.Format_RGB32)
    found = []
    for text in looked_at(screens.window):
        seen_of = is_text(text) and bool(text_of(text).strip())
        ink = unclipped(text, scene_rect(text)) if seen_of else QRectF()
        seen = picture.copy(ink.toAlignedRect().intersected(picture.rect()))
        if ink.isEmpty() or seen.isNull():
            continue
        times = Counter(memoryview(seen.constBits()).cast("I"))
        ground = times.most_common(1)[0][0]
        reached = max(contrast(ground, colour) for colour in times)
        if reached < least:
            found.append(f"{text_of(text)!r} has a contrast of {reached:.2f}")
    return found


def contrast(one: int, other: int) -> float:
    """Of two colours, 0xRRGGBB (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def luminance(colour: int) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def faults_of_order(pressed: list[Control], language: str) -> list[str]:
    """The aids come last, in their order; those that are always there are."""
    names = [next((aid for aid in AIDS_IN_ORDER[language] if c.name.startswith(aid)), "") for c in pressed]
    shown = [name for name in names if name]
    found = [] if names[len(names) - len(shown) :] == shown else ["the aids are not the last"]
    if shown != [aid for aid in AIDS_IN_ORDER[language] if aid in shown]:
        found.append(f"the aids stand as {shown}")
    missing = ALWAYS_THERE[language] - set(shown)
    return [*found, f"{missing} cannot be reached"] if missing else found


def test_what_finds_no_room_in_the_bar_stands_under_more(qapp: QGuiApplication) -> None:
    showing = Showing()
    worn = MODES["low_zoom"].aids
    showing.show("home", aids=worn)
    in_bar = {control.name for control in showing.controls()}
    assert not {"长者版", "语音", "配色", "低位操作"} & in_bar
    showing.tap("更多")
    showing.show("home", aids=worn)
    under_more = {control.name for control in showing.controls()}
    assert {"长者版", "语音", "配色", "低位操作", "放大镜", "大鼠标", "辅助线", "简洁列表"} <= under_more
    assert faults(showing.window, worn) == []
    showing.sent.clear()
    showing.tap("长者版")
    showing.show("guide", aids=worn)
    assert showing.wanted() == [("elder", "")]
    assert "放大镜" not in {control.name for control in showing.controls()}, "another page closes it"
    showing.screens.close()
    assert showing.screens.warnings == []


def test_nothing_is_in_the_way_of_the_finger_when_an_aid_goes_with_it(qapp: QGuiApplication) -> None:
    showing = Showing()
    showing.show("guide", aids=Aids(lens=True, large_pointer=True, reading_line=True))
    showing.tap("开始办理")
    assert showing.wanted() == [("start", "")]
    showing.screens.close()
    assert showing.screens.warnings == []
