"""办件编号: 43 characters = 实施编码 31 + YYYYMMDD 8 + 4 running for each day and task (field practice)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from foundation.clock import in_china
from province_platform.schema import case_numbers

TASK_CODE_LENGTH = 31
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIGURES_ONLY = 9_999
_FIRST_WITH_LETTER = 10 * 36**3
"""``A000`` in base 36."""


class CaseNumbers:
    """The numbers of one day (in Hubei), taken within one transaction. :meth:`write` at its end."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._day = f"{in_china(now):%Y%m%d}"
        self._before: dict[str, int] = {}
        self._used: dict[str, int] = {}

    def take(self, task_code: str) -> str | None:
        """The next number of this task; None when the day's numbers are used up."""
        if task_code not in self._used:
            self._before[task_code] = self._used[task_code] = self._read(task_code)
        running = running_part(self._used[task_code] + 1)
        if running is None:
            return None
        self._used[task_code] += 1
        return f"{task_code}{self._day}{running}"

    def write(self) -> None:
        """Puts down how many are used."""
        for task_code, used in self._used.items():
            before = self._before[task_code]
            if used == before:
                continue
            if before == 0:
                row = insert(case_numbers).values(task_code=task_code, day=self._day, used=used)
                self._connection.execute(row)
            else:
                self._connection.execute(update(case_numbers).where(self._of(task_code)).values(used=used))
            self._before[task_code] = used

    def _read(self, task_code: str) -> int:
        return self._connection.scalar(select(case_numbers.c.used).where(self._of(task_code))) or 0

    def _of(self, task_code: str) -> ColumnElement[bool]:
        return and_(case_numbers.c.task_code == task_code, case_numbers.c.day == self._day)


def running_part(ordinal: int) -> str | None:
    """``0001`` to ``9999``, then ``A000`` to ``ZZZZ``: a busy day needs more than four figures can count.

    None after the last.
    """
    if ordinal <= _FIGURES_ONLY:
        return f"{ordinal:04d}"
    value = _FIRST_WITH_LETTER + ordinal - _FIGURES_ONLY - 1
    if value >= 36**4:
        return None
    return "".join(_ALPHABET[value // 36**place % 36] for place in (3, 2, 1, 0))
