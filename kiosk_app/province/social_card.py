"""Whether a social-security card is that of the person who has signed in by something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from contract import answers, operations
from contract.operations import SESSION_HEADER
from contract.sealing import Sealer
from kiosk_app.province.outcomes import Outcome


class SocialCardCheck:
    """Asks by ``call``, the method of ``PlatformCalls``. Thread-safe as that is."""

    def __init__(self, call: Callable[..., Outcome[Any]], sealer: Sealer) -> None:
        self._call = call
        self._sealer = sealer

    def same_person(
        self, session: answers.CitizenSession, holder: answers.SocialCardHolder
    ) -> Outcome[answers.Nothing]:
        """Answered when it is hers; refused, and the session has ended, when it is somebody else's."""
        question = answers.SocialCardQuestion(sealed=self._sealer.seal(msgspec.json.encode(holder)))
        return self._call(
            operations.SOCIAL_CARD,
            body=msgspec.json.encode(question),
            headers={SESSION_HEADER: session.token},
        )
