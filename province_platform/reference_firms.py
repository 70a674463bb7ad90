"""Reference firms and who acts for them. They do not exist: the region in their codes was never given out."""

from __future__ import annotations

from dataclasses import dataclass

from contract.organisation import Organisation
from contract.sets import Relation


@dataclass(frozen=True, slots=True)
class Representative:
    """Who may act for a firm. ``only`` names the matters; empty is all. ``until`` is the last day."""

    person_id: str
    relation: Relation
    mandate: str
    only: tuple[str, ...] = ()
    until: str = "2099-12-31"


@dataclass(frozen=True, slots=True)
class Firm:
    """A reference firm, as its licence says it."""

    firm_id: str
    organisation: Organisation
    representatives: tuple[Representative, ...]

    def represented_by(self, person_id: str, today: str) -> Representative | None:
        """How this person acts for the firm today; None when she does not."""
        return next(
            (each for each in self.representatives if each.person_id == person_id and today <= each.until),
            None,
        )

    def __repr__(self) -> str:
        return f"Firm({self.firm_id})"


def reference_firms() -> tuple[Firm, ...]:
    """All of them."""
    return (
        Firm(
            "river-light",
            Organisation(name="武汉江上灯演示科技有限公司", credit_code="91429999MA4DEM0A11"),
            (
                Representative("li-jianguo", Relation.LEGAL_REPRESENTATIVE, "HB-LR-RIVER-LIGHT"),
                Representative("ouyang-yi", Relation.AGENT, "HB-MA-2026-000417", ("enterprise-appeal",)),
                Representative("wang-xiuying", Relation.AGENT, "HB-MA-2026-000422", ("tax-return",)),
                Representative("chen-guilan", Relation.AGENT, "HB-MA-2024-000011", until="2025-12-31"),
            ),
        ),
        Firm(
            "old-ferry",
            Organisation(name="宜昌老渡口演示茶社", credit_code="91429999MA4DEM0B25"),
            (Representative("zhao-yan", Relation.LEGAL_REPRESENTATIVE, "HB-LR-OLD-FERRY"),),
        ),
    )


def find_firm(firm_id: str) -> Firm | None:
    """The firm with this id, or None."""
    return next((firm for firm in reference_firms() if firm.firm_id == firm_id), None)
