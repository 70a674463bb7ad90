"""A firm that does not exist, and who acts for it."""

from __future__ import annotations

import msgspec

from contract.answers import CitizenSession as ProvinceSession
from contract.organisation import Acting, Organisation
from contract.sets import Relation

FIRM_NAME, FIRM_CODE = "武汉江上灯演示科技有限公司", "91429999MA4DEM0A11"
MANDATE = "HB-MA-2026-000417"
LICENCE_CODE = b"DXBL1.opaque"
"""What a scanner reads off the telephone of who holds the business licence."""


def acting(*only: str, code: str = FIRM_CODE) -> Acting:
    """Somebody acts for the firm: in everything, or only in the matters that are named."""
    return Acting(
        organisation=Organisation(name=FIRM_NAME, credit_code=code),
        subject_ref=f"firm-{code}",
        relation=Relation.AGENT,
        mandate=MANDATE,
        only=list(only),
    )


def for_the_firm(session: ProvinceSession, code: bytes) -> ProvinceSession:
    """The session that such a code gives: for the firm, when it is a business licence."""
    return msgspec.structs.replace(session, acting=acting()) if code == LICENCE_CODE else session
