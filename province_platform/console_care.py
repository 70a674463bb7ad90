"""The console's care for what is missing: undelivered cases, reconciliation, the figures of the regions."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response

from foundation.clock import rfc3339
from province_platform.console_answers import Desk, Handler, as_json, bad, json_body
from province_platform.quality import MOST_DAYS, quality
from province_platform.reconciliation import Statements, told
from province_platform.refused import nothing_here
from province_platform.schema import operator_acts, statements, terminals
from province_platform.undelivered import UndeliveredBook, undelivered_cases

NEWEST = 200
_Office = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
_Words = Annotated[str, msgspec.Meta(max_length=200)]


class SlipQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A citizen stands at a window with a slip. ``by`` names the window or office, never a person."""

    receipt_number: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{11}$")]
    by: _Office


class CareAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an office does about an undelivered case; ``note`` is needed to close it."""

    act: Literal["take_up", "close"]
    by: _Office
    note: _Words = ""


class Asker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wants a terminal asked for what is missing."""

    by: _Office


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Over how many days the figures go."""

    days: Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)] = 30


async def _undelivered(desk: Desk, _request: Request) -> Response:
    """The undelivered cases, and those that terminals named as waiting and whose day has not come."""
    now = desk.platform.clock.utc_now()

    def read(connection: Connection) -> dict[str, object]:
        silent = desk.platform.presence.silent_s
        waiting = UndeliveredBook(connection, now).waiting()
        return {
            "undelivered": undelivered_cases(connection, NEWEST),
            "waiting": [each | {"silent_s": round(silent(str(each["terminal_id"])))} for each in waiting],
        }

    return as_json(await desk.platform.database.read(read))


async def _ask_for_slip(desk: Desk, request: Request) -> Response:
    question = await json_body(request, SlipQuestion)
    if isinstance(question, Response):
        return question
    now = desk.platform.clock.utc_now()
    found = await desk.platform.database.write(
        lambda connection: UndeliveredBook(connection, now).find(question.receipt_number, question.by)
    )
    desk.platform.feed.announce()
    if found is None:
        return bad("no terminal prints slips with this number", 404)
    more = {"to_go_on": True} if found.to_go_on else {}
    return as_json({"case_no": found.delivered, "case_id": found.case_id} | more)


async def _care(desk: Desk, request: Request) -> Response:
    act = await json_body(request, CareAct)
    if isinstance(act, Response):
        return act
    if act.act == "close" and not act.note:
        return bad("say in note what became of the citizen", 422)
    case_id, now = request.path_params["case_id"], desk.platform.clock.utc_now()

    def do(connection: Connection) -> bool:
        book = UndeliveredBook(connection, now)
        change = book.take_up if act.act == "take_up" else book.close
        return change(case_id, act.by, act.note)

    done = await desk.platform.database.write(do)
    desk.platform.feed.announce()
    return as_json({"case_id": case_id}) if done else bad("it is not there, or not in that state", 409)


async def _acts(desk: Desk, _request: Request) -> Response:
    chosen = select(operator_acts).order_by(operator_acts.c.position.desc()).limit(NEWEST)
    rows = await desk.platform.database.read(lambda connection: connection.execute(chosen).all())
    return as_json({"acts": [row._asdict() for row in rows]})


async def _reconciliation(desk: Desk, _request: Request) -> Response:
    """The statements of the terminals, those that differ first."""
    chosen = select(statements).order_by(statements.c.agrees, statements.c.received_at.desc()).limit(NEWEST)
    rows = await desk.platform.database.read(lambda connection: connection.execute(chosen).all())
    return as_json({"statements": [told(row) for row in rows]})


async def _ask_again(desk: Desk, request: Request) -> Response:
    """The terminal is asked, at its next batch, for every difference and every gap."""
    asker = await json_body(request, Asker)
    if isinstance(asker, Response):
        return asker
    terminal_id, now = request.path_params["terminal_id"], desk.platform.clock.utc_now()

    def ask(connection: Connection) -> int | None:
        known = select(terminals.c.terminal_id).where(terminals.c.terminal_id == terminal_id)
        if connection.scalar(known) is None:
            return None
        stretches = Statements(connection, terminal_id, now).ask_for_everything_missing()
        connection.execute(
            operator_acts.insert().values(
                at=rfc3339(now), by=asker.by, act="asked_again", subject=f"terminal/{terminal_id}", note=""
            )
        )
        return stretches

    stretches = await desk.platform.database.write(ask)
    if stretches is None:
        return nothing_here().response()
    return as_json({"terminal_id": terminal_id, "stretches": stretches})


async def _quality(desk: Desk, request: Request) -> Response:
    try:
        wish = msgspec.convert(dict(request.query_params), Days, strict=False)
    except msgspec.ValidationError as error:
        return bad(str(error))
    now = desk.platform.clock.utc_now()
    return as_json(await desk.platform.database.read(lambda connection: quality(connection, now, wish.days)))


CARE_ROUTES: tuple[tuple[str, Handler, str], ...] = (
    ("/console/undelivered", _undelivered, "GET"),
    ("/console/undelivered", _ask_for_slip, "POST"),
    ("/console/undelivered/{case_id}", _care, "POST"),
    ("/console/acts", _acts, "GET"),
    ("/console/reconciliation", _reconciliation, "GET"),
    ("/console/reconciliation/{terminal_id}", _ask_again, "POST"),
    ("/console/quality", _quality, "GET"),
)
"""Path, handler and method of each."""
