"""What became otherwise while somebody is in the middle of a matter: said once, quietly, before she goes on.

Nobody is moved by it and nothing that was given is lost. What is said is what is different and what stays
possible; whether it can still be handed in is decided when it is, by how things stand then.
"""

from __future__ import annotations

from contract.items import Item
from contract.operations import QUERY
from contract.sets import ItemKind, OfflineRule
from kiosk_app.terminal.readiness import CAMERA, DOCUMENT_PRINTER, SLIP, Means, Queue
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen

_IN_THE_MIDDLE = (Screen.QUESTION, Screen.CHECK)
"""The guide and the sign-in page say by themselves how things stand; so does the result."""
_TOLD = (CAMERA, SLIP, DOCUMENT_PRINTER)


class Changes:
    """The part of the conversation that tells a person in the middle of a matter what changed."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def noticed(self, before: Means) -> None:
        """Compares how things stand with ``before``, and keeps what the person has to know of it."""
        now = self._stage.now
        session = now.session
        matter = session.matter if session is not None else None
        if matter is None or self._stage.page not in _IN_THE_MIDDLE or before == now.means:
            return
        found = change_for(matter.item, before, now.means, keeps_drafts=matter.draft_days > 0)
        if found is not None:
            about, word = found
            matter.changed.pop(about, None)  # what was said last of the same thing is not so any more
            matter.changed[about] = word

    def seen(self) -> None:
        """The person goes on: she has read it."""
        session = self._stage.now.session
        if self._stage.now.new_page and session is not None and session.matter is not None:
            session.matter.changed.clear()


def change_for(item: Item, before: Means, after: Means, *, keeps_drafts: bool) -> tuple[str, str] | None:
    """What matters most of a change: what it is about, and the id of its word; None when nothing does."""
    if before.connected is not after.connected:
        left = _offline(item, keeps_drafts=keeps_drafts)
        return "line", "change.line_back" if after.connected else f"change.line_lost_{left}"
    is_query = item.kind is ItemKind.QUERY
    if is_query and (QUERY.name in before.left_alone) is not (QUERY.name in after.left_alone):
        return "query", "change.query_silent" if QUERY.name in after.left_alone else "change.query_back"
    for capability in _TOLD:
        if not _uses(item, capability):
            continue
        if (capability in before.capabilities) is not (capability in after.capabilities):
            is_back = capability in after.capabilities
            return capability, f"change.{capability}_{'back' if is_back else 'lost'}"
        if capability in after.low - before.low:
            return capability, f"change.{capability}_low"
    if not is_query and before.queue is not after.queue is not Queue.FLOWS:
        return "queue", f"readiness.queue_{after.queue.value}"
    return None


def _offline(item: Item, *, keeps_drafts: bool) -> str:
    """What stays possible without a line."""
    if item.kind is ItemKind.FORM and item.offline is OfflineRule.SUBMIT:
        return "submit"
    return "draft" if keeps_drafts else "never"


def _uses(item: Item, capability: str) -> bool:
    if capability == SLIP:
        return bool(item.slip)
    if capability == DOCUMENT_PRINTER:
        return bool(item.document)
    return capability in item.capabilities
