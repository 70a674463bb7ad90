"""The reference record of who may stand here for whom: kinship, neighbours of a community, official helpers.

A province asks its register of households and its list of helpers (帮办员); this is what both say here.
"""

from __future__ import annotations

from dataclasses import dataclass

from contract.sets import Relation


@dataclass(frozen=True, slots=True)
class KnownRelation:
    """``person_id`` is empty for an official helper, who may act for anybody. ``until`` is the last day."""

    helper_id: str
    relation: Relation
    person_id: str = ""
    until: str = "2099-12-31"

    def covers(self, helper_id: str, relation: Relation, person_id: str, today: str) -> bool:
        """Whether this entry lets this helper act for this person today."""
        if (self.helper_id, self.relation) != (helper_id, relation) or today > self.until:
            return False
        return self.person_id in ("", person_id)


def reference_relations() -> tuple[KnownRelation, ...]:
    """All of them."""
    return (
        KnownRelation("li-jianguo", Relation.FAMILY, "wang-xiuying"),
        KnownRelation("wang-xiuying", Relation.FAMILY, "li-jianguo"),
        KnownRelation("ouyang-yi", Relation.GUARDIAN, "ouyang-he"),
        KnownRelation("chen-guilan", Relation.NEIGHBOUR, "wang-xiuying"),
        KnownRelation("ouyang-yi", Relation.HELPER),
        KnownRelation("zhao-yan", Relation.HELPER, until="2025-12-31"),
    )


def is_known(helper_id: str, relation: Relation, person_id: str, today: str) -> bool:
    """Whether the record knows this relation, and it has not ended."""
    return any(each.covers(helper_id, relation, person_id, today) for each in reference_relations())
