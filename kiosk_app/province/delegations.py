"""帮办 on the wire: the person's agreement, told in the helper's session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from contract import operations
from contract.answers import CitizenSession
from contract.delegation import AGREEMENT_VERSION, Delegation, DelegationRequest
from contract.operations import SESSION_HEADER
from contract.sets import Relation
from kiosk_app.province.outcomes import Outcome


class Delegations:
    """Asks by ``call``, the method of ``PlatformCalls``. Thread-safe as that is."""

    def __init__(self, call: Callable[..., Outcome[Any]]) -> None:
        self._call = call

    def agree(
        self,
        helper: CitizenSession,
        person: CitizenSession,
        relation: Relation,
        item_code: str,
        agreed_at: str,
    ) -> Outcome[Delegation]:
        """Has the province note the agreement; ``HELP-001`` when its record knows no such relation."""
        request = DelegationRequest(
            person_token=person.token,
            relation=relation,
            item_code=item_code,
            agreement_version=AGREEMENT_VERSION,
            agreed_at=agreed_at,
        )
        return self._call(
            operations.DELEGATE,
            body=msgspec.json.encode(request),
            headers={SESSION_HEADER: helper.token},
        )
