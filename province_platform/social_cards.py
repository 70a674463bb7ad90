"""Social-security cards: whether one is that of the person who has proved who she is by something else.

A card whose PSAM is missing can be a copy of somebody else's: it never begins a session, it can only end one.
"""

from __future__ import annotations

import msgspec

from contract.answers import Nothing, SocialCardHolder, SocialCardQuestion
from contract.operations import SESSION_HEADER
from contract.sealing import NotOpenedError, Opener
from foundation.errors import Errors
from province_platform.calls import Answer, Call
from province_platform.platform import Platform
from province_platform.refused import not_understood, social_card_refused
from province_platform.sign_in import sign_out


async def compare(platform: Platform, call: Call) -> Answer:
    """Nothing when both are the same person; a refusal, and the end of the session, when they are not."""
    question, citizen, keys = call.content_as(SocialCardQuestion), call.citizen, platform.keys
    holder = await platform.database.work(lambda: _opened(keys.opener, question.sealed))
    if holder is None:
        return not_understood(Errors.QUERY_REFUSED)
    if keys.subject_ref(holder.number) == citizen.subject_ref:
        return Nothing()
    token, now = call.request.headers.get(SESSION_HEADER, ""), platform.clock.utc_now()
    await platform.database.write(lambda connection: sign_out(connection, call.terminal, token, now))
    return social_card_refused()


def _opened(opener: Opener, sealed: str) -> SocialCardHolder | None:
    try:
        return msgspec.json.decode(opener.open(sealed), type=SocialCardHolder)
    except (NotOpenedError, msgspec.DecodeError, UnicodeError, RecursionError):
        return None
