"""The block list (停用名单): documents, terminals and staff that are not to be used for now.

Of a person nothing may be blocked but a single matter. Neither is in clear, nor as a digest that somebody
could search: an entry is a reference under a key that one terminal has made for itself (docs/adr/0026). A
list is therefore of one terminal, signed as a whole, and replaces the one before; its ``serial`` only grows.
Codes of telephones are not in it: only the province looks into them, and refuses those of a blocked issuer.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Annotated

import msgspec

from contract.fields import named, rows, text, whole
from contract.items import LocalText

KEY_BYTES = 32
KEY_HEADER = "dianxiaoer-block-key"
"""Carries the terminal's own key to the province, sealed (``contract.sealing``), in each question."""
REMEDY = LocalText(
    "这张证件暂不能在本机使用。请到窗口办理，或拨打12345。",
    "This document cannot be used here for now. Please go to a window, or call 12345.",
)
"""What a citizen reads who lays down a document that is blocked."""
MATTER_REMEDY = LocalText(
    "这件事暂不能在本机办。请到窗口办理，或拨打12345。",
    "This matter cannot be done here for now. Please go to a window, or call 12345.",
)
_SALT = b"dianxiaoer block list 1"
_REFERENCE_PATTERN = r"^[0-9a-f]{64}$"
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "maxmem": 32 * 1024 * 1024, "dklen": 32}
"""Some 40 ms: once for a person at a terminal, and years for whoever has the key and tries all numbers."""


class BlockedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document, for every matter; who has another one, or signs in another way, is served."""

    reference: Annotated[str, text("证件引用", 64, pattern=_REFERENCE_PATTERN)]
    remedy: Annotated[LocalText, named("给群众的话")] = REMEDY


class BlockedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One person, for single matters and never for all of them."""

    reference: Annotated[str, text("人员引用", 64, pattern=_REFERENCE_PATTERN)]
    item_codes: Annotated[list[Annotated[str, text("事项编号", 64)]], rows("事项", 20)]
    remedy: Annotated[LocalText, named("给群众的话")] = MATTER_REMEDY


class BlockList(msgspec.Struct, frozen=True, kw_only=True):
    """停用名单 of one terminal."""

    serial: Annotated[int, whole("序号")]
    key_id: Annotated[str, text("密钥标识", 16, pattern=r"^[0-9a-f]{16}$")]
    documents: Annotated[list[BlockedDocument], rows("停用证件", 5000)] = []
    persons: Annotated[list[BlockedPerson], rows("暂停事项的人员", 5000)] = []
    terminal_blocked: Annotated[bool, named("本终端停用")] = False
    staff_numbers: Annotated[list[Annotated[str, text("工号", 16)]], rows("停用工号", 500)] = []


def decode_block_list(content: bytes) -> BlockList:
    """The list. Raises ``ValueError`` (also ``msgspec.ValidationError``) that says what is wrong with it."""
    blocked = msgspec.json.decode(content, type=BlockList)
    if any(not person.item_codes for person in blocked.persons):
        raise ValueError("a person is blocked for single matters, never for all of them")
    return blocked


def stretched(kind: str, *parts: str) -> bytes:
    """What stands for a document (number, first day of validity) or a person (number) before it is keyed.

    Slow on purpose. It is of a person: it is kept nowhere in clear, and goes nowhere.
    """
    said = "\n".join((kind, *(part.upper() for part in parts)))
    return hashlib.scrypt(said.encode("utf-8"), salt=_SALT, **_SCRYPT)


def reference_of(key: bytes, stretched_value: bytes) -> str:
    """The reference of one terminal: HMAC-SHA256 under its key (RFC 2104), hexadecimal."""
    return hmac.new(key, stretched_value, hashlib.sha256).hexdigest()


def key_id_of(key: bytes) -> str:
    """Names a key without telling it; two lists are under the same key when this is the same."""
    return hmac.new(key, b"block list key", hashlib.sha256).hexdigest()[:16]
