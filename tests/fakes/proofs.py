"""More proofs of who somebody is, as the province adds them up."""

from __future__ import annotations

import msgspec

from contract.sets import Assurance
from kiosk_app.terminal.answers import SignInAnswered
from tests.fakes import desk as answers
from tests.fakes.calls import Call


def proved(call: Call, assurance: Assurance) -> SignInAnswered:
    """The province adds this proof to those that she has given."""
    answer = answers.signed_in(call)
    assert answer.session is not None
    return SignInAnswered(
        call.session_id, answer.way, msgspec.structs.replace(answer.session, assurance=assurance), None
    )
