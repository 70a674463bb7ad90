"""The handlers of the sign-ins: by card, by a code on a telephone, by a code on the screen."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from contract import answers
from contract.delegation import HELPING, DelegationRequest, HelpAsked
from contract.operations import LONGEST_CHALLENGE_WAIT_S, SESSION_HEADER
from contract.sets import ChallengeState
from province_platform.callers import Citizen, Terminal
from province_platform.calls import Answer, Call, whole_number
from province_platform.challenges import Purpose, bell_of, challenge_state, collect, make_challenge
from province_platform.delegations import delegate, masked_name
from province_platform.platform import Platform
from province_platform.refused import Refused
from province_platform.sign_in import (
    find_citizen,
    sign_in_by_card,
    sign_in_by_code,
    sign_out,
    verify_card,
)


async def by_card(platform: Platform, call: Call) -> Answer:
    """A citizen's session for a card."""
    request, terminal, now = call.content_as(answers.CardSignIn), call.terminal, platform.clock.utc_now()
    keys = platform.keys
    card = await platform.database.work(lambda: verify_card(keys.opener, terminal, request, now))
    if isinstance(card, Refused):
        return card
    return await platform.database.write(
        lambda connection: sign_in_by_card(
            connection, keys, terminal, card, now, _beside(connection, call, now)
        )
    )


async def by_code(platform: Platform, call: Call) -> Answer:
    """A citizen's session for a code."""
    request, terminal, now = call.content_as(answers.CodeSignIn), call.terminal, platform.clock.utc_now()
    return await platform.database.write(
        lambda connection: sign_in_by_code(
            connection, platform.keys, terminal, request, now, _beside(connection, call, now)
        )
    )


def _beside(connection: Connection, call: Call, now: datetime) -> Citizen | None:
    """The session to which a further proof is added: named in the header, of this terminal, and good now."""
    token = call.request.headers.get(SESSION_HEADER, "")
    return find_citizen(connection, call.terminal, token, now) if token else None


async def challenge(platform: Platform, call: Call) -> Answer:
    """A code for the terminal's screen."""
    terminal, now, asked = call.terminal, platform.clock.utc_now(), call.content_as(HelpAsked)

    def make(connection: Connection) -> answers.SignInChallenge:
        helper = _beside(connection, call, now) if asked.relation in HELPING else None
        purpose = None
        if helper is not None:
            purpose = Purpose(masked_name(platform.keys, helper), asked.relation, asked.item_code)
        return make_challenge(connection, terminal, now, purpose)

    made = await platform.database.write(make)
    platform.feed.announce()
    return made


async def confirmed(platform: Platform, call: Call) -> Answer:
    """What was done on the telephone; while that is nothing, holds the answer back for a moment."""
    terminal, challenge_id = call.terminal, call.request.path_params["challenge_id"]
    loop = asyncio.get_running_loop()
    wait_s = min(whole_number(call.request.query_params.get("wait_s", "")), LONGEST_CHALLENGE_WAIT_S)
    until_s = loop.time() + wait_s
    while True:
        bell, now = platform.mailboxes.bell(bell_of(terminal.terminal_id)), platform.clock.utc_now()
        state = await platform.database.read(partial(_challenge_state, terminal, challenge_id, now))
        if state is not ChallengeState.WAITING:
            return await platform.database.write(partial(_collected, platform, call, challenge_id, now))
        if platform.mailboxes.closed or not await platform.mailboxes.wait(bell, until_s - loop.time()):
            return answers.ChallengeAnswer(state=state)


def _challenge_state(
    terminal: Terminal, challenge_id: str, now: datetime, connection: Connection
) -> ChallengeState:
    return challenge_state(connection, terminal, challenge_id, now)


def _collected(
    platform: Platform, call: Call, challenge_id: str, now: datetime, connection: Connection
) -> answers.ChallengeAnswer | Refused:
    beside = _beside(connection, call, now)
    return collect(connection, platform.keys, call.terminal, challenge_id, now, beside)


async def help_somebody(platform: Platform, call: Call) -> Answer:
    """A delegation, in the session of who helps."""
    request, terminal, helper = call.content_as(DelegationRequest), call.terminal, call.citizen
    now = platform.clock.utc_now()
    return await platform.database.write(
        lambda connection: delegate(connection, platform.keys, terminal, helper, request, now)
    )


async def end_session(platform: Platform, call: Call) -> Answer:
    """Ends the citizen's session."""
    token = call.request.headers.get(SESSION_HEADER, "")
    now = platform.clock.utc_now()
    await platform.database.write(lambda connection: sign_out(connection, call.terminal, token, now))
    return answers.Nothing()
