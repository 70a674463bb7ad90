"""One handler for each operation of the contract."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

import msgspec
from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response

from contract import answers
from contract.block_list import KEY_HEADER
from contract.commands import LONGEST_WAIT_S, CommandList
from contract.envelope import LARGEST_BATCH, split_batch
from contract.fields import UUID_PATTERN
from contract.operations import NONCE_HEADER, SIGNATURE_HEADER
from contract.sealing import NotOpenedError
from contract.sets import CaseState, Outcome
from foundation.clock import in_china, rfc3339
from foundation.errors import Errors
from province_platform import face_calls, sign_in_calls, social_cards, uploads
from province_platform.block_list import block_list_of
from province_platform.calls import Answer, Call, Handler, whole_number
from province_platform.commands import handed_out, without_result
from province_platform.delegations import is_helped
from province_platform.enrolment import redeem
from province_platform.enrolment import renew as renewed
from province_platform.key_shares import destroy_share, make_share, release_share
from province_platform.ledger import Ledger
from province_platform.licences import represented_among
from province_platform.platform import Platform
from province_platform.publication import current_batch
from province_platform.reading import ReadRow, RefusedRow, read_row
from province_platform.reconciliation import Statements
from province_platform.refused import Refused, busy, in_person_only, not_understood, nothing_here, too_large
from province_platform.schema import audit_heads, cases
from province_platform.signed_documents import Kind, current_document, document_answer
from province_platform.slips import take_up

_LONGEST_LIST = 200


async def authority(platform: Platform, _call: Call) -> Answer:
    """The certificate of the platform's authority."""
    return answers.Authority(certificate=platform.keys.authority_pem)


async def enrol(platform: Platform, call: Call) -> Answer:
    """Redeems an enrolment code."""
    request = call.content_as(answers.EnrolmentRequest)
    now = platform.clock.utc_now()
    answer = await platform.database.write(
        lambda connection: redeem(connection, platform.keys, request, now, platform.heartbeat_s)
    )
    platform.feed.announce()
    return answer


async def renew(platform: Platform, call: Call) -> Answer:
    """The next certificate of a terminal."""
    request, terminal, now = call.content_as(answers.RenewalRequest), call.terminal, platform.clock.utc_now()
    return await platform.database.write(
        lambda connection: renewed(connection, platform.keys, terminal, request, now, platform.heartbeat_s)
    )


async def time(platform: Platform, call: Call) -> Answer:
    """The platform's clock, signed together with the caller's nonce, and the window for what waits."""
    if platform.drain.is_due():
        await platform.database.read(platform.drain.count)
    nonce = call.request.headers.get(NONCE_HEADER, "")

    def sign() -> Response:
        said = answers.PlatformTime(
            time=rfc3339(platform.clock.utc_now()),
            terminal_id=call.terminal.terminal_id,
            nonce=nonce if re.fullmatch(UUID_PATTERN, nonce) else "",
            drain_window_s=platform.drain.seconds(),
        )
        content = msgspec.json.encode(said)
        headers = {SIGNATURE_HEADER: platform.keys.item_signer.sign(content), "cache-control": "no-store"}
        return Response(content, headers=headers, media_type="application/json")

    return await platform.database.work(sign)


async def items(platform: Platform, call: Call) -> Answer:
    """The current batch as its exact bytes, or 304 when the caller has it."""
    batch = await platform.database.read(current_batch)
    if batch is None:
        return busy()
    headers = {"etag": batch.entity_tag, SIGNATURE_HEADER: batch.signature, "cache-control": "no-cache"}
    if call.request.headers.get("if-none-match") == batch.entity_tag:
        return Response(status_code=304, headers=headers)
    return Response(batch.content, headers=headers, media_type="application/json")


def _signed_document(kind: Kind) -> Handler:
    """Serves what is in force of this kind."""

    async def serve(platform: Platform, call: Call) -> Answer:
        document = await platform.database.read(lambda connection: current_document(connection, kind))
        return busy() if document is None else document_answer(document, call.request)

    return serve


async def block_list(platform: Platform, call: Call) -> Answer:
    """What is blocked, under the caller's own key."""
    terminal, sealed_key = call.terminal, call.request.headers.get(KEY_HEADER, "")
    document = await platform.database.read(
        lambda connection: block_list_of(connection, platform.keys, terminal, sealed_key)
    )
    if document is None:
        return not_understood(Errors.BLOCK_LIST_REFUSED)
    return document_answer(document, call.request)


