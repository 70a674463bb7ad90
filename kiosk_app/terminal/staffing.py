"""The way of technicians and keepers: a grant, its visit code, and then what there is to see and to do.

A visit is a session like any other: limits, wipe and record are those of a citizen's. Nobody's matter is
under way in it.
"""

from __future__ import annotations

from collections.abc import Callable

from contract.grants import VISIT_CODE_FIGURES
from contract.sets import WayOut
from foundation.errors import Errors
from kiosk_app.terminal.messages import CodeReading, CodeTrouble, DeviceMessage
from kiosk_app.terminal.staff_visit import (
    BoardRead,
    Errand,
    ErrandDone,
    GrantChecked,
    StaffAnswer,
    StaffRecognised,
    StaffVisit,
)
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen

_NOTHING_TO_TYPE = (Errors.STAFF_LOCKED, Errors.STAFF_GRANT_REFUSED)


class Staffing:
    """The part of the conversation with staff. ``end`` ends the session."""

    def __init__(self, stage: Stage, end: Callable[[WayOut], None]) -> None:
        self._stage = stage
        self._end = end

    def begin(self) -> None:
        """Asks for a grant; not in the middle of what a citizen does."""
        session = self._stage.session
        if session.lets_staff_in:
            session.staff = StaffVisit()
            self._stage.now.help_from = None
            self._stage.go(Screen.STAFF_SIGN_IN)

    def back(self) -> None:
        """Whoever came here by mistake goes back to what she came from."""
        session = self._stage.session
        session.staff = None
        if self._stage.now.serves:
            self._stage.go(Screen.HOME, forward=False)
        else:
            self._end(WayOut.CANCELLED)

    def heard(self, message: DeviceMessage) -> None:
        """A device has something to say while a grant is waited for."""
        visit = self._visit
        if visit is None or visit.busy or visit.code_wanted:
            return
        if isinstance(message, CodeReading):
            visit.busy, visit.error = True, ""
            session_id = self._stage.session.session_id
            self._stage.session.note(message.payload.decode("ascii", "replace"))
            self._stage.desk.staff.check_grant(session_id, message.payload)
        elif isinstance(message, CodeTrouble):
            visit.error = message.error.code

    def key(self, key: str) -> None:
        """One key of the pad."""
        visit = self._visit
        if visit is None or visit.busy or not visit.code_wanted:
            return
        if key == "delete":
            visit.typed = visit.typed[:-1]
        elif key == "clear":
            visit.typed = ""
        elif key.isdecimal() and len(visit.typed) < VISIT_CODE_FIGURES:
            visit.typed += key
            visit.error = ""

    def go_on(self) -> None:
        """The visit code is complete."""
        visit = self._visit
        if visit is None or visit.busy or not visit.complete:
            return
        visit.busy, code, visit.typed = True, visit.typed, ""
        session = self._stage.session
        session.note(code)
        self._stage.desk.staff.check_code(session.session_id, code)

    def choose(self, errand: str) -> None:
        """Has something done; one thing after the other."""
        visit = self._visit
        wanted = next((each for each in Errand if each.value == errand), None)
        if visit is None or visit.busy or wanted is None or not visit.may(wanted):
            return
        visit.error, visit.said = "", None
        if wanted is Errand.RESTART:
            self._stage.now.restart_wanted = True
            self._end(WayOut.DONE)
        else:
            visit.busy = True
            self._stage.desk.staff.do(self._stage.session.session_id, wanted)

    def answered(self, answer: StaffAnswer) -> None:
        """What was asked for is there."""
        visit = self._visit
        if visit is None:
            return
        match answer:
            case BoardRead():
                visit.board = answer.board
                return
            case GrantChecked():
                visit.code_wanted = answer.error is None
            case StaffRecognised() if answer.role is not None:
                visit.role, visit.staff_number = answer.role, answer.staff_number
                self._stage.session.by_staff = True
                self._stage.arrive(Screen.STAFF)
                self.look()
            case StaffRecognised():
                visit.code_wanted = answer.error not in _NOTHING_TO_TYPE
            case ErrandDone():
                visit.said = answer.said
                self.look()
        visit.busy = False
        visit.error = answer.error.code if answer.error is not None else ""

    def look(self) -> None:
        """Something about the terminal is otherwise: the board is read anew, while somebody looks at it."""
        visit = self._visit
        if visit is not None and visit.role is not None:
            self._stage.desk.staff.look(self._stage.session.session_id)

    @property
    def _visit(self) -> StaffVisit | None:
        session = self._stage.now.session
        return session.staff if session is not None else None
