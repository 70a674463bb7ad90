"""IPP as bytes: requests and answers, and nothing about what they mean for a printer.

Source: RFC 8010 (encoding) and RFC 8011 (operations). No library is taken: the one that is kept up (pyipp)
reads the status of a printer and neither prints nor cancels, and libcups' binding needs a compiler and
blocks.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

CONTENT_TYPE: Final = "application/ipp"
PDF: Final = "application/pdf"
A4: Final = "iso_a4_210x297mm"
"""PWG 5101.1, media size self-describing name."""
USER: Final = "dianxiaoer"
"""Whose jobs ours are, so that what was left behind can be found again."""

_VERSION: Final = b"\x02\x00"
_HEADER: Final = struct.Struct(">2sHi")
_LENGTH: Final = struct.Struct(">H")
_INTEGER: Final = struct.Struct(">i")
_LONGEST_VALUE: Final = 0x7FFF
_LAST_DELIMITER: Final = 0x0F
_LAST_OUT_OF_BAND: Final = 0x1F


class Operation(IntEnum):
    """What can be asked (RFC 8011 §5.4.15)."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


class Answered(IntEnum):
    """The status codes that are told apart here (RFC 8011 §B.1)."""

    OK = 0x0000
    LAST_OK = 0x00FF
    NOT_POSSIBLE = 0x0404
    NOT_FOUND = 0x0406
    FIRST_CLIENT_ERROR = 0x0400
    LAST_CLIENT_ERROR = 0x04FF
    INTERNAL_ERROR = 0x0500
    OPERATION_NOT_SUPPORTED = 0x0501
    SERVICE_UNAVAILABLE = 0x0502
    VERSION_NOT_SUPPORTED = 0x0503
    NOT_ACCEPTING_JOBS = 0x0506
    BUSY = 0x0507


class GroupTag(IntEnum):
    """What a group of attributes is about (RFC 8010 §3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class ValueTag(IntEnum):
    """The syntaxes of values that are made or read here (RFC 8010 §3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    NATURAL_LANGUAGE = 0x48
    MIME_TYPE = 0x49


Value = int | bool | str | bytes
_WITH_LANGUAGE: Final = (ValueTag.TEXT_WITH_LANGUAGE, ValueTag.NAME_WITH_LANGUAGE)


@dataclass(frozen=True, slots=True, repr=False)
class Attribute:
    """A name, a syntax (the tag as it is on the wire) and its values; an out-of-band one (``no-value``) has
    none.

    Values are ``int`` and ``bool`` by their syntax, ``str`` for texts (0x40 and up, and those with a
    language, which is dropped), and ``bytes`` for every other syntax. The members of collections are not
    kept.
    """

    name: str
    tag: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """Attributes about one thing: the operation, a printer, one job."""

    tag: int
    attributes: tuple[Attribute, ...] = ()

    def values(self, name: str) -> tuple[Value, ...]:
        """All values of an attribute; none when it is not there."""
        return next((attribute.values for attribute in self.attributes if attribute.name == name), ())

    def texts(self, name: str) -> tuple[str, ...]:
        """Those values of an attribute that are texts."""
        return tuple(value for value in self.values(name) if isinstance(value, str))

    def integer(self, name: str) -> int | None:
        """The first value of an attribute, when it is a number."""
        value = next(iter(self.values(name)), None)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str) -> bool | None:
        """The first value of an attribute, when it is a boolean."""
        value = next(iter(self.values(name)), None)
        return value if isinstance(value, bool) else None

    def octets(self, name: str) -> tuple[bytes, ...]:
        """Those values of an attribute that are octet strings."""
        return tuple(value for value in self.values(name) if isinstance(value, bytes))


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """A request or an answer. ``code`` is the operation asked for, or the status answered. ``repr`` shows
    nothing.
    """

    code: int
    request_id: int
    groups: tuple[Group, ...] = ()
    data: bytes = field(default=b"")

    @property
    def accepted(self) -> bool:
        """Whether an answer says yes (successful-ok and its variants)."""
        return self.code <= Answered.LAST_OK

    def all(self, tag: GroupTag) -> tuple[Group, ...]:
        """The groups about that."""
        return tuple(group for group in self.groups if group.tag == tag)

    def first(self, tag: GroupTag) -> Group:
        """The first group about that; an empty one when there is none."""
        return next(iter(self.all(tag)), Group(tag))


