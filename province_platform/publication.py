"""Publication of items: a batch is signed over its exact bytes, and served as exactly those bytes.

One JSON file is a whole batch, or a single item that is merged into the current batch. Either takes effect
with the next request, without a restart.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from contract.item_checks import decode_batch_document
from contract.items import Item, ItemBatch
from contract.signing import Signer
from foundation.clock import in_china, rfc3339
from province_platform.publication_schema import item_batches

REFERENCE_ITEMS = Path(__file__).with_name("reference_items")
LARGEST_DOCUMENT = 4 * 1024 * 1024


class NotPublishableError(ValueError):
    """The file cannot be published; the message says why and names item and field."""


@dataclass(frozen=True, slots=True)
class PublishedBatch:
    """A batch as it is served."""

    batch_id: str
    content: bytes
    signature: str
    published_at: str

    @property
    def entity_tag(self) -> str:
        """A strong validator of the exact bytes (RFC 9110, 8.8.3)."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def current_batch(connection: Connection) -> PublishedBatch | None:
    """The batch that is served now, or None before the first was published."""
    row = connection.execute(select(item_batches).order_by(item_batches.c.position.desc()).limit(1)).first()
    if row is None:
        return None
    return PublishedBatch(row.batch_id, row.content, row.signature, row.published_at)


def item_in_force(connection: Connection, code: str) -> Item | None:
    """The item of the current batch with this code, or None."""
    batch = current_batch(connection)
    return decode_batch_document(batch.content).find(code) if batch is not None else None


def publish(connection: Connection, signer: Signer, content: bytes, now: datetime) -> PublishedBatch:
    """Publishes a batch or merges an item. Raises :class:`NotPublishableError`.

    Then everything stays as it was. Publishing the bytes that are current already changes nothing.
    """
    current = current_batch(connection)
    document = _read_object(content)
    if "items" not in document:
        content = _merged(current, document, now)
    if current is not None and current.content == content:
        return current
    batch = _check(content)
    taken = connection.scalar(
        select(func.count()).select_from(item_batches).where(item_batches.c.batch_id == batch.batch_id)
    )
    if taken:
        raise NotPublishableError(f"batch {batch.batch_id} was published before with another content")
    published = PublishedBatch(batch.batch_id, content, signer.sign(content), rfc3339(now))
    connection.execute(
        insert(item_batches).values(
            batch_id=published.batch_id,
            content=published.content,
            signature=published.signature,
            published_at=published.published_at,
        )
    )
    return published


def read_reference_batch(folder: Path = REFERENCE_ITEMS) -> bytes | None:
    """The batch that a new platform starts with: ``batch.json`` and ``items/*.json`` in one document.

    None when the folder holds none. Raises :class:`NotPublishableError` for a file that is no JSON object.
    """
    head = folder / "batch.json"
    if not head.is_file():
        return None
    document = _read_object(head.read_bytes())
    single = [_read_object(path.read_bytes()) for path in sorted((folder / "items").glob("*.json"))]
    return _encode(document | {"items": [*document.get("items", []), *single]})


def _merged(current: PublishedBatch | None, item: dict[str, Any], now: datetime) -> bytes:
    if current is None:
        raise NotPublishableError("there is no batch yet into which an item could be merged")
    if not isinstance(item.get("code"), str):
        raise NotPublishableError("neither a batch (no items) nor an item (no code)")
    document = _read_object(current.content)
    codes = [known["code"] for known in document["items"]]
    if item["code"] in codes:
        document["items"][codes.index(item["code"])] = item
    else:
        document["items"].append(item)
    document["batch_id"] = f"{document['region_code']}-{in_china(now):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
    document["effective_at"] = rfc3339(now)
    return _encode(document)


def _check(content: bytes) -> ItemBatch:
    try:
        batch = decode_batch_document(content)
    except (msgspec.DecodeError, ValueError) as error:
        raise NotPublishableError(str(error)) from None
    codes = [item.code for item in batch.items]
    if len(codes) != len(set(codes)):
        raise NotPublishableError("two items have the same code")
    return batch


def _read_object(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_DOCUMENT:
        raise NotPublishableError(f"the file has more than {LARGEST_DOCUMENT} bytes")
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotPublishableError(f"not a JSON object: {error}") from None


def _encode(document: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2)
