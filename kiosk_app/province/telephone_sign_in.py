"""The sign-in that a person confirms on the telephone, by a code that stands on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from contract import answers, operations
from contract.delegation import HelpAsked
from contract.operations import SESSION_HEADER
from kiosk_app.province.outcomes import Outcome


class TelephoneSignIn:
    """Asks by ``call``, the method of ``PlatformCalls``. Thread-safe as that is."""

    def __init__(self, call: Callable[..., Outcome[Any]]) -> None:
        self._call = call

    def challenge(
        self, helper: answers.CitizenSession | None = None, asked: HelpAsked | None = None
    ) -> Outcome[answers.SignInChallenge]:
        """A code for the screen; the one that was shown here before is void.

        With a ``helper`` it is for whom she wants to help: the telephone says who, and what is ``asked``.
        """
        return self._call(
            operations.SIGN_IN_CHALLENGE,
            body=msgspec.json.encode(asked or HelpAsked()),
            headers=session_header(helper),
        )

    def confirmed(
        self, challenge_id: str, wait_s: int, beside: answers.CitizenSession | None = None
    ) -> Outcome[answers.ChallengeAnswer]:
        """What was done with it; the platform holds its answer back for so long while that is nothing.

        ``wait_s`` is at most ``contract.operations.LONGEST_CHALLENGE_WAIT_S``. ``beside``: a session of the
        same person, whose proofs the new one has as well.
        """
        return self._call(
            operations.SIGN_IN_CONFIRMED,
            names={"challenge_id": challenge_id},
            query={"wait_s": wait_s},
            body=b"{}",
            headers=session_header(beside),
        )


def session_header(session: answers.CitizenSession | None) -> dict[str, str]:
    """Names a citizen's session in a call; empty without one."""
    return {SESSION_HEADER: session.token} if session is not None else {}
