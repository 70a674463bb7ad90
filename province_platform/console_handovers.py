"""The window of the console: opens a form that was not finished at a terminal."""

from __future__ import annotations

from typing import Annotated

import msgspec
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from contract.item_checks import decode_batch_document
from contract.items import Item
from province_platform.console_answers import Desk, Handler, as_json, json_body
from province_platform.handovers import HandoverBook, HandoverOpened
from province_platform.publication import current_batch
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
    if isinstance(opened, Refused):
        return opened.response()
    batch = await platform.database.read(current_batch)
    item = decode_batch_document(batch.content).find(opened.item_code) if batch is not None else None
    return as_json(msgspec.to_builtins(opened) | _worded(opened, item))


def _worded(opened: HandoverOpened, item: Item | None) -> dict[str, object]:
    """How the matter calls itself, its fields and the next question; nothing where it has changed."""
    if item is None or item.version != opened.item_version:
        return {"title": None, "labels": {}, "next_question": None}
    asked = next((step.question for step in item.steps if step.field == opened.step), None)
    labels = {field: about.label for field, about in item.fields.items()}
    return {"title": item.title, "labels": labels, "next_question": asked}


HANDOVER_ROUTES: tuple[tuple[str, Handler, str], ...] = (("/console/handovers", _open, "POST"),)
"""Path, handler and method of each."""
