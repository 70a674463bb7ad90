"""The province hears which matters a terminal can finish, as often as that changes and no oftener."""

from __future__ import annotations

from contract.items import LocalText
from contract.places import MatterReport
from contract.sets import Finish
from kiosk_app.reporting.matters import MatterWatch
from kiosk_app.terminal.messages import CapabilitiesChanged, OrdersChanged, ServicesChanged, Tick
from kiosk_app.terminal.views import Connection
from tests.fakes import items
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk


def of(told: tuple[MatterReport, ...], code: str) -> tuple[Finish, str]:
    """What was told of one matter."""
    return next((each.finish, each.reason) for each in told if each.item_code == code)


def test_what_changes_is_told_once_with_its_reason() -> None:
    told: list[tuple[MatterReport, ...]] = []
    kiosk = Kiosk(observe=MatterWatch(told.append))
    assert of(told[-1], items.QUERY) == (Finish.HERE, "")
    assert of(told[-1], items.NOT_HERE) == (Finish.NOT_HERE, "without_fingerprint")
    before = len(told)
    kiosk.says(Tick(), CapabilitiesChanged(ALL_CAPABILITIES, demonstration=False))
    assert len(told) == before
    kiosk.says(CapabilitiesChanged(frozenset({"card", "code"}), demonstration=False))
    assert of(told[-1], items.QUERY) == (Finish.HERE, "slip_on_screen")
    kiosk.says(OrdersChanged(None, "", {items.QUERY: LocalText("系统维护", "maintenance")}))
    assert of(told[-1], items.QUERY) == (Finish.NOT_HERE, "suspended")


def test_a_line_that_comes_and_goes_is_no_news_of_the_machine() -> None:
    told: list[tuple[MatterReport, ...]] = []
    kiosk = Kiosk(observe=MatterWatch(told.append))
    before = len(told)
    kiosk.connection(Connection.OFFLINE)
    kiosk.says(CapabilitiesChanged(ALL_CAPABILITIES, demonstration=False))
    kiosk.says(ServicesChanged({"query": kiosk.clock.monotonic_s() + 20.0}))
    kiosk.says(CapabilitiesChanged(ALL_CAPABILITIES, demonstration=False))
    assert len(told) == before
