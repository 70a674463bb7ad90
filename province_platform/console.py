"""The console on loopback: one page, its figures as JSON, and a stream of news for whoever watches.

Nobody signs in here: it is for who sits at the machine. Two things keep a web page elsewhere from reaching it
through the operator's browser: only loopback names are answered (against DNS rebinding), and every change
needs a JSON body (which no page may send to another origin without asking first).
"""

from __future__ import annotations

import logging
from base64 import b64decode
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contract.answers import Identity, SlipScan
from contract.items import LocalText
from contract.rating_tags import RatingTag
from contract.sets import (
    CaseState,
    Coded,
    CommandOutcome,
    CommandVerb,
    DeviceHealth,
    Satisfaction,
    SiteKind,
    Stream,
    TerminalState,
)
from foundation.clock import rfc3339
from foundation.errors import Errors
from province_platform import console_figures as figures
from province_platform.bodies import DOCUMENT, read_body
from province_platform.code_issuers import CodeIssuer
from province_platform.commands import CommandWish, NotGivenError, give, picture_of
from province_platform.console_answers import HEADERS, Desk, Handler, as_json, bad, json_body, not_json
from province_platform.console_blocks import BLOCK_ROUTES
from province_platform.console_care import CARE_ROUTES
from province_platform.console_commands import revoke, turn_switches
from province_platform.console_handovers import HANDOVER_ROUTES
from province_platform.console_telephone import TELEPHONE_ROUTES
from province_platform.enrolment import all_sites, make_enrolment_code
from province_platform.faults import FaultChange
from province_platform.listener import Listener
from province_platform.opened_files import file_of_case, open_file
from province_platform.platform import Platform
from province_platform.publication import NotPublishableError, publish
from province_platform.reference_firms import find_firm
from province_platform.reference_people import find_person, reference_people
from province_platform.reference_sites import REGIONS
from province_platform.refused import Refused, busy, nothing_here
from province_platform.sign_in import CODE_VALID, make_dynamic_code
from province_platform.slip_page import SLIP_PAGE_ROUTES
from province_platform.slips import take_up

log = logging.getLogger("dianxiaoer.platform.console")

_MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
PAGE = Path(__file__).with_name("console_page")
STILL_THERE_S = 5.0
"""How often a stream says that it is alive; also how late at most 离线 is seen."""


class PersonChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For which reference citizen a code is to be made, and which one she opens on her telephone."""

    person_id: str
    issuer: CodeIssuer = CodeIssuer.RESIDENT_CODE
    firm_id: str = ""
    """Of the firm whose licence it is: with that issuer, and with no other."""


class CodeWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For which terminal an enrolment code is to be made."""

    site_id: str
    name: str


