"""停用名单: proposed by one, put in force by another, lifted by anybody at once; each terminal has its own.

What names a person comes in once, is stretched and sealed, and is not here any more. A terminal's list is
made under the key that it sent, when it asks.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from contract.block_list import (
    KEY_BYTES,
    MATTER_REMEDY,
    REMEDY,
    BlockedDocument,
    BlockedPerson,
    BlockList,
    key_id_of,
    reference_of,
    stretched,
)
from contract.items import LocalText
from contract.sealing import NotOpenedError, Sealer
from foundation.clock import rfc3339
from foundation.identity_numbers import is_citizen_number
from province_platform.authority import Keys
from province_platform.block_schema import blocks
from province_platform.callers import Terminal
from province_platform.code_issuers import CodeIssuer
from province_platform.publication import NotPublishableError
from province_platform.signed_documents import SignedDocument

_LONGEST_REASON = 200


class BlockKind(Enum):
    """What can be blocked. There is no person among it, but for single matters."""

    DOCUMENT = "document"
    PERSON_FOR_ITEMS = "person_for_items"
    CODE_ISSUER = "code_issuer"
    TERMINAL = "terminal"
    STAFF = "staff"


class BlockWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one person proposes. ``number`` and ``valid_from`` are as they stand on the document."""

    kind: BlockKind
    reason: str
    number: str = ""
    valid_from: str = ""
    item_codes: list[str] = []
    subject: str = ""
    remedy: LocalText | None = None

    def __repr__(self) -> str:
        return f"BlockWish({self.kind.value!r}, …)"


class KnownBlock(msgspec.Struct, frozen=True):
    """One entry as operators see it: nothing of a person is in it."""

    block_id: str
    kind: str
    subject: str
    items: list[str]
    reason: str
    remedy: LocalText
    proposed_by: str
    proposed_at: str
    approved_by: str
    lifted_by: str


def propose_block(connection: Connection, keys: Keys, wish: BlockWish, who: str, now: datetime) -> str:
    """Keeps an entry for review; returns its id. Raises :class:`NotPublishableError`."""
    _check(wish)
    block_id = secrets.token_hex(4)
    usual = MATTER_REMEDY if wish.kind is BlockKind.PERSON_FOR_ITEMS else REMEDY
    connection.execute(
        insert(blocks).values(
            block_id=block_id,
            kind=wish.kind.value,
            subject=wish.subject,
            sealed=_sealed(keys, wish),
            items=",".join(wish.item_codes),
            reason=wish.reason.strip(),
            remedy=msgspec.json.encode(wish.remedy or usual).decode(),
            proposed_by=_named(who),
            proposed_at=rfc3339(now),
        )
    )
    return block_id


def approve_block(connection: Connection, block_id: str, who: str, now: datetime) -> None:
    """Puts what somebody else proposed in force. Raises :class:`NotPublishableError`."""
    block = _block(connection, block_id)
    if block.approved_at is not None or block.lifted_at is not None:
        raise NotPublishableError(f"{block_id} was decided before; propose it again")
    if block.proposed_by == _named(who):
        raise NotPublishableError("who proposed it does not approve it: another person has to")
    _decide(connection, block_id, approved_by=_named(who), approved_at=rfc3339(now))


def lift_block(connection: Connection, block_id: str, who: str, now: datetime) -> None:
    """Ends a block, or drops a proposal; needs nobody's leave. Raises :class:`NotPublishableError`."""
    if _block(connection, block_id).lifted_at is not None:
        raise NotPublishableError(f"{block_id} is lifted already")
    _decide(connection, block_id, lifted_by=_named(who), lifted_at=rfc3339(now))


def known_blocks(connection: Connection) -> list[KnownBlock]:
    """Every entry, the newest first."""
    rows = connection.execute(select(blocks).order_by(blocks.c.position.desc()))
    return [
        KnownBlock(
            row.block_id,
            row.kind,
            row.subject,
            row.items.split(",") if row.items else [],
            row.reason,
            _remedy(row),
            row.proposed_by,
            row.proposed_at,
            row.approved_by or "",
            row.lifted_by or "",
        )
        for row in rows
    ]


def is_issuer_blocked(connection: Connection, issuer: CodeIssuer) -> bool:
    """Whether codes of this issuer are not taken now."""
    return any(row.subject == issuer.value for row in _in_force(connection, BlockKind.CODE_ISSUER))


