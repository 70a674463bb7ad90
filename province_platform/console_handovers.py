"""The window of the console: opens a form that was not finished at a terminal."""

from __future__ import annotations

from typing import Annotated

import msgspec
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from province_platform.console_answers import Desk, Handler, as_json, json_body
from province_platform.handovers import HandoverBook, HandoverOpened
from province_platform.reference_people import find_person
from province_platform.refused import Refused
from province_platform.slips import genuine, not_genuine


class HandoverWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A slip's code was scanned and a card was laid down: that of the reference citizen ``person_id``.

    ``by`` names the window, never a person; ``person_id`` is empty where no card was laid down.
    """

    code: Annotated[str, msgspec.Meta(max_length=500)]
    by: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    person_id: Annotated[str, msgspec.Meta(max_length=32)] = ""


async def _open(desk: Desk, request: Request) -> Response:
    wish = await json_body(request, HandoverWish)
    if isinstance(wish, Response):
        return wish
    platform, now = desk.platform, desk.platform.clock.utc_now()
    person = find_person(wish.person_id)

    def open_it(connection: Connection) -> HandoverOpened | Refused:
        found = genuine(connection, wish.code)
        if found is None:
            return not_genuine()
        shown = person.identity if person is not None else None
        return HandoverBook(connection, now).open(platform.keys.opener, found[0], shown, wish.by)

    opened = await platform.database.write(open_it)
    platform.feed.announce()
    return opened.response() if isinstance(opened, Refused) else as_json(opened)


HANDOVER_ROUTES: tuple[tuple[str, Handler, str], ...] = (("/console/handovers", _open, "POST"),)
"""Path, handler and method of each."""
