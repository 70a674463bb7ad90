"""Staff of a terminal: what they show, and a real desk that recognises them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contract.grants import StaffRole, make_grant
from contract.items import LocalText
from contract.sealing import make_private_key
from contract.sets import CommandVerb, DeviceHealth
from contract.signing import Signer, Verifier
from foundation.clock import Clock
from kiosk_app.operations.command_desk import Verb
from kiosk_app.operations.staff_desk import StaffDesk, ThisTerminal, Workshop
from kiosk_app.operations.staff_lockout import StaffLockout
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.staff_visit import (
    BoardRead,
    DeviceStanding,
    Errand,
    GrantChecked,
    MaintenanceBoard,
    StaffRecognised,
)

if TYPE_CHECKING:
    from tests.fakes.calls import Call

BOARD = MaintenanceBoard(
    devices=(
        DeviceStanding("id_card_reader", DeviceHealth.OK),
        DeviceStanding("receipt_printer", DeviceHealth.DEGRADED, "PRNT-002"),
    ),
    waiting=3,
    oldest_age_s=720.0,
    set_aside=1,
    version="1.0",
    batch="2026-11",
    certificate_until="2027-05-31",
    stopped=False,
)


@dataclass
class Province:
    """Whoever gives grants."""

    signer: Signer = field(default_factory=lambda: Signer(make_private_key()))

    def grant(
        self,
        now: datetime,
        role: StaffRole = StaffRole.TECHNICIAN,
        *,
        place: str = "terminal/hubei-20001",
        hours: float = 8,
    ) -> tuple[str, str]:
        """The text of a grant that is good from now on, and its visit code."""
        grant, visit_code = make_grant(self.signer, "WH-1024", role, place, now, now + timedelta(hours=hours))
        return grant.text(), visit_code


@dataclass
class Bench:
    """What the desk has done, and what it works with."""

    board: MaintenanceBoard = BOARD
    locked: list[bool] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    restarts: int = 0

    def restart(self) -> None:
        self.restarts += 1


def a_staff_desk(
    post: Callable[[Message], None],
    clock: Clock,
    province: Province | None = None,
    bench: Bench | None = None,
    *,
    folder: Path | None = None,
    verbs: Mapping[CommandVerb, Verb] | None = None,
) -> StaffDesk:
    """A desk of terminal hubei-20001 at site WH-WC-001."""
    bench = bench or Bench()
    public_key = (province or Province()).signer.public_key()
    file = (folder or Path(tempfile.gettempdir()) / "nothing-is-kept-here") / "lockout.json"
    return StaffDesk(
        ThisTerminal("hubei-20001", "WH-WC-001", Verifier(public_key), bench.blocked.__contains__),
        StaffLockout(file, clock),
        Workshop(
            verbs or {},
            lambda: bench.board,
            bench.restart,
            LocalText("技术员正在维护。", "A technician is at work."),
            bench.locked.append,
        ),
        clock,
        post,
    )


GRANT, VISIT_CODE = b"DXG1.a-grant", "60057166"


def answers(
    role: StaffRole = StaffRole.TECHNICIAN, board: MaintenanceBoard = BOARD
) -> dict[str, Callable[[Call], list[Message]]]:
    """What the scripted desk says to a member of staff who has both factors right."""
    return {
        "check_grant": lambda call: [GrantChecked(call.session_id, None)],
        "check_code": lambda call: [StaffRecognised(call.session_id, role, "WH-1024")],
        "look_at_board": lambda call: [BoardRead(call.session_id, board)],
    }


@dataclass(frozen=True)
class ScriptedStaff:
    """The room of the scripted desk (tests/fakes/desk.py) that works for staff."""

    asked: Callable[[str, str, Any], None]

    def check_grant(self, session_id: str, payload: bytes) -> None:
        self.asked("check_grant", session_id, payload)

    def check_code(self, session_id: str, visit_code: str) -> None:
        self.asked("check_code", session_id, visit_code)

    def look(self, session_id: str) -> None:
        self.asked("look_at_board", session_id, None)

    def do(self, session_id: str, errand: Errand) -> None:
        self.asked("do_errand", session_id, errand)

    def restart(self) -> None:
        self.asked("restart", "", None)
