"""One person helps another: their way to the agreement, and what a scripted province says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.delegation import Delegation
from contract.sets import Relation
from foundation.errors import ErrorCode
from kiosk_app.terminal.answers import DelegationAnswered
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CardGone
from kiosk_app.terminal.views import Screen
from tests.fakes.items import OFFLINE_FORM
from tests.fakes.people import a_citizen, another_citizen

if TYPE_CHECKING:
    from tests.fakes.calls import Call
    from tests.fakes.kiosk import Kiosk


def delegated(call: Call) -> DelegationAnswered:
    """The province's record knows the two."""
    relation: Relation = call.what[2]
    delegation = Delegation(
        delegation_id=f"00000000-0000-4000-c000-{call.number:012d}", relation=relation, expires_in_s=900
    )
    return DelegationAnswered(call.session_id, delegation, None)


def not_delegated(call: Call, error: ErrorCode) -> DelegationAnswered:
    return DelegationAnswered(call.session_id, None, error)


def begin_for_somebody(kiosk: Kiosk, code: str = OFFLINE_FORM) -> None:
    """As far as the helper's sign-in, for a form that others may do."""
    kiosk.open_guide(code)
    kiosk.tap(Wish.HELP_SOMEBODY)
    kiosk.tap(Wish.CHOOSE, "family")
    if kiosk.screen is Screen.NOTICE:
        kiosk.tap(Wish.AGREE)


def both_sign_in(kiosk: Kiosk, code: str = OFFLINE_FORM) -> None:
    """As far as the agreement: one card after the other."""
    begin_for_somebody(kiosk, code)
    kiosk.lay_card(a_citizen())
    kiosk.says(CardGone())
    kiosk.lay_card(another_citizen())


def helped_at(screen: Screen, kiosk: Kiosk, code: str) -> Kiosk:
    """At the choice of a relation, or at the agreement."""
    if screen is Screen.AGREEMENT:
        both_sign_in(kiosk, code)
    else:
        kiosk.open_guide(code)
        kiosk.tap(Wish.HELP_SOMEBODY)
    assert kiosk.shows(screen)
    return kiosk
