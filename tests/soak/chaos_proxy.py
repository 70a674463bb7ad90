"""A proxy between terminals and their platform that carries bytes, and sometimes carries them badly.

It cannot read what it carries (mutual TLS ends at both ends); what it does to a request it does to the bytes
of a connection: late, not at all for long, cut in the middle, or carried to the platform and the answer
thrown away, so that the platform has committed what the terminal does not know.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from enum import Enum
from types import TracebackType
from typing import Self

DELAY_S = 0.8
STALL_S = 20.0
HANDSHAKE_BYTES = 4096
"""What a terminal sends in a handshake of mutual TLS stays below this; later bytes are requests."""
_CHUNK_BYTES = 64 * 1024


class Mischief(Enum):
    """What becomes of one chunk from the terminal."""

    NONE = "carried"
    DELAY = "delayed"
    STALL = "stalled"
    CUT = "cut"
    DROP_ANSWER = "answer dropped"


_ODDS = {
    Mischief.NONE: 60,
    Mischief.DELAY: 20,
    Mischief.CUT: 8,
    Mischief.DROP_ANSWER: 10,
    Mischief.STALL: 2,
}


class ChaosProxy:
    """Runs in a thread of its own while it is entered; good-natured until :meth:`begin`."""

    def __init__(self, host: str, target: tuple[str, int], seed: int) -> None:
        self._host = host
        self._target = target
        self._whim = random.Random(seed)
        self._bad = False
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="chaos proxy")
        self.port = 0
        self.done: Counter[str] = Counter()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    def begin(self) -> None:
        """From now on it carries badly."""
        self._bad = True

    def mend(self) -> None:
        """From now on it carries well."""
        self._bad = False

    async def _serve(self) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connected, self._host, 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._closing.wait()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            there_reader, there_writer = await asyncio.open_connection(*self._target)
            dropping = asyncio.Event()
            back = asyncio.create_task(self._back(there_reader, writer, dropping))
            try:
                await self._forth(reader, there_writer, dropping)
            finally:
                back.cancel()
                await asyncio.gather(back, return_exceptions=True)
                there_writer.transport.abort()
        except OSError:
            self.done["connection lost"] += 1
        except asyncio.CancelledError:
            return  # the soak is over; asyncio would say at length that a connection of its own was cancelled
        finally:
            self._connections.discard(task)
            writer.transport.abort()

    async def _forth(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, dropping: asyncio.Event
    ) -> None:
        seen = 0
        while chunk := await reader.read(_CHUNK_BYTES):
            seen += len(chunk)
            mischief = self._choose() if seen > HANDSHAKE_BYTES else Mischief.NONE
            self.done[mischief.value] += 1
            if mischief is Mischief.CUT:
                writer.write(chunk[: len(chunk) // 2])
                await writer.drain()
                return
            if mischief is Mischief.STALL:
                await asyncio.sleep(STALL_S)
                return
            if mischief is Mischief.DELAY:
                await asyncio.sleep(DELAY_S)
            if mischief is Mischief.DROP_ANSWER:
                dropping.set()
            writer.write(chunk)
            await writer.drain()

    async def _back(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, dropping: asyncio.Event
    ) -> None:
        while chunk := await reader.read(_CHUNK_BYTES):
            if dropping.is_set():
                writer.transport.abort()
                return
            writer.write(chunk)
            await writer.drain()
        writer.transport.abort()

    def _choose(self) -> Mischief:
        if not self._bad:
            return Mischief.NONE
        return self._whim.choices(list(_ODDS), list(_ODDS.values()))[0]
