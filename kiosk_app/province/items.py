"""The items that this terminal shows: fetched, verified, kept, and there again without a network."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from contract.item_checks import decode_batch_document
from contract.items import ItemBatch
from contract.signing import Verifier
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import ErrorCode, Errors
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.province.client import ProvinceClient, SignedItems
from kiosk_app.province.connection import ConnectionState
from kiosk_app.province.outcomes import Answered
from kiosk_app.terminal.views import Connection
from offline_store.catalogue import ItemCatalogue
from offline_store.errors import StoreError

log = logging.getLogger("dianxiaoer.items")

LOOK_EVERY_S = 180.0


class ItemKeeper(ResilientService):
    """Holds the current batch. Thread-safe.

    Construction reads what the catalogue kept and verifies it again, so :meth:`current_batch` is good before
    the thread is started. A batch that cannot be verified, shown or run is refused with ``ITEM-001`` and
    changes nothing. ``on_change`` is called in this thread with each new batch.
    """

    def __init__(
        self,
        client: ProvinceClient,
        catalogue: ItemCatalogue,
        verifier: Verifier,
        clock: Clock,
        on_change: Callable[[ItemBatch], None],
        *,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        super().__init__("items", clock, Backoff(1.0, 60.0))
        self._client = client
        self._catalogue = catalogue
        self._on_change = on_change
        self._look_every_s = look_every_s
        self._fetch_backoff = Backoff(1.0, look_every_s, jitter=1.0)
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._who_waits: list[threading.Event] = []
        self._etag = ""
        self._problem: ErrorCode | None = None
        self._batch = _newest_verified(catalogue, verifier)

    def current_batch(self) -> ItemBatch | None:
        """The batch in use; None on a terminal that has never seen one."""
        with self._lock:
            return self._batch

    def problem(self) -> ErrorCode | None:
        """Why the last look brought nothing, or None when it did."""
        with self._lock:
            return self._problem

    def connection_changed(self, state: ConnectionState) -> None:
        """A listener for the connection monitor: looks at once when the platform is back."""
        if state.connection is Connection.CONNECTED:
            self.look_now()

    def look_now(self) -> None:
        """Asks for the batch now. Returns at once."""
        self._wake.set()

    def look_and_wait(self, timeout_s: float = 30.0) -> ErrorCode | None:
        """Asks for the batch now and waits for what comes of it: None, or what kept it from coming."""
        looked = threading.Event()
        with self._lock:
            self._who_waits.append(looked)
        self._wake.set()
        return self.problem() if self.clock.wait(looked, timeout_s) else Errors.PROVINCE_UNREACHABLE

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire."""

    def run(self) -> None:
        while True:
            self._wake.clear()
            if self.stopping.is_set():
                return
            with self._lock:
                who_waits, self._who_waits = self._who_waits, []
            try:
                rest_s = self._look()
            finally:
                for looked in who_waits:
                    looked.set()
            self.clock.wait(self._wake, rest_s)

    def tear_down(self) -> None:
        """Nothing to release."""

    def _look(self) -> float:
        """Asks once; returns the seconds to wait before the next time."""
        outcome = self._client.items(self._etag)
        if not isinstance(outcome, Answered):
            with self._lock:
                is_news, self._problem = outcome.error != self._problem, outcome.error
            if is_news:
                log.warning("items: %s %s; the batch in use stays", outcome.error, outcome.error.meaning)
            return self._fetch_backoff.failed()
        self._fetch_backoff.succeeded()
        self.healthy()
        if outcome.value is not None:
            self._take(outcome.value)
        with self._lock:
            self._problem = None
        return self._look_every_s

    def _take(self, signed: SignedItems) -> None:
        batch = signed.batch
        try:
            self._catalogue.put(batch.batch_id, signed.content, signed.signature, batch.effective_at)
        except StoreError as fault:
            raise TemporaryFaultError(str(fault)) from fault
        with self._lock:
            is_news = batch != self._batch
            self._batch, self._etag = batch, signed.etag
        if is_news:
            log.info("items: batch %s with %d items is in use", batch.batch_id, len(batch.items))
            self._on_change(batch)


def _newest_verified(catalogue: ItemCatalogue, verifier: Verifier) -> ItemBatch | None:
    for kept in (catalogue.current(), catalogue.previous()):
        if kept is not None and verifier.verifies(kept.content, kept.signature):
            try:
                return decode_batch_document(kept.content)
            except ValueError:  # kept by an older release, and no longer what this one can run
                log.warning("items: batch %s of the catalogue cannot be run by this release", kept.batch_id)
    return None
