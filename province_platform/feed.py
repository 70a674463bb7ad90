"""Wakes those who watch: the console's streams of server-sent events."""

from __future__ import annotations

import asyncio


class Feed:
    """Says that something is new; what it is, is in the database. Belongs to the event loop.

    Nothing is queued for anybody, so a slow watcher costs nothing and misses nothing: it asks the database
    for what came after the position that it knows.
    """

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self.closed = False

    def announce(self) -> None:
        """Wakes every watcher."""
        self._news.set()
        self._news = asyncio.Event()

    def close(self) -> None:
        """Wakes every watcher for the last time: it is to end."""
        self.closed = True
        self.announce()

    def ticket(self) -> asyncio.Event:
        """What to wait for. Taken *before* the database is asked, so that nothing falls in between."""
        return self._news

    async def wait(self, ticket: asyncio.Event, timeout_s: float) -> bool:
        """Until there is news (true) or the time has passed (false)."""
        try:
            await asyncio.wait_for(ticket.wait(), timeout_s)
        except TimeoutError:
            return False
        return True
