"""The console plays the telephone of a reference citizen: it scans the code of a screen, and confirms it.

There is no camera here. What a telephone learns by scanning is therefore also listed: the codes that stand on
screens at this moment.
"""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from contract.answers import Nothing
from province_platform.challenges import Decision, bell_of, decide, scan_challenge, waiting_challenges
from province_platform.console_answers import Desk, Handler, as_json, bad, json_body
from province_platform.reference_firms import find_firm, reference_firms
from province_platform.reference_people import find_person


class ScannedCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a telephone has read off a screen."""

    code: str


class TelephoneChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose telephone it is, whether she has confirmed, and for which firm; empty: for herself."""

    person_id: str
    confirmed: bool
    firm_id: str = ""


async def _waiting(desk: Desk, _request: Request) -> Response:
    now = desk.platform.clock.utc_now()
    found = await desk.platform.database.read(lambda connection: waiting_challenges(connection, now))
    return as_json({"challenges": found})


async def _scan(desk: Desk, request: Request) -> Response:
    scanned = await json_body(request, ScannedCode)
    if isinstance(scanned, Response):
        return scanned
    now = desk.platform.clock.utc_now()
    seen = await desk.platform.database.read(lambda connection: scan_challenge(connection, scanned.code, now))
    return bad("this code is not on a screen, or not any more", 404) if seen is None else as_json(seen)


async def _decide(desk: Desk, request: Request) -> Response:
    choice = await json_body(request, TelephoneChoice)
    if isinstance(choice, Response):
        return choice
    person = find_person(choice.person_id)
    if person is None:
        return bad("no such reference citizen; see /console/people", 404)
    if choice.firm_id and find_firm(choice.firm_id) is None:
        return bad("no such reference firm; see /console/firms", 404)
    challenge_id, now = request.path_params["challenge_id"], desk.platform.clock.utc_now()
    decision = Decision(person, choice.confirmed, choice.firm_id)
    terminal_id = await desk.platform.database.write(
        lambda connection: decide(connection, challenge_id, decision, now)
    )
    if terminal_id is None:
        return bad("this code is not on a screen, or not any more", 404)
    desk.platform.mailboxes.ring(bell_of(terminal_id))
    desk.platform.feed.announce()
    return as_json(Nothing())


async def _firms(_desk: Desk, _request: Request) -> Response:
    """The reference firms with whoever acts for them. They do not exist."""
    firms = [
        {
            "firm_id": each.firm_id,
            "organisation": each.organisation,
            "representatives": [{"person_id": one.person_id} for one in each.representatives],
        }
        for each in reference_firms()
    ]
    return as_json({"firms": firms})


TELEPHONE_ROUTES: tuple[tuple[str, Handler, str], ...] = (
    ("/console/firms", _firms, "GET"),
    ("/console/challenges", _waiting, "GET"),
    ("/console/challenges", _scan, "POST"),
    ("/console/challenges/{challenge_id}", _decide, "POST"),
)
"""Path, handler and method of each."""
