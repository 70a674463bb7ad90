"""The console's page of what is blocked: proposed, approved by another, lifted. It shows nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from province_platform.block_list import BlockWish, approve_block, known_blocks, lift_block, propose_block
from province_platform.console_answers import Desk, Handler, as_json, bad, json_body
from province_platform.publication import NotPublishableError

_Who = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Proposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be blocked, and who says so."""

    wish: BlockWish
    by: _Who


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of an entry, and who says so."""

    act: Literal["approve", "lift"]
    by: _Who


async def _blocks(desk: Desk, _request: Request) -> Response:
    return as_json({"blocks": await desk.platform.database.read(known_blocks)})


async def _propose(desk: Desk, request: Request) -> Response:
    proposal = await json_body(request, Proposal)
    if isinstance(proposal, Response):
        return proposal
    keys = desk.platform.keys
    return await _changed(
        desk, lambda connection, now: propose_block(connection, keys, proposal.wish, proposal.by, now)
    )


async def _decide(desk: Desk, request: Request) -> Response:
    decision = await json_body(request, Decision)
    if isinstance(decision, Response):
        return decision
    block_id = request.path_params["block_id"]
    decide = approve_block if decision.act == "approve" else lift_block

    def change(connection: Connection, now: datetime) -> str:
        decide(connection, block_id, decision.by, now)
        return str(block_id)

    return await _changed(desk, change)


async def _changed(desk: Desk, change: Callable[[Connection, datetime], str]) -> Response:
    now = desk.platform.clock.utc_now()
    try:
        block_id = await desk.platform.database.write(lambda connection: change(connection, now))
    except NotPublishableError as problem:
        return bad(str(problem), 422)
    desk.platform.feed.announce()
    return as_json({"block_id": block_id})


BLOCK_ROUTES: tuple[tuple[str, Handler, str], ...] = (
    ("/console/blocks", _blocks, "GET"),
    ("/console/blocks", _propose, "POST"),
    ("/console/blocks/{block_id}", _decide, "POST"),
)
"""Path, handler and method of each."""
