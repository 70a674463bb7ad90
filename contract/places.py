"""Where else a matter can be done: what terminals say of their matters, and what the platform makes of it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.fields import moment, named, rows, text
from contract.sets import Finish, PlaceKind, ReferenceSystem, TerminalState

MOST_MATTERS = 200
MOST_PLACES = 60


class MatterReport(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a terminal can do for one matter while it has a line; part of its status."""

    item_code: Annotated[str, text("事项编号", 64)]
    finish: Annotated[Finish, named("能办到哪一步")]
    reason: Annotated[str, text("原因代码", 48, "such as without_camera; empty when there is none")] = ""


class NearbyPlace(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A terminal or a staffed window, as it was last heard: nothing here promises more.

    ``distance_m`` is that of a straight line; absent where one of both was not measured, or where their
    reference systems are not equal: nothing is converted.
    """

    kind: Annotated[PlaceKind, named("种类")]
    name: Annotated[str, text("名称", 80, "of the site, or of the window")]
    address: Annotated[str, text("地址", 120)]
    region_code: Annotated[str, text("行政区划", 12)]
    terminal_id: Annotated[str, text("终端编号", 32, "empty for a window")] = ""
    terminal_name: Annotated[str, text("终端名称", 60)] = ""
    hours: Annotated[str, text("开放时间", 60, "as people read it")] = ""
    distance_m: Annotated[int | None, named("距离（米）", "a straight line; absent when not known")] = None
    state: Annotated[TerminalState, named("运行状态", "of a window always normal")] = TerminalState.NORMAL
    heard_at: Annotated[str, text("最后消息时间", 24, "of a terminal: when it told its state")] = ""
    prints: Annotated[bool, named("能打凭条", "as it was last told")] = False
    items: Annotated[
        list[Annotated[str, text("事项编号", 64)]],
        rows("能办完的事项", MOST_MATTERS, "as it was last told; a window takes every matter"),
    ] = []


class NearbyPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """The places around a terminal, the nearest first; of those that can do the same, the nearest few."""

    as_of: Annotated[str, moment("截至时间")]
    places: Annotated[list[NearbyPlace], rows("点位", MOST_PLACES)]


_CENTIMETRES_APART = (ReferenceSystem.WGS_84, ReferenceSystem.CGCS2000)


def are_comparable(one: ReferenceSystem, other: ReferenceSystem) -> bool:
    """Whether a distance between coordinates of these systems is honest.

    Equal ones, and WGS-84 beside CGCS2000, which are decimetres apart. GCJ-02 and BD-09 are displaced by
    hundreds of metres on purpose, each in its own way.
    """
    return one is other or (one in _CENTIMETRES_APART and other in _CENTIMETRES_APART)
