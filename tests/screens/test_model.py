"""A view model is its dataclass, seen from QML."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import HomeView, Screen, SlipState
from screens.home import HomeModel
from screens.model import Model
from screens.result import ResultModel
from screens.rows import Rows
from screens.sample_matters import result_offline
from screens.sample_pages import home
from screens.samples import Samples
from screens.terminal import MODELS

HOME: HomeView = home(lambda chinese, _: chinese)


def row_texts(rows: Rows, role: str) -> list[str]:
    number = {bytes(name.data()).decode(): code for code, name in rows.roleNames().items()}[role]
    return [rows.data(rows.index(row), number) for row in range(rows.rowCount())]


def test_every_screen_has_its_model_and_every_field_its_property() -> None:
    assert set(MODELS) == set(Screen)
    for name in Samples().names():
        view = Samples().view(name)
        model = MODELS[view.screen](lambda _, __: None)
        model.show(view.body)
        meta = model.metaObject()
        properties = {meta.property(n).name() for n in range(meta.propertyOffset(), meta.propertyCount())}
        assert len(properties) == len(view.body.__dataclass_fields__)


def test_rows_enums_and_text_arrive_as_qml_reads_them() -> None:
    body = replace(result_offline(lambda chinese, _: chinese), slip=SlipState.UNKNOWN)
    model = ResultModel(lambda _, __: None)
    assert model.property("headline") == ""
    assert model.property("canPrint") is False
    model.show(body)
    assert model.property("headline") == "已存在本机，尚未提交"
    assert model.property("slip") == "unknown"
    assert model.property("nextSteps") == [
        "11 月 24 日前会打电话告诉您结果。",
        "没接到电话，请带凭条找窗口或拨 12345。",
    ]
    home_model = HomeModel(lambda _, __: None)
    home_model.show(HOME)
    rows = home_model.rows  # type: ignore[attr-defined]  # made from `shows`
    assert isinstance(rows, Rows)
    assert row_texts(rows, "leavesWith") == ["查询凭条", "提交凭条", "提交凭条", "盖章的证明"]


def test_an_equal_view_changes_nothing_and_a_changed_row_only_itself(qtbot: QtBot) -> None:
    model = HomeModel(lambda _, __: None)
    model.show(HOME)
    rows: Rows = model.rows  # type: ignore[attr-defined]
    with qtbot.assertNotEmitted(model.changed), qtbot.assertNotEmitted(rows.modelReset):
        model.show(replace(HOME))
    changed = replace(HOME, rows=(*HOME.rows[:3], replace(HOME.rows[3], readiness="现在就能办完")))
    with qtbot.assertNotEmitted(rows.modelReset), qtbot.waitSignal(rows.dataChanged) as told:
        model.show(changed)
    assert told.args is not None
    assert told.args[0].row() == told.args[1].row() == 3
    with qtbot.waitSignal(rows.modelReset):
        model.show(replace(HOME, rows=HOME.rows[:1]))
    assert row_texts(rows, "title") == ["养老待遇发放查询"]


def test_forgetting_leaves_nothing() -> None:
    model = HomeModel(lambda _, __: None)
    model.show(HOME)
    model.forget()
    rows: Rows = model.rows  # type: ignore[attr-defined]
    assert rows.rowCount() == 0
    assert model.property("pages") == 0


def test_a_wish_becomes_a_slot() -> None:
    wanted: list[tuple[Wish, str]] = []
    model = HomeModel(lambda wish, argument: wanted.append((wish, argument)))
    model.wantChooseMatter("pension")  # type: ignore[attr-defined]  # made from `wishes`
    model.wantNextPage()  # type: ignore[attr-defined]
    assert wanted == [(Wish.CHOOSE_MATTER, "pension"), (Wish.NEXT_PAGE, "")]


@dataclass(frozen=True)
class Strange:
    size: float


def test_a_field_of_another_kind_is_a_property_of_that_kind() -> None:
    class StrangeModel(Model):
        shows = Strange

    model = StrangeModel(lambda _, __: None)
    model.show(Strange(2.5))
    assert model.property("size") == pytest.approx(2.5)
