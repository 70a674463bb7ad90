"""Who stands at a terminal for an organisation, as its 电子营业执照 (electronic business licence) says.

The licence is held by a natural person: the legal representative, or an agent whom she has given a mandate.
The province says who that is and for which matters; the terminal believes nothing that it read off a code.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.fields import named, rows, text
from contract.sets import Relation

ACTING = frozenset({Relation.LEGAL_REPRESENTATIVE, Relation.AGENT})
"""The relations in which a person acts for an organisation."""


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation in clear: only ever sealed, or inside the answer to its licence."""

    name: Annotated[str, text("单位名称", 120)]
    credit_code: Annotated[str, text("统一社会信用代码", 18, "GB 32100-2015, with a right check character")]

    def __repr__(self) -> str:
        return "Organisation(…)"


class Acting(msgspec.Struct, frozen=True, kw_only=True):
    """For whom the person of a session acts, and in what. ``mandate`` is the ``relation_proof`` of a case."""

    organisation: Annotated[Organisation, named("单位")]
    subject_ref: Annotated[str, text("单位标识", 64, "HMAC under the province's key")]
    relation: Annotated[Relation, named("代办关系", "legal_representative or agent")]
    mandate: Annotated[str, text("授权标识", 128)]
    only: Annotated[
        list[Annotated[str, text("事项编号", 64)]],
        rows("仅限事项", 200, "what the agent may do; empty: everything"),
    ] = []

    def covers(self, item_code: str) -> bool:
        """Whether the person may do this matter for the organisation."""
        return not self.only or item_code in self.only

    def __repr__(self) -> str:
        return f"Acting({self.relation.value!r}, …)"
