"""帮办: somebody does a matter for somebody else, with both identities and the person's own agreement.

Both have a session of the province, at one terminal. The province looks into its record whether the two
belong together in this relation; its answer stands in the case as ``relation_proof``. The agreement itself
is a sentence in both languages, known by its version.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.fields import identifier, moment, named, text, whole
from contract.sets import Relation

AGREEMENT_VERSION = "2026-11"
"""Of the sentence that the person agrees to; another sentence is another version."""
HELPING = frozenset({Relation.FAMILY, Relation.NEIGHBOUR, Relation.HELPER})
"""The relations in which one person may help another at a terminal."""


class HelpAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What a code on the screen is confirmed for, in the helper's session; empty for one's own sign-in."""

    item_code: Annotated[str, text("事项编号", 64)] = ""
    relation: Annotated[Relation, named("代办关系")] = Relation.SELF


class DelegationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Asked in the helper's session. ``person_token`` shows that the person has signed in here too."""

    person_token: Annotated[str, text("本人会话令牌", 64)]
    relation: Annotated[Relation, named("代办关系")]
    item_code: Annotated[str, text("事项编号", 64)]
    agreement_version: Annotated[str, text("同意书版本", 32)]
    agreed_at: Annotated[str, moment("同意时间")]

    def __repr__(self) -> str:
        return f"DelegationRequest({self.item_code!r}, {self.relation.value!r}, …)"


class Delegation(msgspec.Struct, frozen=True, kw_only=True):
    """The province knows the relation. ``delegation_id`` is the ``relation_proof`` of the case."""

    delegation_id: Annotated[str, identifier("帮办记录标识")]
    relation: Annotated[Relation, named("代办关系")]
    expires_in_s: Annotated[int, whole("有效秒数", 1)]
