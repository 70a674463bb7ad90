"""Looking in good time at when this terminal's certificate ends."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cryptography import x509

from foundation.clock import Clock
from foundation.errors import Errors
from foundation.lifecycle import TemporaryFaultError
from kiosk_app.reporting.alarms import AlarmKeeper

TOLD_BEFORE = timedelta(days=30)


class CertificateWatch:
    """An alarm from 30 days before the end on, until there is a newer certificate. Work for the schedule.

    ``file`` is read anew at every look: it may have been renewed.
    """

    def __init__(self, file: Path, clock: Clock, alarms: AlarmKeeper) -> None:
        self._file = file
        self._clock = clock
        self._alarms = alarms

    def look(self) -> None:
        """Raises ``TemporaryFaultError`` when the certificate cannot be read."""
        try:
            certificate = x509.load_pem_x509_certificate(self._file.read_bytes())
        except (OSError, ValueError) as problem:
            raise TemporaryFaultError(f"the certificate cannot be read: {type(problem).__name__}") from None
        left = certificate.not_valid_after_utc - self._clock.utc_now()
        self._alarms.report(
            Errors.CERTIFICATE_ENDING,
            "province",
            present=left < TOLD_BEFORE,
            details={"days_left": str(left.days)},
        )