def console_application(platform: Platform, terminals: Listener) -> Starlette:
    """The application behind the console's listener."""
    desk = Desk(platform, terminals)

    def at(path: str, handler: Handler, method: str = "GET") -> Route:
        return Route(path, partial(handler, desk), methods=[method])

    return Starlette(
        routes=[
            at("/", partial(_page, PAGE / "index.html")),
            *(at(f"/{path.name}", partial(_page, path)) for path in PAGE.iterdir()),
            at("/console/summary", _summary),
            at("/console/events", _events),
            at("/console/refused", _refused),
            at("/console/cases/{case_id}/attachments/{digest}", _file_of_case),
            at("/console/stream", _stream),
            at("/console/sites", _sites),
            at("/console/words", _words),
            at("/console/people", _people),
            at("/console/faults", _faults),
            at("/console/faults", _turn_faults, "POST"),
            at("/console/codes", _make_code, "POST"),
            at("/console/enrolment-codes", _make_enrolment_code, "POST"),
            at("/console/items", _publish, "POST"),
            at("/console/slips", _take_up_slip, "POST"),
            at("/console/terminals/{terminal_id}/revoke", _revoke, "POST"),
            at("/console/terminals/{terminal_id}/commands", _give_command, "POST"),
            at("/console/commands/{command_id}/picture", _picture),
            *(
                at(path, handler, method)
                for path, handler, method in (
                    *CARE_ROUTES,
                    *BLOCK_ROUTES,
                    *TELEPHONE_ROUTES,
                    *HANDOVER_ROUTES,
                    *SLIP_PAGE_ROUTES,
                )
            ),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        exception_handlers={SQLAlchemyError: _busy},
    )


async def _page(path: Path, desk: Desk, _request: Request) -> Response:
    content = await desk.platform.database.work(path.read_bytes)
    return Response(content, headers=HEADERS, media_type=_MEDIA_TYPES[path.suffix])


async def _summary(desk: Desk, _request: Request) -> Response:
    platform = desk.platform
    return as_json(await platform.database.read(lambda connection: figures.summary(connection, platform)))


async def _events(desk: Desk, request: Request) -> Response:
    try:
        question = msgspec.convert(dict(request.query_params), figures.EventQuestion, strict=False)
    except msgspec.ValidationError as error:
        return bad(str(error))
    stored = await desk.platform.database.read(lambda connection: figures.stored_events(connection, question))
    return as_json({"events": stored})


async def _file_of_case(desk: Desk, request: Request) -> Response:
    """A file of a case, opened; a browser saves it and never runs it."""
    platform, asked = desk.platform, request.path_params
    found = await platform.database.read(
        lambda connection: file_of_case(connection, asked["case_id"], asked["digest"])
    )
    if found is None:
        return nothing_here().response()
    opened = await platform.database.work(
        lambda: open_file(platform.upload_files, platform.keys.opener, *found)
    )
    if opened is None:
        return bad("the file cannot be opened", 500)
    headers = {**HEADERS, "content-disposition": "attachment"}
    return Response(opened.content, headers=headers, media_type=opened.media_type)


async def _refused(desk: Desk, request: Request) -> Response:
    terminal_id = request.query_params.get("terminal_id", "")
    rows = await desk.platform.database.read(lambda connection: figures.refused_rows(connection, terminal_id))
    return as_json({"refused": rows})


async def _stream(desk: Desk, request: Request) -> Response:
    """Server-sent events (WHATWG HTML, 9.2): ``stored`` for each event, ``changed`` for anything else.

    Goes on after the position in ``Last-Event-ID`` (or ``?after=``), otherwise from now.
    """
    asked = request.headers.get("last-event-id") or request.query_params.get("after", "")
    if asked.isdecimal() and len(asked) < 19:
        after = int(asked)
    else:
        after = await desk.platform.database.read(figures.newest_position)
    headers = HEADERS | {"x-accel-buffering": "no"}
    return StreamingResponse(_news(desk, after), headers=headers, media_type="text/event-stream")


async def _news(desk: Desk, after: int) -> AsyncIterator[bytes]:
    feed, database = desk.platform.feed, desk.platform.database
    yield b"retry: 1000\n\n"
    while not feed.closed:
        ticket = feed.ticket()
        news = await database.read(partial(figures.news_after, position=after))
        for row in news:
            after = row["position"]
            yield b"id: %d\nevent: stored\ndata: %s\n\n" % (after, msgspec.json.encode(row))
        if len(news) == figures.NEWEST:
            continue
        if await feed.wait(ticket, STILL_THERE_S):
            # What was announced may be no event: a fault switch, an enrolment, a publication.
            if not feed.closed:
                yield b"event: changed\ndata: {}\n\n"
        else:
            yield b"event: still_there\ndata: {}\n\n"


async def _sites(desk: Desk, _request: Request) -> Response:
    return as_json({"sites": await desk.platform.database.read(all_sites)})


async def _words(_desk: Desk, _request: Request) -> Response:
    """The settled words of the closed sets, so that the page has none of its own for them."""
    sets: dict[str, type[Coded]] = {
        "stream": Stream,
        "terminal_state": TerminalState,
        "satisfaction": Satisfaction,
        "case_state": CaseState,
        "site_kind": SiteKind,
        "device_health": DeviceHealth,
        "command_verb": CommandVerb,
        "command_outcome": CommandOutcome,
        "rating_tag": RatingTag,
    }
    words = {
        name: {each.value: LocalText(each.zh, each.en) for each in values} for name, values in sets.items()
    }
    regions = {code: LocalText(zh, en) for code, (zh, en) in REGIONS.items()}
    return as_json({**words, "regions": regions, "unknown": LocalText("未知", "unknown")})


async def _people(_desk: Desk, _request: Request) -> Response:
    """The reference citizens in full, for who plays one of them. They do not exist."""
    people = [{"person_id": each.person_id, "identity": each.identity} for each in reference_people()]
    return as_json({"people": people})


async def _faults(desk: Desk, _request: Request) -> Response:
    return as_json(desk.platform.switches.now)


async def _turn_faults(desk: Desk, request: Request) -> Response:
    change = await json_body(request, FaultChange)
    if isinstance(change, Response):
        return change
    return as_json(await turn_switches(desk.platform, desk.terminals, change))


async def _make_code(desk: Desk, request: Request) -> Response:
    """The reference issuer of dynamic codes, as the citizen's telephone would show them."""
    choice = await json_body(request, PersonChoice)
    if isinstance(choice, Response):
        return choice
    person = find_person(choice.person_id)
    if person is None:
        return bad("no such reference citizen; see /console/people", 404)
    if (find_firm(choice.firm_id) is None) is (choice.issuer is CodeIssuer.BUSINESS_LICENCE):
        return bad("a licence is that of a reference firm, and no other code is; see /console/firms", 404)
    now = desk.platform.clock.utc_now()
    code = await desk.platform.database.write(
        lambda connection: make_dynamic_code(connection, person, now, choice.issuer, choice.firm_id)
    )
    identity: Identity = person.identity
    return as_json({"code": code, "expires_in_s": int(CODE_VALID.total_seconds()), "identity": identity})


async def _make_enrolment_code(desk: Desk, request: Request) -> Response:
    wish = await json_body(request, CodeWish)
    if isinstance(wish, Response):
        return wish
    platform, now = desk.platform, desk.platform.clock.utc_now()
    try:
        code = await platform.database.write(
            lambda connection: make_enrolment_code(connection, platform.keys, wish.site_id, wish.name, now)
        )
    except ValueError as error:
        return bad(str(error))
    return as_json({"code": code})


async def _take_up_slip(desk: Desk, request: Request) -> Response:
    """What a window sees that scans the code of a slip."""
    scan = await json_body(request, SlipScan)
    if isinstance(scan, Response):
        return scan
    now = desk.platform.clock.utc_now()
    standing = await desk.platform.database.read(lambda connection: take_up(connection, scan.code, now))
    return standing.response() if isinstance(standing, Refused) else as_json(standing)


async def _publish(desk: Desk, request: Request) -> Response:
    if (problem := not_json(request)) is not None:
        return problem
    body = await read_body(request, DOCUMENT, Errors.ITEM_BATCH_REFUSED)
    if isinstance(body, Refused):
        return body.response()
    platform, now = desk.platform, desk.platform.clock.utc_now()
    try:
        batch = await platform.database.write(
            lambda connection: publish(connection, platform.keys.item_signer, body, now)
        )
    except NotPublishableError as error:
        return bad(str(error), 422)
    platform.feed.announce()
    return as_json({"batch_id": batch.batch_id, "published_at": batch.published_at})


async def _revoke(desk: Desk, request: Request) -> Response:
    if (problem := not_json(request)) is not None:
        return problem
    now = rfc3339(desk.platform.clock.utc_now())
    terminal_id = request.path_params["terminal_id"]
    done = await desk.platform.database.write(lambda connection: revoke(connection, terminal_id, now))
    desk.platform.feed.announce()
    return as_json({"terminal_id": terminal_id, "revoked_at": now}) if done else nothing_here().response()


async def _picture(desk: Desk, request: Request) -> Response:
    command_id = request.path_params["command_id"]
    picture = await desk.platform.database.read(lambda connection: picture_of(connection, command_id))
    if picture is None:
        return nothing_here().response()
    return Response(b64decode(picture), media_type="image/jpeg")


async def _give_command(desk: Desk, request: Request) -> Response:
    wish = await json_body(request, CommandWish)
    if isinstance(wish, Response):
        return wish
    platform, now = desk.platform, desk.platform.clock.utc_now()
    terminal_id, signer = request.path_params["terminal_id"], platform.keys.command_signer
    try:
        command = await platform.database.write(
            lambda connection: give(connection, signer, terminal_id, wish, now)
        )
    except NotGivenError as error:
        return bad(str(error), 422)
    platform.mailboxes.ring(terminal_id)
    platform.feed.announce()
    return as_json(command)


async def _busy(_request: Request, exception: Exception) -> Response:
    log.error("the database could not do it: %s", type(exception).__name__)
    return busy().response()
