"""Gaps in the sequence of a stream: numbers that have not come although later ones have.

Rows may come out of order (one that failed steps back), so a gap closes when its number arrives.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select, update

from province_platform.schema import gaps, stream_heads

LARGEST_SEQUENCE = 2**63 - 1
"""What a BIGINT holds."""


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from ``first`` to ``last``, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What has come of one stream: all up to ``highest`` but the ``missing`` spans (apart and ascending)."""

    highest: int = 0
    missing: tuple[Span, ...] = ()

    def with_span(self, arrived: Span) -> Seen:
        """The same after the numbers of ``arrived`` have come."""
        missing: list[Span] = []
        for gap in self.missing:
            before = Span(gap.first, min(gap.last, arrived.first - 1))
            after = Span(max(gap.first, arrived.last + 1), gap.last)
            missing += [part for part in (before, after) if part.first <= part.last]
        if arrived.first > self.highest + 1:
            missing.append(Span(self.highest + 1, arrived.first - 1))
        return Seen(max(self.highest, arrived.last), tuple(missing))


class SequenceBook:
    """What has come of each stream of one terminal, within one transaction. :meth:`write` at its end."""

    def __init__(self, connection: Connection, terminal_id: str) -> None:
        self._connection = connection
        self._terminal_id = terminal_id
        self._before: dict[tuple[str, str], Seen] = {}
        self._now: dict[tuple[str, str], Seen] = {}

    def arrived(self, store_id: str, stream: str, span: Span) -> None:
        """Notes that these numbers have come."""
        key = store_id, stream
        if key not in self._now:
            self._before[key] = self._now[key] = self._read(key)
        self._now[key] = self._now[key].with_span(span)

    def write(self) -> None:
        """Puts down what has changed."""
        for key, now in self._now.items():
            before = self._before[key]
            if now.highest != before.highest:
                self._write_head(key, before, now)
            for gap in set(before.missing) - set(now.missing):
                self._connection.execute(delete(gaps).where(self._of(gaps, key), gaps.c.first == gap.first))
            for gap in set(now.missing) - set(before.missing):
                self._connection.execute(
                    insert(gaps).values(**self._names(key), first=gap.first, last=gap.last)
                )

    def _read(self, key: tuple[str, str]) -> Seen:
        head = self._connection.scalar(select(stream_heads.c.highest).where(self._of(stream_heads, key)))
        rows = self._connection.execute(
            select(gaps.c.first, gaps.c.last).where(self._of(gaps, key)).order_by(gaps.c.first)
        )
        return Seen(head or 0, tuple(Span(row.first, row.last) for row in rows))

    def _write_head(self, key: tuple[str, str], before: Seen, now: Seen) -> None:
        if before.highest == 0:
            self._connection.execute(insert(stream_heads).values(**self._names(key), highest=now.highest))
        else:
            self._connection.execute(
                update(stream_heads).where(self._of(stream_heads, key)).values(highest=now.highest)
            )

    def _names(self, key: tuple[str, str]) -> dict[str, str]:
        return {"terminal_id": self._terminal_id, "store_id": key[0], "stream": key[1]}

    def _of(self, table: Table, key: tuple[str, str]) -> ColumnElement[bool]:
        return and_(*(table.c[name] == value for name, value in self._names(key).items()))
