"""What the province publishes to every terminal beside items: fetched, verified, kept, there again offline.

The last two of each kind are kept as files, each with its signature, and verified again whenever they are
read: that something lies on the disk is no reason to trust it. They are public; nothing of them is secret.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

from contract.operations import Operation
from contract.signing import Verifier
from foundation.atomic_files import write_atomically
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import ErrorCode
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.province.client import PlatformCalls, SignedBytes
from kiosk_app.province.connection import ConnectionState
from kiosk_app.province.outcomes import Answered
from kiosk_app.terminal.views import Connection

log = logging.getLogger("dianxiaoer.publications")

DocumentT = TypeVar("DocumentT")


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One file: the exact bytes and the signature over them."""

    content: bytes
    signature: str
    etag: str


@dataclass(frozen=True, slots=True)
class Publication(Generic[DocumentT]):
    """One kind of document. ``read`` raises ``ValueError`` that says in words what is wrong with it.

    ``refused`` is the error when it cannot be used. ``take`` gets each new document, and the kept one at the
    start; it must return at once.
    """

    operation: Operation
    read: Callable[[bytes], DocumentT]
    refused: ErrorCode
    take: Callable[[DocumentT], None]
    look_every_s: float
    headers: Callable[[], Mapping[str, str]] = dict
    """What goes with each question."""


class Follower(Generic[DocumentT]):
    """Follows one publication, and keeps its last two. Used by one thread at a time.

    ``tell`` hears after each answer whether what is published cannot be used, and why (empty: it can).
    """

    def __init__(
        self,
        calls: PlatformCalls,
        publication: Publication[DocumentT],
        folder: Path,
        verifier: Verifier,
        tell: Callable[[ErrorCode, str], None],
    ) -> None:
        self.publication = publication
        self._calls = calls
        self._tell = tell
        name = publication.operation.name
        self._current, self._previous = folder / f"{name}.json", folder / f"{name}.previous.json"
        self._verifier = verifier
        self._etag = ""
        self._why = ""

    @property
    def look_every_s(self) -> float:
        """How long to rest after an answer."""
        return self.publication.look_every_s

    def take_kept(self) -> None:
        """Takes the newest of those on the disk that is the province's and that this release can use."""
        for file in (self._current, self._previous):
            kept = _read(file)
            if kept is None or not self._verifier.verifies(kept.content, kept.signature):
                if file.exists():
                    self._refuse(f"{file.name} was changed on the disk")
                continue
            try:
                document = self.publication.read(kept.content)
            except (ValueError, RecursionError):  # kept by another release
                log.warning("%s: what is kept in %s cannot be used", self._name, file.name)
                continue
            self._etag = kept.etag if file is self._current else ""
            self.publication.take(document)
            return

    def look(self) -> bool:
        """Asks once and takes what is new; whether the province answered."""
        outcome = self._calls.published(
            self.publication.operation,
            self._etag,
            self._verifier,
            self.publication.refused,
            self.publication.headers(),
        )
        if not isinstance(outcome, Answered):
            if outcome.error is self.publication.refused:
                self._refuse("its signature is not the province's")
            return False
        if outcome.value is None:
            self._tell(self.publication.refused, self._why)
            return True
        # Also of what is refused: it is not fetched again until it is another one.
        self._etag = outcome.value.etag
        try:
            document = self.publication.read(outcome.value.content)
        except (ValueError, RecursionError) as problem:
            self._refuse(str(problem))
            return True
        self._keep(outcome.value)
        log.info("%s: another one is in force", self._name)
        self._why = ""
        self._tell(self.publication.refused, "")
        self.publication.take(document)
        return True

    def _refuse(self, why: str) -> None:
        if why != self._why:
            log.warning("%s: refused, the one in use stays: %s", self._name, why)
        self._why = why
        self._tell(self.publication.refused, why)

    def _keep(self, signed: SignedBytes) -> None:
        """The one before goes aside first: at no moment is there none."""
        kept = _Kept(content=signed.content, signature=signed.signature, etag=signed.etag)
        before = _read(self._current)
        try:
            if before is not None and before.content != signed.content:
                write_atomically(self._previous, msgspec.json.encode(before))
            write_atomically(self._current, msgspec.json.encode(kept))
        except OSError as fault:
            raise TemporaryFaultError(f"{self._name} cannot be kept: {fault.strerror}") from fault

    @property
    def _name(self) -> str:
        return self.publication.operation.name


class Following(Protocol):
    """Who follows one thing that the province says."""

    @property
    def look_every_s(self) -> float:
        """How long to rest after an answer."""

    def look(self) -> bool:
        """Asks once and takes what is new; whether the province answered."""


class PublicationKeeper(ResilientService):
    """Looks for what is new, each thing in its own rhythm and all at once when the line is back."""

    def __init__(self, followers: Sequence[Following], clock: Clock) -> None:
        super().__init__("publications", clock, Backoff(1.0, 60.0))
        self._followers = followers
        self._wake = threading.Event()
        self._due_s = [0.0 for _ in followers]
        self._backoffs = [Backoff(1.0, follower.look_every_s, jitter=1.0) for follower in followers]

    def connection_changed(self, state: ConnectionState) -> None:
        """A listener for the connection monitor."""
        if state.connection is Connection.CONNECTED:
            self.look_now()

    def look_now(self) -> None:
        """Asks for everything now. Returns at once."""
        self._wake.set()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire."""

    def run(self) -> None:
        while not self.stopping.is_set():
            if self._wake.is_set():
                self._wake.clear()
                self._due_s = [0.0 for _ in self._followers]
            for number, follower in enumerate(self._followers):
                if self._due_s[number] <= self.clock.monotonic_s() and not self.stopping.is_set():
                    self._look(number, follower)
            self.clock.wait(self._wake, max(0.0, min(self._due_s) - self.clock.monotonic_s()))

    def tear_down(self) -> None:
        """Nothing to release."""

    def _look(self, number: int, follower: Following) -> None:
        backoff = self._backoffs[number]
        if follower.look():
            backoff.succeeded()
            self.healthy()
            rest_s = follower.look_every_s
        else:
            rest_s = backoff.failed()
        self._due_s[number] = self.clock.monotonic_s() + rest_s


def _read(file: Path) -> _Kept | None:
    """What was kept there; None when it cannot be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError):
        return None
