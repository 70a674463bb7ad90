"""What a scripted province says about a code on the screen that is confirmed on a telephone."""

from __future__ import annotations

from contract.answers import Identity, SignInChallenge
from contract.sets import ChallengeState
from foundation.errors import Errors
from kiosk_app.terminal.answers import ChallengeMade, TelephoneAnswered
from kiosk_app.terminal.machine import Message
from tests.fakes.calls import Call
from tests.fakes.desk import a_province_session
from tests.fakes.people import a_citizen


def challenge_made(call: Call, *, expires_in_s: int = 120) -> ChallengeMade:
    """A code for the screen, another one each time."""
    challenge = SignInChallenge(
        challenge_id=f"00000000-0000-4000-8000-{call.number:012d}",
        code=f"DXQC1.code-{call.number}",
        expires_in_s=expires_in_s,
    )
    return ChallengeMade(call.session_id, challenge, None)


def of_the_telephone(call: Call, mood: int) -> Message:
    """What is said to a question about the telephone: 0 nothing, 1 not yet or a code, 2 no, 3 yes."""
    if call.name == "make_challenge":
        return (
            ChallengeMade(call.session_id, None, Errors.PROVINCE_BUSY) if mood == 0 else challenge_made(call)
        )
    moods = (None, ChallengeState.WAITING, ChallengeState.REFUSED, ChallengeState.CONFIRMED)
    return telephone_says(call, moods[mood])


def telephone_says(
    call: Call, state: ChallengeState | None, identity: Identity | None = None
) -> TelephoneAnswered:
    """What was done on the telephone; with a yes comes the session."""
    confirmed = state is ChallengeState.CONFIRMED
    session = a_province_session(identity or a_citizen(), number=call.number) if confirmed else None
    return TelephoneAnswered(call.session_id, call.what, state, session)
