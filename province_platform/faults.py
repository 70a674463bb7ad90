"""Fault switches: what goes wrong on purpose, so that others can prove that they bear it. Off by default."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec


class Faults(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The position of every switch. They act on the terminals' listener only, never on the console."""

    refuse: bool = False
    """Nothing listens: connections are refused, and those that stood are cut."""
    slow_ms: Annotated[int, msgspec.Meta(ge=0, le=600_000)] = 0
    """Every call waits so long before it is answered."""
    error_500: bool = False
    """Every call is answered with 500 and a page of HTML, as a proxy in front of a dead service does."""
    drop_answer_after_commit: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    """So many batches of events, or pieces of a file, are stored, and the connection is cut instead of the
    answer."""
    face_service_down: bool = False
    """The service behind the platform that compares faces does not answer."""


class FaultChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Some of the switches; those that are not named stay."""

    refuse: bool | None = None
    slow_ms: Annotated[int, msgspec.Meta(ge=0, le=600_000)] | None = None
    error_500: bool | None = None
    drop_answer_after_commit: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | None = None
    face_service_down: bool | None = None


class FaultSwitches:
    """Holds the switches. Belongs to the event loop: call it from there only."""

    def __init__(self) -> None:
        self._faults = Faults()
        self._turned = asyncio.Event()

    @property
    def now(self) -> Faults:
        """Where every switch stands."""
        return self._faults

    def turn(self, change: FaultChange) -> Faults:
        """Turns the switches that ``change`` names. Who waits in :meth:`be_slow` starts over."""
        named = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
        self._faults = msgspec.structs.replace(self._faults, **named)
        self._turned.set()
        self._turned = asyncio.Event()
        return self._faults

    async def be_slow(self) -> None:
        """Waits as long as the switch says; ends at once when it is turned off."""
        while self._faults.slow_ms:
            try:
                await asyncio.wait_for(self._turned.wait(), self._faults.slow_ms / 1000)
            except TimeoutError:
                return

    def take_dropped_answer(self) -> bool:
        """Whether this answer is to be dropped; counts down."""
        left = self._faults.drop_answer_after_commit
        if left:
            self._faults = msgspec.structs.replace(self._faults, drop_answer_after_commit=left - 1)
        return left > 0
