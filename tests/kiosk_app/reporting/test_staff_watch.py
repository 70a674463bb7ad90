"""Who works at a terminal stands in its audit trail, and the province sees 维护 meanwhile."""

from __future__ import annotations

from contract.grants import StaffRole
from foundation.errors import Errors
from kiosk_app.reporting.staff_watch import StaffWatch
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.staff_visit import Errand, ErrandDone, GrantChecked, StaffRecognised
from tests.fakes.kiosk import Kiosk


class Trail:
    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []

    def record(self, kind: str, outcome: str, subject: str = "", *, closes: bool = False) -> None:
        assert subject.startswith("session/")
        self.entries.append((kind, outcome))


def test_every_step_of_a_visit_is_traceable_and_its_time_is_maintenance() -> None:
    trail, told = Trail(), list[bool]()
    kiosk = Kiosk(observe=StaffWatch(trail, told.append))
    kiosk.tap(Wish.TOUCH)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.STAFF)
    session = kiosk.situation.session
    assert session is not None
    name = session.session_id
    kiosk.show_code(b"DXG1.a-grant")
    kiosk.says(GrantChecked(name, Errors.STAFF_GRANT_EXPIRED))
    kiosk.says(GrantChecked(name, None))
    kiosk.says(StaffRecognised(name, error=Errors.STAFF_CODE_WRONG))
    assert told == []
    kiosk.says(StaffRecognised(name, StaffRole.KEEPER, "WH-1024"))
    assert told == [True]
    kiosk.says(ErrandDone(name, Errand.TEST_SLIP))
    kiosk.tap(Wish.END)
    assert told == [True, False]
    assert trail.entries == [
        ("visit.grant", "staf-002"),
        ("visit.code", "staf-003"),
        ("visit.keeper", "staff/wh-1024"),
        ("visit.test_slip", "done"),
    ]
