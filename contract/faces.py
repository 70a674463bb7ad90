"""刷脸: one comparison of a face with the register of the province, after consent that was asked by itself.

The picture travels sealed, is compared once and kept by nobody. What comes of it is a word, never a figure:
how alike two faces are is nothing that a terminal has to know.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.fields import named, text
from contract.sets import Assurance, FaceLiveness, FaceOutcome

FACE_TRIES = 3
"""How often a face is compared in one session of a citizen, at most; then only the other ways are left."""
LARGEST_PICTURE_BYTES = 256 * 1024
"""Of the JPEG (ITU-T T.81) inside the envelope."""
LARGEST_COMPARISON_BYTES = 512 * 1024
"""Of the whole request."""


class FaceComparison(msgspec.Struct, frozen=True, kw_only=True):
    """Asked in the citizen's session. Without the version of the consent nothing is compared."""

    sealed: Annotated[str, text("密封照片", 480_000, "JWE of one JPEG to the province's key")]
    liveness: Annotated[FaceLiveness, named("活体提示", "what the camera saw; a hint and no proof")]
    consent_version: Annotated[str, text("同意书版本", 32, "of the words that the person agreed to")]
    guardian_token: Annotated[
        str, text("监护人会话令牌", 128, "of somebody under 14: the session of the guardian who agreed")
    ] = ""

    def __repr__(self) -> str:
        return f"FaceComparison({self.liveness.value!r}, {self.consent_version!r}, …)"


class FaceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it, and what the session is worth now."""

    outcome: Annotated[FaceOutcome, named("比对结果")]
    assurance: Annotated[Assurance, named("核验等级")]