def encode(message: Message) -> bytes:
    """The bytes of a message. Raises ``ValueError`` for a value that its syntax cannot carry."""
    parts = [_HEADER.pack(_VERSION, message.code, message.request_id)]
    for group in message.groups:
        parts.append(bytes([group.tag]))
        parts.extend(map(_encode_attribute, group.attributes))
    return b"".join([*parts, bytes([GroupTag.END]), message.data])


def decode(data: bytes) -> Message | None:
    """The message in ``data``, whatever its version; None when the bytes are no whole message."""
    try:
        return _decode(data)
    except (struct.error, _NoMessageError):
        return None


class _NoMessageError(Exception):
    """The bytes are not a message."""


def _encode_attribute(attribute: Attribute) -> bytes:
    name = attribute.name.encode("ascii")
    parts: list[bytes] = []
    for value in attribute.values or (b"",):
        content = _encode_value(attribute.tag, value)
        if len(content) > _LONGEST_VALUE:
            raise ValueError(f"a value of {attribute.name} is too long")
        parts += [bytes([attribute.tag]), _LENGTH.pack(len(name)), name, _LENGTH.pack(len(content)), content]
        name = b""
    return b"".join(parts)


def _encode_value(tag: int, value: Value) -> bytes:
    if isinstance(value, bool):
        return bytes([value])
    if isinstance(value, int):
        return _INTEGER.pack(value)
    if isinstance(value, bytes):
        return value
    text = value.encode()
    return _LENGTH.pack(0) + _LENGTH.pack(len(text)) + text if tag in _WITH_LANGUAGE else text


@dataclass(slots=True)
class _Reader:
    """Reads forward in the bytes; every step gets further or raises."""

    data: bytes
    position: int = 0

    def take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self.data):
            raise _NoMessageError
        taken = self.data[self.position : end]
        self.position = end
        return taken

    def take_counted(self) -> bytes:
        (length,) = _LENGTH.unpack(self.take(_LENGTH.size))
        return self.take(length)


def _decode(data: bytes) -> Message:
    reader = _Reader(data)
    _, code, request_id = _HEADER.unpack(reader.take(_HEADER.size))
    groups: list[Group] = []
    tag = reader.take(1)[0]
    while tag != GroupTag.END:
        if tag > _LAST_DELIMITER:
            raise _NoMessageError  # an attribute outside of any group
        triples, following = _read_group(reader)
        groups.append(Group(tag, tuple(_attributes(triples))))
        tag = following
    return Message(code, request_id, tuple(groups), data[reader.position :])


def _read_group(reader: _Reader) -> tuple[list[tuple[int, bytes, bytes]], int]:
    """Tag, name and value of all that stands up to the next delimiter, and that delimiter."""
    triples: list[tuple[int, bytes, bytes]] = []
    while (tag := reader.take(1)[0]) > _LAST_DELIMITER:
        name = reader.take_counted()
        triples.append((tag, name, reader.take_counted()))
    return triples, tag


def _attributes(triples: Iterable[tuple[int, bytes, bytes]]) -> Iterator[Attribute]:
    """Puts values that follow each other together (RFC 8010 §3.1.5) and leaves out what is within
    collections.
    """
    name, first_tag, values, depth = b"", 0, list[Value](), 0
    for tag, named, content in triples:
        if depth == 0 and named:
            if name:
                yield Attribute(name.decode("ascii", "replace"), first_tag, tuple(values))
            name, first_tag, values = named, tag, []
        if tag == ValueTag.BEGIN_COLLECTION:
            depth += 1
        elif tag == ValueTag.END_COLLECTION:
            depth = max(0, depth - 1)
        elif depth == 0 and tag > _LAST_OUT_OF_BAND:
            values.append(_decode_value(tag, content))
    if name:
        yield Attribute(name.decode("ascii", "replace"), first_tag, tuple(values))


def _decode_value(tag: int, content: bytes) -> Value:
    if tag in (ValueTag.INTEGER, ValueTag.ENUM):
        return int(_INTEGER.unpack(content)[0])
    if tag == ValueTag.BOOLEAN:
        return content != b"\x00"
    if tag in _WITH_LANGUAGE:
        reader = _Reader(content)
        reader.take_counted()
        return reader.take_counted().decode("utf-8", "replace")
    if tag >= ValueTag.TEXT:
        return content.decode("utf-8", "replace")
    return content
