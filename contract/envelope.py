"""The envelope of an event: CloudEvents 1.0 in JSON batches.

Attribute names of ours are a–z and 0–9 only and numbers are decimal strings, because an Integer of
CloudEvents has 32 bits (CloudEvents 1.0.2, "Attribute Naming Convention" and "Type System").
"""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec

from contract.fields import DECIMAL_PATTERN, identifier, moment, named, text
from contract.sets import ClockTrust, Stream

BATCH_MEDIA_TYPE = "application/cloudevents-batch+json"
TYPE_PREFIX = "cn.gov.hubei.dianxiaoer."
LARGEST_BATCH = 200
LARGEST_EVENT_BYTES = 256 * 1024


_Decoded = TypeVar("_Decoded")


class CloudEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=False, kw_only=True):
    """One event. ``id`` is made on the terminal; the same id is the same event, for ever."""

    specversion: Annotated[str, text("规范版本", 3, "always 1.0", pattern=r"^1\.0$")] = "1.0"
    id: Annotated[str, identifier("事件编号")]
    source: Annotated[str, text("来源", 64, "terminal/<terminal_id>")]
    type: Annotated[str, text("事件类型", 64, "cn.gov.hubei.dianxiaoer.<stream>[.<word>].v1")]
    subject: Annotated[str, text("主题", 64, "case/<case_id> or terminal/<terminal_id>, never a person")]
    time: Annotated[str, moment("发生时间")]
    datacontenttype: Annotated[str, text("内容类型", 16)] = "application/json"
    bootid: Annotated[str, text("开机编号", 36, "the kernel's id of this boot")]
    storeid: Annotated[str, identifier("存储编号", "a rebuilt store is a new epoch, not a gap")]
    sequence: Annotated[
        str, text("流内序号", 19, "persisted counter of the stream, from 1", pattern=DECIMAL_PATTERN)
    ]
    monotonicms: Annotated[
        str, text("单调时间", 19, "milliseconds, scoped by bootid", pattern=DECIMAL_PATTERN)
    ]
    clocktrust: Annotated[ClockTrust, named("时钟可信度")]
    data: Annotated[msgspec.Raw, named("内容", "the payload of the stream")]


def event_type(stream: Stream, word: str = "") -> str:
    """``cn.gov.hubei.dianxiaoer.case.v1``, or with a word ``….case.undelivered.v1``."""
    return TYPE_PREFIX + ".".join(part for part in (stream.value, word, "v1") if part)


def stream_of(type_: str) -> Stream | None:
    """The stream of an event type, or None when it is none of ours."""
    if not type_.startswith(TYPE_PREFIX) or not type_.endswith(".v1"):
        return None
    try:
        return Stream(type_[len(TYPE_PREFIX) :].split(".", maxsplit=1)[0])
    except ValueError:
        return None


def encode_batch(events: list[CloudEvent]) -> bytes:
    """The body of a batch."""
    return msgspec.json.encode(events)


def split_batch(body: bytes) -> list[msgspec.Raw]:
    """The rows of a batch, undecoded, so that one bad row never refuses the rest.

    Raises ``msgspec.DecodeError`` when the body is not a JSON array.
    """
    return _decode(body, list[msgspec.Raw])


def decode_event(row: msgspec.Raw) -> CloudEvent:
    """One row of a batch. Raises ``msgspec.DecodeError``, which names the path of what is wrong, if any."""
    return _decode(row, CloudEvent)


class RowIdentity(msgspec.Struct):
    """What can still be read of a row that is otherwise not understood."""

    id: str = ""


def row_identity(row: msgspec.Raw) -> str:
    """The id of a row, however bad the rest of it is; empty when there is none."""
    try:
        return _decode(row, RowIdentity).id
    except msgspec.DecodeError:
        return ""


def _decode(content: bytes | msgspec.Raw, kind: type[_Decoded]) -> _Decoded:
    """What msgspec raises besides its own errors (RFC 8259, 8.1 and 9) becomes one of its own too."""
    try:
        return msgspec.json.decode(content, type=kind)
    except UnicodeDecodeError:
        raise msgspec.DecodeError("not UTF-8") from None
    except RecursionError:
        raise msgspec.DecodeError("nested too deeply") from None