def block_list_of(
    connection: Connection, keys: Keys, terminal: Terminal, sealed_key: str
) -> SignedDocument | None:
    """What is in force, under this terminal's key; None when the key cannot be opened."""
    try:
        key = base64.b64decode(keys.opener.open(sealed_key), validate=True)
    except (NotOpenedError, ValueError):
        return None
    if len(key) != KEY_BYTES:
        return None
    terminals = {row.subject for row in _in_force(connection, BlockKind.TERMINAL)}
    made = BlockList(
        serial=_serial(connection),
        key_id=key_id_of(key),
        documents=[
            BlockedDocument(reference=_reference(keys, key, row), remedy=_remedy(row))
            for row in _in_force(connection, BlockKind.DOCUMENT)
        ],
        persons=[
            BlockedPerson(
                reference=_reference(keys, key, row), item_codes=row.items.split(","), remedy=_remedy(row)
            )
            for row in _in_force(connection, BlockKind.PERSON_FOR_ITEMS)
        ],
        terminal_blocked=terminal.terminal_id in terminals,
        staff_numbers=[row.subject for row in _in_force(connection, BlockKind.STAFF)],
    )
    content = msgspec.json.encode(made)
    return SignedDocument(content, keys.item_signer.sign(content), "")


def _check(wish: BlockWish) -> None:
    reason = wish.reason.strip()
    if not reason or len(reason) > _LONGEST_REASON:
        raise NotPublishableError(f"say why, in at most {_LONGEST_REASON} characters")
    of_person = wish.kind in (BlockKind.DOCUMENT, BlockKind.PERSON_FOR_ITEMS)
    if of_person and not is_citizen_number(wish.number):
        raise NotPublishableError("the number is no 公民身份号码")
    if wish.kind is BlockKind.DOCUMENT and not _is_day(wish.valid_from):
        raise NotPublishableError("a document is known by its number and the first day on it (YYYY-MM-DD)")
    if (wish.kind is BlockKind.PERSON_FOR_ITEMS) is not bool(wish.item_codes):
        raise NotPublishableError("a person is blocked for single matters, and nothing else is")
    if not of_person and (not wish.subject or len(wish.subject) > 32):
        raise NotPublishableError("name the issuer, the terminal or the staff number in subject")
    if of_person and wish.subject:
        raise NotPublishableError("a document or a person has no subject: nothing of it stands in the open")
    if wish.kind is BlockKind.CODE_ISSUER and wish.subject not in {each.value for each in CodeIssuer}:
        raise NotPublishableError("no such issuer of codes")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _sealed(keys: Keys, wish: BlockWish) -> str:
    if wish.kind is BlockKind.DOCUMENT:
        value = stretched("document", wish.number, wish.valid_from)
    elif wish.kind is BlockKind.PERSON_FOR_ITEMS:
        value = stretched("person", wish.number)
    else:
        return ""
    return Sealer(keys.sealing_key).seal(value)


def _reference(keys: Keys, key: bytes, row: Row[tuple[object, ...]]) -> str:
    return reference_of(key, keys.opener.open(row.sealed))


def _remedy(row: Row[tuple[object, ...]]) -> LocalText:
    return msgspec.json.decode(row.remedy, type=LocalText)


def _in_force(connection: Connection, kind: BlockKind) -> Sequence[Row[tuple[object, ...]]]:
    return connection.execute(
        select(blocks)
        .where(blocks.c.kind == kind.value, blocks.c.approved_at.is_not(None), blocks.c.lifted_at.is_(None))
        .order_by(blocks.c.position)
    ).all()


def _serial(connection: Connection) -> int:
    """Counts decisions: it grows with each and never falls, so that an old list is known as old."""
    rows = connection.execute(select(blocks.c.approved_at, blocks.c.lifted_at)).all()
    return sum((row.approved_at is not None) + (row.lifted_at is not None) for row in rows)


def _block(connection: Connection, block_id: str) -> Row[tuple[object, ...]]:
    row = connection.execute(select(blocks).where(blocks.c.block_id == block_id)).one_or_none()
    if row is None:
        raise NotPublishableError(f"there is no entry {block_id}")
    return row


def _decide(connection: Connection, block_id: str, **decided: str) -> None:
    connection.execute(update(blocks).where(blocks.c.block_id == block_id).values(**decided))


def _named(who: str) -> str:
    if not (name := who.strip()) or len(name) > 60:
        raise NotPublishableError("say who you are, in at most 60 characters")
    return name
