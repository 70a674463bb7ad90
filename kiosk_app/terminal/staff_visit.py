"""A member of staff at the terminal: what the visit consists of, and what is asked and answered meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from contract.grants import VISIT_CODE_FIGURES, StaffRole
from contract.items import LocalText
from contract.sets import DeviceHealth
from foundation.errors import ErrorCode


class Errand(Enum):
    """What a member of staff can have the terminal do."""

    TEST_SLIP = "test_slip"
    """After a roll was put in too: what comes out says whether it is in the right way round."""
    REPORT = "report"
    RESEND = "resend"
    STOP_SERVICE = "stop_service"
    RESUME_SERVICE = "resume_service"
    RESTART = "restart"


MAY: dict[StaffRole, frozenset[Errand]] = {
    StaffRole.KEEPER: frozenset({Errand.TEST_SLIP}),
    StaffRole.TECHNICIAN: frozenset(Errand),
}


@dataclass(frozen=True, slots=True)
class DeviceStanding:
    """How one device is. ``device`` is its class, such as ``receipt_printer``."""

    device: str
    health: DeviceHealth
    error: str = ""


@dataclass(frozen=True, slots=True)
class MaintenanceBoard:
    """What somebody who mends the terminal looks at first. Nothing of a citizen is in it."""

    devices: tuple[DeviceStanding, ...]
    waiting: int
    oldest_age_s: float | None
    set_aside: int
    version: str
    batch: str
    certificate_until: str
    """The day, such as ``2027-05-31``."""
    stopped: bool
    """Whether a planned stop is in force."""


@dataclass(slots=True, repr=False)
class StaffVisit:
    """What of a visit the machine keeps. ``role`` is None until both factors were shown."""

    role: StaffRole | None = None
    staff_number: str = ""
    code_wanted: bool = False
    typed: str = ""
    busy: bool = False
    error: str = ""
    board: MaintenanceBoard | None = None
    said: LocalText | None = None
    """What came of the last errand, when it was done."""

    @property
    def complete(self) -> bool:
        """Whether all figures of the visit code were typed."""
        return len(self.typed) == VISIT_CODE_FIGURES

    def may(self, errand: Errand) -> bool:
        """Whether this role has it done, and whether there is anything to it now."""
        if self.role is None or errand not in MAY[self.role]:
            return False
        stopped = self.board is not None and self.board.stopped
        if errand is Errand.RESEND:
            return self.board is not None and self.board.set_aside > 0
        return errand is not (Errand.STOP_SERVICE if stopped else Errand.RESUME_SERVICE)


@dataclass(frozen=True, slots=True)
class GrantChecked:
    """Whether what was scanned lets somebody work here; then the visit code is wanted."""

    session_id: str
    error: ErrorCode | None


@dataclass(frozen=True, slots=True)
class StaffRecognised:
    """The visit code was right: who is here. Or it was not, and the error says what to do."""

    session_id: str
    role: StaffRole | None = None
    staff_number: str = ""
    error: ErrorCode | None = None


@dataclass(frozen=True, slots=True)
class ErrandDone:
    """What came of an errand: what was done in words, or why it was not."""

    session_id: str
    errand: Errand
    said: LocalText | None = None
    error: ErrorCode | None = None


@dataclass(frozen=True, slots=True)
class BoardRead:
    """How everything is now."""

    session_id: str
    board: MaintenanceBoard = field(repr=False)


StaffAnswer = GrantChecked | StaffRecognised | ErrandDone | BoardRead


class StaffDesk(Protocol):
    """What proves a member of staff and works for one. Every call returns at once."""

    def check_grant(self, session_id: str, payload: bytes) -> None:
        """Answered by GrantChecked."""

    def check_code(self, session_id: str, visit_code: str) -> None:
        """For the grant that was checked last; answered by StaffRecognised."""

    def look(self, session_id: str) -> None:
        """Answered by BoardRead, or by nothing when the board cannot be read now."""

    def do(self, session_id: str, errand: Errand) -> None:
        """Answered by ErrandDone."""

    def restart(self) -> None:
        """Ends the program in good order and begins it again."""