async def events(platform: Platform, call: Call) -> Answer:
    """Takes a batch of events; answers row by row when the rows are durable."""
    body, terminal, now = call.content_as(bytes), call.terminal, platform.clock.utc_now()

    def read() -> list[ReadRow | RefusedRow] | Refused:
        try:
            rows = split_batch(body)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return not_understood(Errors.EVENT_REFUSED)
        if len(rows) > LARGEST_BATCH:
            return too_large(Errors.EVENT_REFUSED)
        return [read_row(row, terminal, platform.keys) for row in rows]

    rows = await platform.database.work(read)
    if isinstance(rows, Refused):
        return rows

    async def store(part: list[ReadRow | RefusedRow]) -> list[answers.EventAnswer]:
        return await platform.database.write(lambda connection: Ledger(connection, terminal, now).store(part))

    try:
        outcome = await store(rows)
    except SQLAlchemyError:
        outcome = await _one_by_one(rows, store)
    wanted = await _wanted(platform, terminal.terminal_id, now)
    platform.feed.announce()
    if platform.switches.take_dropped_answer():
        # The rows are durable. The answer never leaves: the connection is cut under it.
        call.request.state.cut()
    return answers.BatchAnswer(answers=outcome, time=rfc3339(now), wanted=wanted)


async def _wanted(platform: Platform, terminal_id: str, now: datetime) -> list[answers.Wanted]:
    """What this answer asks the terminal for. Nothing is written when it is nothing, which it mostly is."""

    def due(connection: Connection) -> list[answers.Wanted]:
        return Statements(connection, terminal_id, now).to_ask_now()

    def take(connection: Connection) -> list[answers.Wanted]:
        book = Statements(connection, terminal_id, now)
        stretches = book.to_ask_now()
        book.asked(stretches)
        return stretches

    return await platform.database.write(take) if await platform.database.read(due) else []


async def _one_by_one(
    rows: list[ReadRow | RefusedRow],
    store: Callable[[list[ReadRow | RefusedRow]], Awaitable[list[answers.EventAnswer]]],
) -> list[answers.EventAnswer]:
    """A row that the database cannot take never keeps the others out."""
    outcome = []
    for row in rows:
        try:
            outcome += await store([row])
        except SQLAlchemyError:
            identity = row.event.id if isinstance(row, ReadRow) else row.event_id
            outcome.append(
                answers.EventAnswer(id=identity, outcome=Outcome.RETRY, code=Errors.PROVINCE_BUSY.code)
            )
    return outcome


async def commands(platform: Platform, call: Call) -> Answer:
    """Commands for the terminal; when there are none, holds the answer back until there are."""
    asked, terminal_id = call.request.query_params, call.terminal.terminal_id
    after = whole_number(asked.get("after", ""))
    loop = asyncio.get_running_loop()
    until_s = loop.time() + min(whole_number(asked.get("wait_s", "")), LONGEST_WAIT_S)
    while True:
        bell = platform.mailboxes.bell(terminal_id)
        found: CommandList = await platform.database.read(
            lambda connection: without_result(connection, terminal_id, after)
        )
        if found.commands:
            await _note_handed_out(platform, terminal_id, found.position)
            return found
        if platform.mailboxes.closed or not await platform.mailboxes.wait(bell, until_s - loop.time()):
            return found


async def _note_handed_out(platform: Platform, terminal_id: str, until: int) -> None:
    now = rfc3339(platform.clock.utc_now())
    await platform.database.write(lambda connection: handed_out(connection, terminal_id, until, now))
    platform.feed.announce()


async def query(platform: Platform, call: Call) -> Answer:
    """Asks the department behind a query item."""
    question, citizen = call.content_as(answers.Question), call.citizen
    item_code = call.request.path_params["item_code"]
    today = in_china(platform.clock.utc_now()).date()
    if await platform.database.read(lambda connection: is_helped(connection, citizen.session_id)):
        return in_person_only()

    def ask() -> Answer:
        given: dict[str, str | list[str]] = {}
        if question.sealed:
            try:
                opened = platform.keys.opener.open(question.sealed)
                given = msgspec.json.decode(opened, type=dict[str, str | list[str]])
            except (NotOpenedError, msgspec.DecodeError, UnicodeError, RecursionError):
                return not_understood(Errors.QUERY_REFUSED)
        return platform.departments.ask(item_code, citizen.subject_ref, given, today)

    return await platform.database.work(ask)


async def licence(platform: Platform, call: Call) -> Answer:
    """Asks the licence library."""
    question = call.content_as(answers.LicenceQuestion)
    return answers.LicenceAnswer(
        licence=platform.departments.licence(question.kind, call.citizen.subject_ref)
    )


