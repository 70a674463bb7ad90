"""Asking the platform for its time, so that the answer can be believed whatever our own clock says.

The question carries a number that is used once, and the platform signs its answer with it, under the key that
the enrolment named: nobody can say a time to this terminal twice, or in the platform's stead. Therefore this
one call may go over a connection on which the dates of the platform's certificate cannot be judged yet. They
are judged afterwards, at the time that was said.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from cryptography import x509

from contract.answers import PlatformTime
from contract.operations import NONCE_HEADER, SIGNATURE_HEADER, TIME
from contract.signing import Verifier
from foundation.clock import Clock, parse_rfc3339
from foundation.errors import Errors
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.exchange import DateCheck, Exchange, Reply, is_valid_at
from kiosk_app.province.outcomes import Answered, Outcome, Unreachable
from kiosk_app.province.platform_clock import PlatformClock

ReplyReader = Callable[[Reply], Outcome[PlatformTime]]
"""Decodes a reply, or says what it means that it cannot be."""


def dates_judged_by(platform_clock: PlatformClock) -> Callable[[], DateCheck | None]:
    """The machine's clock judges certificates as long as it is right, the platform's time otherwise."""

    def check_by_platform_time(certificate: x509.Certificate) -> bool:
        return is_valid_at(certificate, platform_clock.utc_now())

    return lambda: None if platform_clock.certificate_time() is None else check_by_platform_time


class TimeQuestion:
    """Asks for the time and teaches it to the platform clock. Thread-safe, as its exchange is.

    An answer that is not signed proves that the platform is there and teaches nothing. One whose signature is
    wrong is no answer of the platform.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Credentials,
        clock: Clock,
        platform_clock: PlatformClock,
        read: ReplyReader,
    ) -> None:
        self._verifier: Verifier = credentials.item_verifier
        self._clock = clock
        self._platform_clock = platform_clock
        self._read = read
        self._exchange = Exchange(base_url, credentials.tls, clock, dates_judged_by(platform_clock))
        self._seen: list[x509.Certificate] = []
        self._undated = Exchange(base_url, credentials.tls, clock, lambda: self._note)

    def ask(self) -> Outcome[PlatformTime]:
        """The platform's word. ``PROV-009`` when no time makes its certificate and its word fit together."""
        outcome = self._ask(self._exchange, self._is_believable)
        if not isinstance(outcome, Unreachable) or outcome.error is not Errors.PLATFORM_OUT_OF_TIME:
            return outcome
        return self._ask(self._undated, self._fits_certificate)

    def interrupt(self) -> None:
        """Breaks the calls under way; later ones are not affected."""
        self._exchange.interrupt()
        self._undated.interrupt()

    def close(self) -> None:
        """Breaks the calls under way; later ones are out of reach."""
        self._exchange.close()
        self._undated.close()

    def _ask(self, exchange: Exchange, is_believable: Callable[[datetime], bool]) -> Outcome[PlatformTime]:
        nonce, asked_s = str(uuid.uuid4()), self._clock.monotonic_s()
        headers = {"accept": "application/json", NONCE_HEADER: nonce}
        reply = exchange.send(TIME.method, TIME.path, TIME.timeout_s, body=None, headers=headers)
        answered_s = self._clock.monotonic_s()
        if not isinstance(reply, Reply):
            return reply
        outcome = self._read(reply)
        if not isinstance(outcome, Answered):
            return outcome
        try:
            said = parse_rfc3339(outcome.value.time)
        except ValueError:  # of the right form, but no day of any calendar
            return Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
        signature = reply.headers.get(SIGNATURE_HEADER, "")
        if not signature:
            return outcome if exchange is self._exchange else Unreachable(Errors.PLATFORM_OUT_OF_TIME)
        if outcome.value.nonce != nonce or not self._verifier.verifies(reply.body, signature):
            return Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
        if not is_believable(said):
            return Unreachable(Errors.PLATFORM_OUT_OF_TIME)
        self._platform_clock.learn(said, asked_s, answered_s)
        return outcome

    @staticmethod
    def _is_believable(_said: datetime) -> bool:
        return True  # signed, asked for just now, and over a connection whose dates are right

    def _fits_certificate(self, said: datetime) -> bool:
        """Nothing but the signature speaks for this time: certificate and floor have to agree with it."""
        certificate = self._seen[-1] if self._seen else None
        if certificate is None or self._platform_clock.is_below_floor(said):
            return False
        return is_valid_at(certificate, said)

    def _note(self, certificate: x509.Certificate) -> bool:
        self._seen[:] = [certificate]
        return True
