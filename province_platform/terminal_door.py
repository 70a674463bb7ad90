"""The door for terminals: a route for every operation of the contract, and who may come through it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from contract.operations import (
    ENROL,
    EVENTS,
    FACE_COMPARE,
    OPERATIONS,
    RENEW,
    SESSION_HEADER,
    SIGN_OUT,
    Caller,
    Operation,
)
from foundation.errors import ErrorCode, Errors
from province_platform.bodies import BATCH, PICTURE, SMALL, read_body
from province_platform.callers import Citizen, Terminal
from province_platform.calls import Call
from province_platform.handlers import HANDLERS
from province_platform.listener import Peer
from province_platform.platform import Platform
from province_platform.refused import (
    Refused,
    busy,
    enrolment_malformed,
    json_response,
    not_authorised,
    not_understood,
    nothing_here,
    sign_in_expired,
)
from province_platform.schema import certificates, terminals
from province_platform.sign_in import find_citizen

log = logging.getLogger("dianxiaoer.platform.door")


_LIMITS = {EVENTS.name: BATCH, FACE_COMPARE.name: PICTURE}


@dataclass(frozen=True, slots=True)
class _Known:
    """Who calls, as far as the operation asks."""

    terminal: Terminal | None = None
    citizen: Citizen | None = None


def terminal_application(platform: Platform) -> Starlette:
    """The application behind the terminals' listener."""
    routes = [
        Route(operation.path, _endpoint(platform, operation), methods=[operation.method])
        for operation in OPERATIONS
    ]
    return Starlette(
        routes=routes, exception_handlers={HTTPException: _no_such_route, SQLAlchemyError: _busy}
    )


def _endpoint(platform: Platform, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    handler = HANDLERS[operation.name]

    async def answer(request: Request) -> Response:
        await platform.switches.be_slow()
        if platform.switches.now.error_500:
            return HTMLResponse("<html><body><h1>500 Internal Server Error</h1></body></html>", 500)
        known = await _identify(platform, operation, request)
        if isinstance(known, Refused):
            return known.response()
        content = await _content(operation, request)
        if isinstance(content, Refused):
            return content.response()
        answered = await handler(platform, Call(request, known.terminal, known.citizen, content))
        if isinstance(answered, Refused):
            return answered.response()
        return answered if isinstance(answered, Response) else json_response(answered)

    return answer


async def _identify(platform: Platform, operation: Operation, request: Request) -> _Known | Refused:
    if operation.caller is Caller.ANYONE:
        return _Known()
    peer: Peer | None = request.state.peer
    if peer is None:
        return not_authorised()
    # Who signs out may be late: its session is ended by the token alone.
    token = request.headers.get(SESSION_HEADER, "") if operation is not SIGN_OUT else ""
    needs_citizen = operation.caller is Caller.CITIZEN and operation is not SIGN_OUT

    def look_up(connection: Connection) -> _Known | Refused:
        terminal = _find_terminal(connection, peer)
        if terminal is None:
            return not_authorised()
        if not needs_citizen:
            return _Known(terminal)
        citizen = find_citizen(connection, terminal, token, platform.clock.utc_now())
        return sign_in_expired() if citizen is None else _Known(terminal, citizen)

    known = await platform.database.read(look_up)
    if isinstance(known, _Known) and known.terminal is not None:
        platform.presence.heard(known.terminal.terminal_id)
    return known


def _find_terminal(connection: Connection, peer: Peer) -> Terminal | None:
    """The terminal of this very certificate, unless it was revoked."""
    row = connection.execute(
        select(terminals).where(terminals.c.terminal_id == peer.common_name, terminals.c.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    if row.serial_number == peer.serial_number:
        return Terminal(row.terminal_id, row.site_id, row.certificate)
    renewed = connection.scalar(
        select(certificates.c.certificate).where(
            certificates.c.serial_number == peer.serial_number, certificates.c.terminal_id == row.terminal_id
        )
    )
    return None if renewed is None else Terminal(row.terminal_id, row.site_id, renewed)


async def _content(operation: Operation, request: Request) -> object | Refused:
    """The decoded request; the bytes themselves for a batch of events; a file is left to its handler."""
    if operation.request in (None, bytes):
        return None
    error = _error_of(operation)
    body = await read_body(request, _LIMITS.get(operation.name, SMALL), error)
    if isinstance(body, Refused) or operation is EVENTS:
        return body
    try:
        content: object = msgspec.json.decode(body, type=operation.request)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return enrolment_malformed() if operation in (ENROL, RENEW) else not_understood(error)
    return content


def _error_of(operation: Operation) -> ErrorCode:
    """What a caller is to make of a request of this operation that was not understood."""
    errors = {
        "enrol": Errors.ENROLMENT_CODE_MALFORMED,
        "renew": Errors.ENROLMENT_CODE_MALFORMED,
        "events": Errors.EVENT_REFUSED,
        "sign_in_card": Errors.SIGN_IN_REFUSED,
        "sign_in_code": Errors.CODE_REFUSED,
    }
    return errors.get(operation.name, Errors.QUERY_REFUSED)


async def _no_such_route(_request: Request, exception: Exception) -> Response:
    status = exception.status_code if isinstance(exception, HTTPException) else 404
    refused = nothing_here()
    return Refused(status, refused.error, refused.message).response()


async def _busy(_request: Request, exception: Exception) -> Response:
    # The message of a database error may quote: only its type goes to the log.
    log.error("the database could not do it: %s", type(exception).__name__)
    return busy().response()
