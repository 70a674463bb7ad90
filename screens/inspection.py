"""Looks over what stands in the window: nothing cut, covered, overlapping, too small or out of reach.

Used by ``make gallery`` and by the tests. Everything is measured in the window as it was drawn last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk_app.terminal.aids import Aids
from screens.accessible import walk

PRESSED_ROLES = (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)
TARGET_MM = 16.0
"""Of everything, and of the keys of a keyboard in every mode: so many stand side by side."""
ELDER_TARGET_MM = 22.0
GAP_MM = 4.0
HIGHEST_MM = 1220.0
"""Above the floor (EN 301 549 V3.2.1, 8.3.2.1: unobstructed high forward reach)."""
HALF_A_PIXEL = 0.51


@dataclass(frozen=True)
class Control:
    """Something that can be pressed now."""

    name: str
    rect: QRectF
    item: QQuickItem


def items(root: QQuickItem) -> Iterator[QQuickItem]:
    """Every item below this one that can be seen."""
    for child in root.childItems():
        if child.isVisible() and child.opacity() > 0:
            yield child
            yield from items(child)


def controls(window: QQuickWindow) -> list[Control]:
    """What can be pressed now, in the order of the accessibility tree."""
    found = []
    for node in walk(QAccessible.queryAccessibleInterface(window)):
        if node.role() in PRESSED_ROLES and not node.state().disabled:
            item = node.object()
            if isinstance(item, QQuickItem):
                found.append(Control(node.text(QAccessible.Text.Name), scene_rect(item), item))
    return found


def is_text(item: QQuickItem) -> bool:
    """Whether an item is words."""
    return item.inherits("QQuickText")


def text_of(item: QQuickItem) -> str:
    """The words of an item that is words."""
    return str(item.property("text"))


def scene_rect(item: QQuickItem) -> QRectF:
    """Where an item stands in the window, in pixels."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def ink_rect(text: QQuickItem) -> QRectF:
    """Where the words of a text really stand: every text of ours begins in its upper left corner.

    The first line of the font has a quarter of its size of air above the tallest character. Of words that go
    on over the page only what their place shows counts.
    """
    width, height = float(text.property("contentWidth")), float(text.property("contentHeight"))
    air = text.property("font").pixelSize() / 4
    return unclipped(text, text.mapRectToScene(QRectF(0, air, width, height - air)))


def unclipped(item: QQuickItem, rect: QRectF) -> QRectF:
    """What can be seen of a part of an item: nothing beyond what is around it and clips."""
    above: QQuickItem | None = item.parentItem()
    while above is not None:
        if above.clip():
            rect = rect.intersected(scene_rect(above))
        above = above.parentItem()
    return rect


def faults(window: QQuickWindow, aids: Aids) -> list[str]:
    """What is wrong with the screen as it stands, a sentence each; empty when nothing is."""
    pressed = controls(window)
    return [*_faults_of_words(window, pressed), *_faults_of_controls(window, pressed, aids)]


def pixels_per_mm(window: QQuickWindow) -> float:
    """The scale of the window: its width, by that of the glass."""
    return float(window.width()) / float(window.property("physicalWidth"))


def looked_at(window: QQuickWindow) -> list[QQuickItem]:
    """What is to be looked at: all, or what stands over the rest: 还要继续吗？, or what 更多 shows."""
    root = window.contentItem()
    shown = list(items(root))
    for item in shown:
        kind = str(item.metaObject().className())
        if kind.startswith("Warning_") or (kind.startswith("AidsBar_") and item.property("open")):
            return list(items(item))
    return shown


def _faults_of_words(window: QQuickWindow, pressed: list[Control]) -> list[str]:
    whole = QRectF(0, 0, window.width(), window.height())
    texts = [(text_of(item), item, ink_rect(item)) for item in looked_at(window) if is_text(item)]
    texts = [(words, item, ink) for words, item, ink in texts if words and not ink.isEmpty()]
    found = []
    for words, item, ink in texts:
        if item.property("truncated"):
            found.append(f"{words!r} is cut short")
        if float(item.property("contentWidth")) > item.width() + HALF_A_PIXEL:
            found.append(f"{words!r} is wider than its place")
        if not whole.contains(ink):
            found.append(f"{words!r} leaves the window")
    found += [
        f"{one[0]!r} and {other[0]!r} overlap"
        for one, other in combinations(texts, 2)
        if overlaps(one[2], other[2])
    ]
    for words, item, ink in texts:
        for control in pressed:
            if not control.item.isAncestorOf(item):
                if overlaps(ink, control.rect):
                    found.append(f"{words!r} lies under {control.name!r}")
            elif not _grown(control.rect).contains(ink):
                found.append(f"{words!r} spills out of {control.name!r}")
    return found


def _faults_of_controls(window: QQuickWindow, pressed: list[Control], aids: Aids) -> list[str]:
    scale = pixels_per_mm(window)
    least = round((ELDER_TARGET_MM if aids.elder else TARGET_MM) * scale)
    gap = round(GAP_MM * scale)
    whole = QRectF(0, 0, window.width(), window.height())
    top = highest(window, aids) - 1
    found = []
    for control in pressed:
        side = round(TARGET_MM * scale) if control.item.property("writingKey") else least
        if control.rect.width() < side or control.rect.height() < side:
            size = f"{control.rect.width() / scale:.1f} by {control.rect.height() / scale:.1f} mm"
            found.append(f"{control.name!r} is only {size}")
        if control.rect.top() < top:
            found.append(f"{control.name!r} is out of reach")
        if not _grown(whole).contains(control.rect):
            found.append(f"{control.name!r} leaves the window")
    for one, other in combinations(pressed, 2):
        if overlaps(one.rect.adjusted(-gap + 1, 0, gap - 1, 0), other.rect) or overlaps(
            one.rect.adjusted(0, -gap + 1, 0, gap - 1), other.rect
        ):
            found.append(f"{one.name!r} and {other.name!r} are too close")
    return found


def highest(window: QQuickWindow, aids: Aids) -> float:
    """How high what is touched may stand, in pixels from the upper edge.

    A wide screen has its lower edge as low as a tall one, so that all of it is within reach; its low view
    reaches as high above the floor as that of a tall screen.
    """
    above_floor = float(window.property("lowerEdge"))
    reach = window.height() - (HIGHEST_MM - above_floor) * pixels_per_mm(window)
    if window.width() > window.height():
        share = 0.68 if aids.low_reach else 1.0
    else:
        share = 0.38 if aids.low_reach else 0.5 if aids.elder else 0.62
    return max(reach, window.height() * (1 - share))


def overlaps(one: QRectF, other: QRectF) -> bool:
    """Whether two places share more than an edge."""
    common = one.intersected(other)
    return common.width() > 1 and common.height() > 1


def _grown(rect: QRectF) -> QRectF:
    return rect.adjusted(-HALF_A_PIXEL, -HALF_A_PIXEL, HALF_A_PIXEL, HALF_A_PIXEL)
