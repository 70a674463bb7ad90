"""The places around this terminal, as the province says: asked for, kept, and there again offline."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import msgspec

from contract import operations
from contract.places import NearbyPlaces
from foundation.atomic_files import write_atomically
from foundation.lifecycle import TemporaryFaultError
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.outcomes import Answered, Refused

log = logging.getLogger("dianxiaoer.neighbours")

LOOK_EVERY_S = 300.0


class NeighbourFollower:
    """Follows what the province says of the places around. Used by one thread at a time.

    ``take`` gets each answer, and at the start the one that is on the disk, as old as it may be: the answer
    says of what time it is. It must return at once. The file is no secret and has nobody in it.
    """

    look_every_s = LOOK_EVERY_S

    def __init__(self, calls: PlatformCalls, file: Path, take: Callable[[NearbyPlaces], None]) -> None:
        self._calls = calls
        self._file = file
        self._take = take

    def take_kept(self) -> None:
        """Takes what was heard last, if it can be read."""
        try:
            kept = msgspec.json.decode(self._file.read_bytes(), type=NearbyPlaces)
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError) as problem:
            log.warning("the places around cannot be read: %s", type(problem).__name__)
            return
        self._take(kept)

    def look(self) -> bool:
        """Asks once; whether the province answered. Raises ``TemporaryFaultError`` where the disk fails.

        A platform that does not know the question has answered it: there are no places to tell of.
        """
        outcome = self._calls.call(operations.PLACES)
        if isinstance(outcome, Answered):
            self._take(outcome.value)
            try:
                write_atomically(self._file, msgspec.json.encode(outcome.value))
            except OSError as fault:
                raise TemporaryFaultError(f"the places around cannot be kept: {fault.strerror}") from fault
        return isinstance(outcome, Answered | Refused)
