"""Looks whether the day of a case has passed that a terminal named and that never came."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.lifecycle import ResilientService, TemporaryFaultError
from province_platform.database import Database
from province_platform.undelivered import UndeliveredBook

LOOK_EVERY_S = 60.0


class UndeliveredWatch(ResilientService):
    """Opens undelivered cases when their day is over, in a thread of its own, which calls ``announce``."""

    def __init__(self, database: Database, clock: Clock, announce: Callable[[], object]) -> None:
        super().__init__("undelivered watch", clock, Backoff(1.0, LOOK_EVERY_S))
        self._database = database
        self._announce = announce

    def set_up(self) -> None:
        """Nothing to acquire: the database is handed in open."""

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                if self._database.ask(self._is_something_overdue) and self._database.change(self._open):
                    self._announce()
            except SQLAlchemyError as fault:
                raise TemporaryFaultError(type(fault).__name__) from fault
            self.healthy()
            self.clock.wait(self.stopping, LOOK_EVERY_S)

    def tear_down(self) -> None:
        """Nothing to release."""

    def _is_something_overdue(self, connection: Connection) -> bool:
        return bool(UndeliveredBook(connection, self.clock.utc_now()).overdue())

    def _open(self, connection: Connection) -> int:
        return UndeliveredBook(connection, self.clock.utc_now()).open_overdue()