async def list_cases(platform: Platform, call: Call) -> Answer:
    """The person's cases and those of the firm that she acts for, newest first; not for who helps her."""
    citizen = call.citizen
    if await platform.database.read(lambda connection: is_helped(connection, citizen.session_id)):
        return in_person_only()
    firms = await platform.database.read(partial(represented_among, sessions=[citizen.session_id]))
    subjects = [citizen.subject_ref, *(each.subject_ref for each in firms.values())]
    mine = (
        select(cases)
        .where(cases.c.subject_ref.in_(subjects))
        .order_by(cases.c.received_at.desc())
        .limit(_LONGEST_LIST)
    )
    rows = await platform.database.read(lambda connection: connection.execute(mine).all())
    return answers.CaseList(cases=[_case(row) for row in rows])


async def one_case(platform: Platform, call: Call) -> Answer:
    """Where one case of this terminal stands."""
    this = select(cases).where(
        cases.c.case_id == call.request.path_params["case_id"],
        cases.c.terminal_id == call.terminal.terminal_id,
    )
    row = await platform.database.read(lambda connection: connection.execute(this).one_or_none())
    return nothing_here(Errors.QUERY_REFUSED) if row is None else _case(row)


async def audit_anchor(platform: Platform, call: Call) -> Answer:
    """How far this terminal has told its audit chains, the newest first."""
    heads = (
        select(audit_heads)
        .where(audit_heads.c.terminal_id == call.terminal.terminal_id)
        .order_by(audit_heads.c.received_at.desc())
        .limit(_LONGEST_LIST)
    )
    rows = await platform.database.read(lambda connection: connection.execute(heads).all())
    return answers.AuditAnchors(
        heads=[
            answers.AuditHead(
                chain_id=row.chain_id, last_entry=row.last_entry, head=row.head, received_at=row.received_at
            )
            for row in rows
        ]
    )


async def slip(platform: Platform, call: Call) -> Answer:
    """What a window sees that scans the code of a slip."""
    scan, now = call.content_as(answers.SlipScan), platform.clock.utc_now()
    return await platform.database.read(lambda connection: take_up(connection, scan.code, now))


async def places(platform: Platform, call: Call) -> Answer:
    """Where else people can go from this terminal."""
    terminal_id = call.terminal.terminal_id
    return await platform.database.read(lambda connection: platform.board.places(connection, terminal_id))


async def make_key_share(platform: Platform, call: Call) -> Answer:
    """A new share of the terminal's key."""
    place, now = call.request.path_params["place"], platform.clock.utc_now()
    terminal_id = call.terminal.terminal_id
    return await platform.database.write(
        lambda connection: make_share(connection, platform.keys, terminal_id, place, now)
    )


async def release_key_share(platform: Platform, call: Call) -> Answer:
    """The share that the terminal opens its store with."""
    place, terminal_id = call.request.path_params["place"], call.terminal.terminal_id
    return await platform.database.read(
        lambda connection: release_share(connection, platform.keys, terminal_id, place)
    )


async def destroy_key_share(platform: Platform, call: Call) -> Answer:
    """Destroys a share of the terminal's key."""
    place, terminal_id = call.request.path_params["place"], call.terminal.terminal_id
    await platform.database.write(lambda connection: destroy_share(connection, terminal_id, place))
    return answers.Nothing()


def _case(row: Row[tuple[object, ...]]) -> answers.CaseAnswer:
    return answers.CaseAnswer(
        case_id=row.case_id,
        case_no=row.case_no,
        state=CaseState(row.state),
        item_code=row.item_code,
        received_at=row.received_at,
        hear_by=row.hear_by,
        receipt_number=row.receipt_number,
    )


HANDLERS: Mapping[str, Handler] = {
    "authority": authority,
    "enrol": enrol,
    "renew": renew,
    "time": time,
    "items": items,
    "theme": _signed_document(Kind.THEME),
    "news": _signed_document(Kind.NEWS),
    "block_list": block_list,
    "clips": _signed_document(Kind.CLIPS),
    "events": events,
    "commands": commands,
    "sign_in_card": sign_in_calls.by_card,
    "sign_in_code": sign_in_calls.by_code,
    "sign_in_challenge": sign_in_calls.challenge,
    "sign_in_confirmed": sign_in_calls.confirmed,
    "delegate": sign_in_calls.help_somebody,
    "social_card": social_cards.compare,
    "face_compare": face_calls.compare,
    "sign_out": sign_in_calls.end_session,
    "query": query,
    "licence": licence,
    "cases": list_cases,
    "case": one_case,
    "audit_anchor": audit_anchor,
    "slip": slip,
    "places": places,
    "upload_terms": uploads.terms,
    "upload_create": uploads.create,
    "upload_offset": uploads.offset,
    "upload_append": uploads.append,
    "upload_end": uploads.end,
    "key_share_make": make_key_share,
    "key_share_release": release_key_share,
    "key_share_destroy": destroy_key_share,
}
"""By the name of the operation."""
