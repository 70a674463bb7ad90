"""Wakes the one terminal that waits for its commands, and nobody else."""

from __future__ import annotations

import asyncio


class Mailboxes:
    """One bell for each terminal that waits; what is for it stands in the database. Of the event loop."""

    def __init__(self) -> None:
        self._bells: dict[str, asyncio.Event] = {}
        self.closed = False

    def bell(self, terminal_id: str) -> asyncio.Event:
        """What to wait for; taken *before* the database is asked, so that nothing falls in between."""
        return self._bells.setdefault(terminal_id, asyncio.Event())

    def ring(self, terminal_id: str) -> None:
        """Something is there for this terminal."""
        bell = self._bells.pop(terminal_id, None)
        if bell is not None:
            bell.set()

    def close(self) -> None:
        """Ends every wait; who sees ``closed`` begins no other."""
        self.closed = True
        for terminal_id in list(self._bells):
            self.ring(terminal_id)

    @staticmethod
    async def wait(bell: asyncio.Event, timeout_s: float) -> bool:
        """Until the bell rings (true) or the time has passed (false)."""
        try:
            await asyncio.wait_for(bell.wait(), timeout_s)
        except TimeoutError:
            return False
        return True
