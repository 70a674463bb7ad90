"""The figures of the console, each from the ledger, and the events behind each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, func, select

from contract.item_checks import decode_batch_document
from contract.payloads import Position, Site, Status
from contract.sets import Stream
from foundation.clock import rfc3339
from province_platform.commands import newest as newest_commands
from province_platform.platform import Platform
from province_platform.presence import MISSED_HEARTBEATS
from province_platform.publication import current_batch
from province_platform.reconciliation import differences
from province_platform.reference_sites import region_of
from province_platform.schema import (
    alarms,
    cases,
    duplicates,
    event_times,
    events,
    gaps,
    latest,
    ratings,
    refusals,
    sites,
    terminals,
)
from province_platform.true_times import KnownBy
from province_platform.undelivered import OF_THE_PLATFORM, open_undelivered

NEWEST = 200
_Figures = dict[str, Any]


def summary(connection: Connection, platform: Platform) -> _Figures:
    """Everything that the console shows, in one consistent picture."""
    counts = _counts(connection)
    repeats, conflicts = connection.execute(
        select(func.coalesce(func.sum(events.c.repeats), 0), func.coalesce(func.sum(events.c.conflicts), 0))
    ).one()
    return {
        "time": rfc3339(platform.clock.utc_now()),
        "counts": counts,
        "positions": counts[Stream.POSITION.value],
        "statuses": counts[Stream.STATUS.value],
        "duplicates": repeats,
        "conflicts": conflicts,
        "refused": connection.scalar(select(func.count()).select_from(refusals)),
        "gaps": _gaps(connection),
        "terminals": _terminals(connection, platform),
        "cases": _cases(connection),
        "ratings": _ratings(connection),
        "alarms": [row._asdict() for row in connection.execute(select(alarms).where(alarms.c.open))],
        "notable": _notable(connection),
        "undelivered": open_undelivered(connection, NEWEST),
        "differences": differences(connection, NEWEST),
        "commands": newest_commands(connection),
        "batch": _batch(connection),
        "faults": msgspec.to_builtins(platform.switches.now),
        "heartbeat_s": platform.heartbeat_s,
        "offline_after_s": platform.heartbeat_s * MISSED_HEARTBEATS,
    }


class EventQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which events to show; what is empty does not narrow.

    ``stream`` may name several with commas between; ``after`` is a position of the ledger.
    """

    stream: str = ""
    terminal_id: str = ""
    subject: str = ""
    notable: str = ""
    repeated: bool = False
    after: int = 0
    limit: int = NEWEST


def stored_events(connection: Connection, question: EventQuestion) -> list[_Figures]:
    """The events behind a figure, newest first. Sealed content is shown as its length only."""
    conditions: list[ColumnElement[bool]] = [events.c.position > question.after]
    if question.stream:
        conditions.append(events.c.stream.in_(question.stream.split(",")))
    narrowing = (events.c.terminal_id, events.c.subject, events.c.notable)
    conditions += [column == wanted for column in narrowing if (wanted := getattr(question, column.name))]
    if question.repeated:
        conditions.append(events.c.repeats > 0)
    limit = max(1, min(question.limit, NEWEST))
    chosen = (
        select(events, event_times.c.true_at, event_times.c.known_by)
        .outerjoin(event_times, event_times.c.event_id == events.c.id)
        .where(*conditions)
        .order_by(events.c.position.desc())
        .limit(limit)
    )
    return [_event(row) for row in connection.execute(chosen)]


def refused_rows(connection: Connection, terminal_id: str = "") -> list[_Figures]:
    """The rows that were refused, newest first: which and why."""
    chosen = select(refusals).order_by(refusals.c.position.desc()).limit(NEWEST)
    if terminal_id:
        chosen = chosen.where(refusals.c.terminal_id == terminal_id)
    return [row._asdict() for row in connection.execute(chosen)]


def news_after(connection: Connection, position: int) -> list[_Figures]:
    """What came after a position of the ledger, oldest first: enough to say that it came."""
    columns = (
        events.c.position,
        events.c.id,
        events.c.stream,
        events.c.type,
        events.c.terminal_id,
        events.c.subject,
        events.c.occurred_at,
        events.c.received_at,
    )
    chosen = select(*columns).where(events.c.position > position).order_by(events.c.position).limit(NEWEST)
    return [row._asdict() for row in connection.execute(chosen)]


def newest_position(connection: Connection) -> int:
    """The position of the newest event, 0 when there is none."""
    return connection.scalar(select(func.max(events.c.position))) or 0


def _counts(connection: Connection) -> dict[str, int]:
    found = connection.execute(
        select(events.c.stream, func.count().label("number"))
        .where(events.c.store_id != OF_THE_PLATFORM)
        .group_by(events.c.stream)
    )
    counts = {stream.value: 0 for stream in Stream}
    return counts | {row.stream: row.number for row in found}


def _terminals(connection: Connection, platform: Platform) -> list[_Figures]:
    records = connection.execute(select(sites.c.site_id, sites.c.record))
    known_sites = {row.site_id: msgspec.json.decode(row.record, type=Site) for row in records}
    last: dict[tuple[str, str], Row[Any]] = {
        (row.terminal_id, row.stream): row for row in connection.execute(select(latest))
    }
    rows = connection.execute(
        select(terminals).where(terminals.c.revoked_at.is_(None)).order_by(terminals.c.terminal_id)
    )
    return [_terminal(row, known_sites, last, platform) for row in rows]


