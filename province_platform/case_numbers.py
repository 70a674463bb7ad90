"""办件编号: 43 characters = 实施编码 31 + YYYYMMDD 8 + 4 running for each day and task (field practice)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, insert, select, update

from foundation.clock import in_china
from province_platform.schema import case_numbers

TASK_CODE_LENGTH = 31
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIGURES_ONLY = 9_999
_FIRST_WITH_LETTER = 10 * 36**3
"""``A000`` in base 36."""


def next_case_number(connection: Connection, task_code: str, now: datetime) -> str | None:
    """The next number of this task today (in Hubei), taken in the caller's transaction.

    None when the day's numbers are used up.
    """
    day = f"{in_china(now):%Y%m%d}"
    this = and_(case_numbers.c.task_code == task_code, case_numbers.c.day == day)
    used = connection.scalar(select(case_numbers.c.used).where(this))
    running = running_part((used or 0) + 1)
    if running is None:
        return None
    if used is None:
        connection.execute(insert(case_numbers).values(task_code=task_code, day=day, used=1))
    else:
        connection.execute(update(case_numbers).where(this).values(used=used + 1))
    return f"{task_code}{day}{running}"


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
