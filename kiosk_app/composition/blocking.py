"""The block list at work: whoever is told who somebody is hears first what is blocked of her."""

from __future__ import annotations

from collections.abc import Callable

from contract.answers import Identity
from contract.block_list import KEY_BYTES
from foundation.clock import Clock, rfc3339
from kiosk_app.province.block_list import BlockBook
from kiosk_app.province.credentials import Credentials
from kiosk_app.terminal.answers import SignInAnswered, TelephoneAnswered
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import CardReading, TerminalBlocked
from offline_store.store import OfflineStore

_KEY = "block_list_key"


def block_book(
    store: OfflineStore, credentials: Credentials, clock: Clock, post: Callable[[Message], None]
) -> BlockBook:
    """The list of this terminal, still empty; its key is a secret of the store."""
    return BlockBook(
        store.secrets.kept(_KEY, KEY_BYTES),
        credentials.sealer,
        lambda blocked: post(TerminalBlocked(blocked, rfc3339(clock.utc_now()))),
    )


def judged(post: Callable[[Message], None], book: BlockBook) -> Callable[[Message], None]:
    """A ``post`` that looks into the list, in the thread of who tells."""

    def post_judged(message: Message) -> None:
        identity, valid_from = _identity_in(message)
        blocked = book.judge(identity.number, valid_from) if identity is not None else None
        if blocked is not None:
            post(blocked)
        post(message)

    return post_judged


def _identity_in(message: Message) -> tuple[Identity | None, str]:
    """Who somebody is, as far as the message says so, and the first day of the document that was read."""
    if isinstance(message, CardReading):
        return message.identity, message.valid_from
    if isinstance(message, SignInAnswered | TelephoneAnswered) and message.session is not None:
        return message.session.identity, ""
    return None, ""