def _terminal(
    row: Row[Any],
    known_sites: dict[str, Site],
    last: dict[tuple[str, str], Row[Any]],
    platform: Platform,
) -> _Figures:
    status = last.get((row.terminal_id, Stream.STATUS.value))
    position = last.get((row.terminal_id, Stream.POSITION.value))
    reported_site = last.get((row.terminal_id, Stream.SITE.value))
    site = (
        msgspec.json.decode(reported_site.payload, type=Site)
        if reported_site
        else known_sites.get(row.site_id)
    )
    said = msgspec.json.decode(status.payload, type=Status) if status else None
    offline = platform.presence.is_offline(row.terminal_id)
    heard = platform.presence.last_heard(row.terminal_id)
    return {
        "terminal_id": row.terminal_id,
        "terminal_number": row.terminal_number,
        "name": row.name,
        "site": msgspec.to_builtins(site),
        "region": region_of(site.region_code) if site else "",
        "enrolled_at": row.enrolled_at,
        "state": "offline" if offline else (said.state.value if said else "unknown"),
        "last_state": said.state.value if said else "unknown",
        "status": msgspec.to_builtins(said),
        "status_at": status.received_at if status else None,
        "position": msgspec.to_builtins(msgspec.json.decode(position.payload, type=Position))
        if position
        else None,
        "last_heard_at": rfc3339(heard.at) if heard else None,
        "silent_s": round(platform.presence.silent_s(row.terminal_id)),
    }


def _cases(connection: Connection) -> list[_Figures]:
    columns = [column for column in cases.c if column.name != "subject_ref"]
    chosen = (
        select(*columns, duplicates.c.duplicate_of)
        .outerjoin(duplicates, duplicates.c.case_id == cases.c.case_id)
        .order_by(cases.c.received_at.desc(), cases.c.case_no.desc())
        .limit(NEWEST)
    )
    return [row._asdict() for row in connection.execute(chosen)]


def _ratings(connection: Connection) -> list[_Figures]:
    chosen = (
        select(ratings, cases.c.case_no, cases.c.item_code, cases.c.terminal_id)
        .join(cases, cases.c.case_id == ratings.c.case_id)
        .order_by(ratings.c.received_at.desc(), cases.c.case_no.desc())
        .limit(NEWEST)
    )
    rows: Sequence[Row[Any]] = connection.execute(chosen).all()
    return [row._asdict() | {"tags": [tag for tag in row.tags.split(",") if tag]} for row in rows]


def _notable(connection: Connection) -> list[_Figures]:
    chosen = (
        select(
            events.c.position, events.c.notable, events.c.terminal_id, events.c.subject, events.c.received_at
        )
        .where(events.c.notable != "")
        .order_by(events.c.position.desc())
        .limit(NEWEST)
    )
    return [row._asdict() for row in connection.execute(chosen)]


def _batch(connection: Connection) -> _Figures | None:
    batch = current_batch(connection)
    if batch is None:
        return None
    items = decode_batch_document(batch.content).items
    return {
        "batch_id": batch.batch_id,
        "published_at": batch.published_at,
        "items": [{"code": item.code, "title": msgspec.to_builtins(item.title)} for item in items],
    }


def _gaps(connection: Connection) -> list[_Figures]:
    """Each stretch of missing numbers, since when, and whether its store has been replaced since."""
    later = (
        (events.c.terminal_id == gaps.c.terminal_id)
        & (events.c.stream == gaps.c.stream)
        & (events.c.store_id == gaps.c.store_id)
        & (events.c.sequence > gaps.c.last)
    )
    since = select(func.min(events.c.received_at)).where(later).scalar_subquery()
    last_store = (
        select(events.c.store_id)
        .where(events.c.terminal_id == gaps.c.terminal_id, events.c.stream == gaps.c.stream)
        .order_by(events.c.position.desc())
        .limit(1)
        .scalar_subquery()
    )
    chosen = select(gaps, since.label("since"), last_store.label("last_store"))
    rows = connection.execute(chosen.order_by(gaps.c.terminal_id, gaps.c.stream, gaps.c.first)).all()
    return [
        {name: value for name, value in row._asdict().items() if name != "last_store"}
        | {"store_replaced": row.last_store not in (None, row.store_id)}
        for row in rows
    ]


def _event(row: Row[Any]) -> _Figures:
    """``occurred_at`` as it was claimed; ``true_at`` as it is known, and how (:class:`KnownBy`)."""
    figures = {name: value for name, value in row._asdict().items() if name != "document"}
    if row.known_by is None:
        figures |= {"true_at": row.occurred_at, "known_by": KnownBy.CLAIMED.value}
    try:
        document = msgspec.json.decode(row.document)
    except (msgspec.DecodeError, RecursionError):
        document = None
    data = document.get("data") if isinstance(document, dict) else None
    if isinstance(data, dict) and data.get("sealed"):
        data = data | {"sealed": f"🔒 {len(str(data['sealed']))}"}
    return figures | {"data": data}
