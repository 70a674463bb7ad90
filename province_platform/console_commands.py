"""What an operator can do at the console."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from province_platform.faults import FaultChange, Faults
from province_platform.listener import Listener
from province_platform.platform import Platform
from province_platform.schema import terminals


async def turn_switches(platform: Platform, terminals_listener: Listener, change: FaultChange) -> Faults:
    """Turns fault switches; they act when this returns."""
    faults = platform.switches.turn(change)
    if faults.refuse:
        await terminals_listener.go_away()
    else:
        await terminals_listener.come_back()
    platform.feed.announce()
    return faults


def is_enrolled(connection: Connection, terminal_id: str) -> bool:
    """Whether there is such a terminal and its certificate was not withdrawn."""
    this = select(terminals).where(terminals.c.terminal_id == terminal_id, terminals.c.revoked_at.is_(None))
    return connection.execute(this).one_or_none() is not None


def revoke(connection: Connection, terminal_id: str, now: str) -> bool:
    """Withdraws a terminal's certificate from now on; false when there is no such terminal."""
    found = connection.execute(
        update(terminals)
        .where(terminals.c.terminal_id == terminal_id, terminals.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return found.rowcount == 1
