"""What keeps a form that was begun: sealed under a key that only the same person's sign-in brings back.

The key is derived from her number, is here while she is, and goes with the session. Losing a draft loses
nothing that was promised: where the disk fails she is told nothing of one, and asked from the beginning.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import msgspec

from foundation.clock import Clock, in_china
from kiosk_app.matters.drafting import Draft
from kiosk_app.terminal.answers import DraftFound, DraftKept
from kiosk_app.terminal.machine import Message
from offline_store.database import Transaction
from offline_store.drafts import DraftOwner, Drafts
from offline_store.errors import StoreError

log = logging.getLogger("dianxiaoer.drafts")

_DAY_S = 24 * 3600.0


class DraftDesk:
    """A :class:`kiosk_app.terminal.desk.DraftDesk`. One thread, so that what is asked later is done later."""

    def __init__(self, drafts: Drafts, clock: Clock, post: Callable[[Message], None]) -> None:
        self._drafts = drafts
        self._clock = clock
        self._post = post
        self._person = ""
        self._owner: DraftOwner | None = None
        self._keeping = ThreadPoolExecutor(1, "desk-drafts")

    def close(self) -> None:
        """Ends the worker; what it is doing is finished first."""
        self._keeping.shutdown()

    def find(self, session_id: str, person: str, item_code: str) -> None:
        def work() -> None:
            self._post(DraftFound(session_id, self._found(person, item_code)))

        self._keeping.submit(work)

    def _found(self, person: str, item_code: str) -> Draft | None:
        try:
            content = self._drafts.find(self._owner_of(person), item_code)
            return None if content is None else msgspec.json.decode(content, type=Draft)
        except StoreError as fault:
            log.error("a draft was not looked for: %s", fault.error)
        except Exception as bug:  # noqa: BLE001  # whoever asked is waiting for an answer
            log.error("a draft was not read: %s", type(bug).__name__)
        return None

    def keep(self, session_id: str, person: str, item_code: str, draft: Draft, days: int) -> None:
        def work() -> None:
            self._post(DraftKept(session_id, item_code, self._kept(person, item_code, draft, days)))

        self._keeping.submit(work)

    def _kept(self, person: str, item_code: str, draft: Draft, days: int) -> str:
        """The last day on which it is there, in China; empty when it was not kept."""
        kept_s = days * _DAY_S
        until = in_china(self._clock.utc_now() + timedelta(seconds=kept_s)).date().isoformat()
        try:
            self._drafts.keep(self._owner_of(person), item_code, msgspec.json.encode(draft), kept_s=kept_s)
        except StoreError as fault:
            log.error("a draft was not kept: %s", fault.error)
        except Exception as bug:  # noqa: BLE001  # whoever asked is waiting for an answer
            log.error("a draft was not kept: %s", type(bug).__name__)
        else:
            return until
        return ""

    def forget(self, person: str, item_code: str) -> None:
        def work() -> None:
            try:
                self._drafts.forget(self._owner_of(person), item_code)
            except StoreError as fault:  # it expires
                log.error("a draft was not erased: %s", fault.error)

        self._keeping.submit(work).add_done_callback(_log_bug)

    def erasure(self, person: str, item_code: str) -> Callable[[Transaction], None] | None:
        """What a submission takes along, so that it is handed in and its draft gone in one commit.

        Waits for what is still to be kept. None where nothing was looked for or kept for this person.
        """
        return self._keeping.submit(self._erasure, person, item_code).result()

    def _erasure(self, person: str, item_code: str) -> Callable[[Transaction], None] | None:
        owner = self._owner
        if owner is None or person != self._person:
            return None
        return lambda transaction: self._drafts.forget_in(transaction, owner, item_code)

    def end_session(self) -> None:
        """Lets go of the person and her key; returns when what was to be kept is kept and both are gone."""
        self._keeping.submit(self._let_go).result()

    def _let_go(self) -> None:
        self._person, self._owner = "", None

    def _owner_of(self, person: str) -> DraftOwner:
        owner = self._owner
        if owner is None or person != self._person:
            owner = self._drafts.owner(person.encode("ascii"))
            self._person, self._owner = person, owner
        return owner


def _log_bug(future: Future[None]) -> None:
    bug = future.exception()
    if bug is not None:
        log.error("the desk met a bug: %s", type(bug).__name__)
