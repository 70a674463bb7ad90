"""Whether a matter can be finished here now, and if not, why, in words.

Computed from what the devices say of themselves and of their paper, the connection, the services behind it,
the queue to them, and the item's own needs. Unknown is not ready: a printer that has not answered is not a
printer with paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from contract.items import Item, LocalText, StepWidget
from contract.operations import CASES, QUERY, SIGN_IN_CARD, SIGN_IN_CHALLENGE, SIGN_IN_CODE
from contract.sets import Assurance, Finish, ForWhom, ItemKind, OfflineRule

CARD = "card"
CODE = "code"
SLIP = "slip"
DOCUMENT_PRINTER = "document_printer"
SOCIAL_SECURITY_CARD = "social_security_card"
CAMERA = "camera"
KEYPAD = "keypad"
VOICE = "voice"
SIGN_IN = "sign_in"
FACE = "face"
PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Readiness:
    """``reason`` is the id of a word: why it cannot be done, or what is different today; may be empty.

    ``province_says`` is the reason in the province's own words, where it suspended the matter.
    """

    finish: Finish
    reason: str = ""
    province_says: LocalText | None = None

    @property
    def can_start(self) -> bool:
        """Whether a person may begin."""
        return self.finish is not Finish.NOT_HERE


class Queue(Enum):
    """How what is handed in here gets to the province."""

    FLOWS = "flows"
    LONG = "long"
    """What was handed in before stands in front: a number comes later than anybody waits for."""
    SHORT_OF_ROOM = "short_of_room"
    """The disk is nearly full: what is begun may have to be gone on with at a window."""


@dataclass(frozen=True, slots=True)
class Means:
    """What there is to do matters with, at one moment.

    ``capabilities`` are those at hand (card, code, slip, and fitted ones), ``low`` those of them whose paper
    or toner is running out. ``left_alone`` are operations of the province that do not answer.
    """

    capabilities: frozenset[str] = frozenset()
    connected: bool = False
    left_alone: frozenset[str] = frozenset()
    low: frozenset[str] = frozenset()
    queue: Queue = Queue.FLOWS


def readiness(item: Item, means: Means, *, keeps_drafts: bool = False) -> Readiness:
    """What can be done about ``item``; never more than can be kept.

    ``keeps_drafts``: what is filled in is kept for the same person, by the item's notice.
    """
    if missing := _missing(item, means.capabilities, means.connected):
        return Readiness(Finish.NOT_HERE, f"readiness.without_{missing}")
    if not means.connected:
        if item.kind is not ItemKind.QUERY and item.offline is OfflineRule.SUBMIT:
            return Readiness(Finish.START, "readiness.saved_here_first")
        if item.offline is OfflineRule.DRAFT and keeps_drafts:
            return Readiness(Finish.START, "readiness.draft_first")
        return Readiness(Finish.NOT_HERE, f"readiness.without_{PROVINCE}")
    if silent := _silent(item, means.capabilities, means.left_alone, keeps_drafts=keeps_drafts):
        return Readiness(Finish.NOT_HERE, f"readiness.without_{silent}")
    if item.assurance_to_submit is Assurance.KNOWN_TWICE and means.capabilities.isdisjoint({CARD, FACE}):
        return Readiness(Finish.START, "readiness.second_proof_at_window")
    if item.kind is ItemKind.FORM and means.queue is not Queue.FLOWS:
        return Readiness(Finish.START, f"readiness.queue_{means.queue.value}")
    return Readiness(Finish.HERE, _paper(item, means))


def _paper(item: Item, means: Means) -> str:
    """What is different today about what one leaves with; empty when nothing is."""
    if SLIP in item.capabilities:
        if SLIP not in means.capabilities:
            return "readiness.slip_on_screen"
        if SLIP in means.low:
            return "readiness.slip_paper_low"
    if item.document and DOCUMENT_PRINTER in means.capabilities & means.low:
        return "readiness.document_paper_low"
    return ""


def _missing(item: Item, capabilities: frozenset[str], connected: bool) -> str:
    """The first capability without which the item cannot be begun; paper is never one of them.

    A code and a social-security card need the province, so without it no device is to blame. With the
    province nothing has to be fitted to sign in: the telephone confirms a code on the screen. It is one
    proof, however: where another is needed before submitting, a card or a face has to be possible here.
    """
    for capability in item.capabilities:
        if capability in (SLIP, SIGN_IN):
            continue
        if capability not in capabilities:
            return capability
    if item.for_whom is ForWhom.ORGANISATION and not connected:
        return PROVINCE
    if item.assurance is not Assurance.ANONYMOUS and CARD not in capabilities and not connected:
        return PROVINCE if capabilities & {CODE, SOCIAL_SECURITY_CARD} else SIGN_IN
    return ""


def _silent(
    item: Item, capabilities: frozenset[str], left_alone: frozenset[str], *, keeps_drafts: bool
) -> str:
    """The service without which the item cannot be finished while the others answer; empty for none.

    A card is enough for what may be handed in or begun without the province.
    """
    if item.kind is ItemKind.QUERY and QUERY.name in left_alone:
        return "query"
    if CASES.name in left_alone and any(step.widget is StepWidget.OWN_CASE for step in item.steps):
        return "query"
    by_card_alone = item.offline is OfflineRule.SUBMIT or (item.offline is OfflineRule.DRAFT and keeps_drafts)
    if item.assurance is Assurance.ANONYMOUS or (by_card_alone and CARD in capabilities):
        return ""
    ways = {CODE: SIGN_IN_CODE.name}
    if item.for_whom is not ForWhom.ORGANISATION:
        ways[CARD] = SIGN_IN_CARD.name
    fitted = {service for device, service in ways.items() if device in capabilities}
    return "sign_in_service" if fitted | {SIGN_IN_CHALLENGE.name} <= left_alone else ""
