"""Whose codes telephones show. The province tells them apart by how they begin; no terminal does."""

from __future__ import annotations

from enum import Enum

from contract.items import LocalText
from foundation.errors import Errors
from province_platform.refused import Refused


class CodeIssuer(Enum):
    """Whose code a telephone shows. The province tells them apart by how they begin, no terminal does."""

    RESIDENT_CODE = "DXRC1"
    """居民码."""
    SOCIAL_SECURITY = "DXSS1"
    """电子社保卡."""
    HALL_IDENTITY = "DXEI1"
    """电子身份码."""
    NETWORK_IDENTITY = "DXNI1"
    """国家网络身份认证: an equal way of one's own free choice."""
    BUSINESS_LICENCE = "DXBL1"
    """电子营业执照: of who acts for a firm."""


def issuer_of(code: bytes) -> CodeIssuer | None:
    """Whose code it is, or None when it is of nobody who is known here."""
    prefix, dot, _ = code.partition(b".")
    return next((each for each in CodeIssuer if dot and each.value.encode("ascii") == prefix), None)


def codes_blocked() -> Refused:
    """The issuer of the code is on the block list."""
    return Refused(
        403,
        Errors.CODES_BLOCKED,
        LocalText(
            "这种码暂不能用，请用身份证，或到窗口办理或拨打12345。",
            "Codes of this kind are not taken for now. Use your ID card, go to a window, or call 12345.",
        ),
    )
