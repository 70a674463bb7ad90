"""Whether a matter can be finished here now, and if not, why, in words.

Computed from what the devices say of themselves, the connection and the item's own needs. Unknown is not
ready: a printer that has not answered is not a printer with paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from contract.items import Item
from contract.sets import Assurance, ItemKind, OfflineRule

CARD = "card"
CODE = "code"
SLIP = "slip"
SIGN_IN = "sign_in"


class Finish(Enum):
    """What this terminal can do for a matter now."""

    HERE = "finish_here"
    START = "start_here"
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True)
class Readiness:
    """``reason`` is the id of a word: why it cannot be done, or what is different today; may be empty."""

    finish: Finish
    reason: str = ""

    @property
    def can_start(self) -> bool:
        """Whether a person may begin."""
        return self.finish is not Finish.NOT_HERE


def readiness(item: Item, capabilities: frozenset[str], connected: bool) -> Readiness:
    """What can be done about ``item`` with the capabilities at hand (card, code, slip, and fitted ones)."""
    missing = _missing(item, capabilities, connected)
    if missing:
        return Readiness(Finish.NOT_HERE, f"readiness.without_{missing}")
    if not connected:
        if item.kind is ItemKind.QUERY or item.offline is OfflineRule.NEVER:
            return Readiness(Finish.NOT_HERE, "readiness.without_province")
        if item.offline is OfflineRule.DRAFT:
            return Readiness(Finish.NOT_HERE, "readiness.without_province")
        return Readiness(Finish.START, "readiness.saved_here_first")
    if SLIP in item.capabilities and SLIP not in capabilities:
        return Readiness(Finish.HERE, "readiness.slip_on_screen")
    return Readiness(Finish.HERE)


def _missing(item: Item, capabilities: frozenset[str], connected: bool) -> str:
    """The first capability without which the item cannot be begun; paper is never one of them."""
    for capability in item.capabilities:
        if capability in (SLIP, SIGN_IN):
            continue
        if capability not in capabilities:
            return capability
    if item.assurance is not Assurance.ANONYMOUS:
        card = CARD in capabilities
        code = CODE in capabilities and connected
        if not (card or code):
            return SIGN_IN
    return ""
