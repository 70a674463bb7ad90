"""What the province was told of this terminal's audit trail."""

from __future__ import annotations

from contract import operations
from contract.answers import AuditAnchors
from foundation.clock import Clock
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.outcomes import Outcome


def fetch_anchors(base_url: str, credentials: Credentials, clock: Clock) -> Outcome[AuditAnchors]:
    """The head of every chain that the province knows of this terminal. Never raises for the network."""
    calls = PlatformCalls(base_url, credentials.tls, clock)
    try:
        return calls.call(operations.AUDIT_ANCHOR)
    finally:
        calls.close()
