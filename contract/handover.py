"""接办: a form that could not be finished at a terminal goes to a window, which goes on at the same step.

It travels as an event of its own, sealed like a case, and is none: nothing was handed in, no number is given,
no day is promised. Its slip has a code like that of a case (``contract.slip_code``).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.answers import Identity
from contract.fields import identifier, moment, named, text, whole
from contract.payloads import Payload
from contract.sets import Assurance

HANDOVER = "handover"
"""The word that makes an event of the stream ``case`` one of these."""
HANDOVER_KEPT_DAYS = 7


class CaseHandover(Payload, frozen=True, kw_only=True):
    """到窗口接着办 (type ``case.handover``): a form as far as it came; good for one opening."""

    case_id: Annotated[str, identifier("办件标识", "made on the terminal; no case has it")]
    receipt_number: Annotated[
        str, text("凭条号", 11, "of the slip with which a window finds it", pattern=r"^[0-9]{11}$")
    ]
    terminal_id: Annotated[str, text("终端编号", 32)]
    site_id: Annotated[str, text("点位编号", 32)]
    item_code: Annotated[str, text("事项编号", 64)]
    item_version: Annotated[int, whole("事项版本", 1)]
    item_batch: Annotated[str, text("事项批次", 64)]
    step: Annotated[str, text("下一步", 64, "the field that is asked next; empty: all was answered")] = ""
    assurance: Annotated[Assurance, named("核验等级")]
    made_at: Annotated[str, moment("生成时间")]
    expires_at: Annotated[str, moment("失效时间")]
    offline: Annotated[bool, named("离线生成")] = False
    sealed: Annotated[str, text("密封内容", 200_000, "JWE compact (RFC 7516) of HandedOver")]


class HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """What is inside ``CaseHandover.sealed``: the person and the answers so far, without papers."""

    person: Annotated[Identity | None, named("申请人", "absent where the item asks nobody who she is")]
    answers: Annotated[dict[str, str | list[str]], named("填报内容", "by field")]

    def __repr__(self) -> str:
        return "HandedOver(…)"
