"""The shares of terminals' keys: released to the terminal whose they are, at every start of it.

Of a share the database keeps a random number only. The share is that number under a key of the platform's own
folder of keys, so that a copy of the database releases nothing; without the number nobody can make it again.
"""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from contract.answers import KeyShare
from contract.items import LocalText
from foundation.clock import rfc3339
from foundation.errors import Errors
from province_platform.authority import Keys
from province_platform.refused import Refused
from province_platform.schema import key_shares

PLACES = range(16)
"""The places that a terminal may use."""


def make_share(
    connection: Connection, keys: Keys, terminal_id: str, place: str, now: datetime
) -> KeyShare | Refused:
    """A new share in ``place``; the one that was there is gone."""
    number = _number(place)
    if number is None:
        return _not_released()
    destroy_share(connection, terminal_id, place)
    nonce = secrets.token_hex(32)
    connection.execute(
        insert(key_shares).values(terminal_id=terminal_id, place=number, nonce=nonce, made_at=rfc3339(now))
    )
    return _share(keys, terminal_id, number, nonce)


def release_share(connection: Connection, keys: Keys, terminal_id: str, place: str) -> KeyShare | Refused:
    """The share in ``place``; refused when it was destroyed, or never was."""
    number = _number(place)
    nonce = connection.scalar(
        select(key_shares.c.nonce).where(
            key_shares.c.terminal_id == terminal_id, key_shares.c.place == number
        )
    )
    if number is None or nonce is None:
        return _not_released()
    return _share(keys, terminal_id, number, nonce)


def destroy_share(connection: Connection, terminal_id: str, place: str) -> None:
    """Forgets it for ever."""
    this = (key_shares.c.terminal_id == terminal_id, key_shares.c.place == _number(place))
    connection.execute(delete(key_shares).where(*this))


def _share(keys: Keys, terminal_id: str, place: int, nonce: str) -> KeyShare:
    return KeyShare(share=base64.b64encode(keys.key_share(terminal_id, place, nonce)).decode("ascii"))


def _number(place: str) -> int | None:
    number = int(place) if place.isascii() and place.isdigit() and len(place) <= 2 else -1
    return number if number in PLACES else None


def _not_released() -> Refused:
    return Refused(
        403,
        Errors.KEY_UNLOCK_REFUSED,
        LocalText(
            "省平台没有这台终端的密钥分量，请联系平台管理员。",
            "There is no share of this terminal's key. Ask the platform's operators.",
        ),
    )
