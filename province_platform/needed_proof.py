"""What the item of a case needed when it was submitted: by the very batch that the terminal ran."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from contract.payloads import Case
from contract.sets import Assurance, CaseState, reaches
from province_platform.publication_schema import item_batches


class _Item(msgspec.Struct):
    """Of an item, nothing else is read."""

    code: str
    assurance_to_submit: Assurance = Assurance.ANONYMOUS


class _Batch(msgspec.Struct):
    items: list[_Item]


class NeededProof:
    """Asks for each batch once, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._batches: dict[str, dict[str, Assurance]] = {}

    def objection(self, case: Case) -> str:
        """Empty where the case claims what its item needs. What came to nothing needs nothing."""
        if case.state is CaseState.WITHDRAWN:
            return ""
        if case.item_batch not in self._batches:
            self._batches[case.item_batch] = self._needs_of(case.item_batch)
        needed = self._batches[case.item_batch].get(case.item_code, Assurance.ANONYMOUS)
        met = reaches(case.actor.assurance, needed)
        return "" if met else "data.actor.assurance is less than the item needs"

    def _needs_of(self, batch_id: str) -> dict[str, Assurance]:
        """By item; nothing for a batch that was never published here."""
        content = self._connection.scalar(
            select(item_batches.c.content).where(item_batches.c.batch_id == batch_id)
        )
        if content is None:
            return {}
        items = msgspec.json.decode(content, type=_Batch).items
        return {item.code: item.assurance_to_submit for item in items}
