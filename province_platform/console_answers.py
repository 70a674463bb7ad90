"""What the console's handlers share: what they work with, and how they read and answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from foundation.errors import Errors
from province_platform.bodies import SMALL, read_body
from province_platform.listener import Listener
from province_platform.platform import Platform
from province_platform.refused import Refused, json_response

HEADERS = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
_Struct = TypeVar("_Struct")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the console's handlers work with."""

    platform: Platform
    terminals: Listener


Handler = Callable[[Desk, Request], Awaitable[Response]]


async def json_body(request: Request, kind: type[_Struct]) -> _Struct | Response:
    """What the body says, or the refusal to be sent."""
    if (problem := not_json(request)) is not None:
        return problem
    body = await read_body(request, SMALL, Errors.PROVINCE_NOT_UNDERSTOOD)
    if isinstance(body, Refused):
        return body.response()
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return bad(str(error))


def not_json(request: Request) -> Response | None:
    """The refusal of a body that another web page could have sent, or None."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    return None if kind == "application/json" else bad("send application/json", 415)


def as_json(content: object) -> Response:
    """An answer."""
    return json_response(content, headers=HEADERS)


def bad(problem: str, status: int = 400) -> Response:
    """A refusal in words."""
    return json_response({"problem": problem}, status, HEADERS)
