"""What goes with every session: its note on the disk, empty printers before it, its end, and what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contract.session import Wiped
from contract.sets import WipedPart, WipeOutcome
from foundation.clock import Clock
from kiosk_app.composition.session_end import Holders, LastResort, SessionCloser
from kiosk_app.composition.sessions_left import SessionsLeft
from kiosk_app.operations.machine_restart import MachineRestart
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.sessions import SessionRecords
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.situation import Situation


@dataclass(frozen=True, slots=True)
class SessionKeeping:
    """Everything about sessions that outlives one. ``left`` is a service; ``close`` ends the rest."""

    records: SessionRecords
    last_resort: LastResort
    closer: SessionCloser
    left: SessionsLeft

    def give_up(self) -> None:
        """The program ends: no restart of the machine is waited for."""
        self.last_resort.stopping.set()

    def close(self) -> None:
        """What is being written is written first."""
        self.closer.close()
        self.records.close()


class SessionWatch:
    """An observer of the terminal's loop: sees a session begin."""

    def __init__(self, records: SessionRecords, holders: Holders) -> None:
        self._records = records
        self._spools = holders.spools
        self._session_id = ""

    def __call__(self, message: Message, now: Situation) -> None:
        """Looks at what one message has come to."""
        del message
        session = now.session
        if session is not None and session.session_id != self._session_id:
            self._session_id = session.session_id
            self._records.begun(session.session_id, session.started_at)
            self._spools.begin_session()


def keep_sessions(
    records: SessionRecords,
    restart: MachineRestart,
    holders: Holders,
    maker: EventMaker,
    clock: Clock,
    post: Callable[[Message], None],
    strays: int | None,
) -> SessionKeeping:
    """Builds it and starts nothing. ``strays`` is how many files without a case the start has removed."""
    restart.say_why()
    last_resort = LastResort(restart, records, clock, post)
    outcome = WipeOutcome.UNKNOWN if strays is None else WipeOutcome.DONE
    cleared = [
        Wiped(part=WipedPart.ATTACHMENTS, outcome=outcome, count=strays),
        holders.clear_temporary(),
    ]
    return SessionKeeping(
        records,
        last_resort,
        SessionCloser(holders, records, last_resort, maker, clock, post),
        SessionsLeft(records, last_resort, holders.spools, maker, clock, cleared),
    )
