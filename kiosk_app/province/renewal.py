"""Keeps the terminal's certificate good: asks for the next one when two thirds of its life are over.

The key stays: slips and proofs that were signed with it outlive a certificate. The new certificate stands in
the enrolment from one moment to the next, and the old one is good until then and, with the platform, until
its own end. So a power cut or a lost answer costs one more question and nothing else. A new key comes with a
new enrolment (``kiosk-provision enrol --replace``).
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from datetime import datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from contract import operations
from contract.answers import Enrolment, RenewalRequest
from contract.sealing import Sealer
from contract.sets import ClockTrust
from contract.signing import Verifier
from foundation.backoff import Backoff
from foundation.clock import rfc3339
from foundation.errors import ErrorCode, Errors
from foundation.lifecycle import PermanentFaultError, ResilientService, TemporaryFaultError
from kiosk_app.config import TerminalPaths
from kiosk_app.config.records import read_enrolment, write_enrolment
from kiosk_app.province.certificates import certifies, moment_of_life, signing_request
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.credentials import settle_keys
from kiosk_app.province.outcomes import Answered, Outcome
from kiosk_app.province.platform_clock import PlatformClock

log = logging.getLogger("dianxiaoer.certificate")

RENEW_FROM, RENEW_UNTIL = 0.64, 0.69
"""Shares of its life between which a certificate is renewed: two thirds, spread over a fleet."""
LOOK_EVERY_S = 3600.0
CLOCK_KNOWN_WITHIN_S = 60.0
"""How soon to look again while nobody has said what time it is: a life cannot be judged by a wrong clock."""
RENEWED_WITHIN_S = 30.0


class CertificateKeeper(ResilientService):
    """Renews in a thread of its own. ``draw`` gives numbers from 0 to 1."""

    def __init__(
        self,
        paths: TerminalPaths,
        calls: PlatformCalls,
        clock: PlatformClock,
        *,
        draw: Callable[[], float] = random.random,
        backoff: Backoff | None = None,
    ) -> None:
        super().__init__("certificate", clock, Backoff(60.0, LOOK_EVERY_S, jitter=1.0))
        self._paths = paths
        self._calls = calls
        self._platform_clock = clock
        self._share = RENEW_FROM + (RENEW_UNTIL - RENEW_FROM) * draw()
        self._asking_backoff = backoff or Backoff(60.0, LOOK_EVERY_S, jitter=1.0)
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._who_waits: list[threading.Event] = []
        self._problem: ErrorCode | None = None

    def renew_and_wait(self, timeout_s: float = RENEWED_WITHIN_S) -> ErrorCode | None:
        """Renews now, whatever its age; None, or what kept it from that."""
        renewed = threading.Event()
        with self._lock:
            self._who_waits.append(renewed)
        self._wake.set()
        if not self.clock.wait(renewed, timeout_s):
            return Errors.PROVINCE_UNREACHABLE
        with self._lock:
            return self._problem

    def good_until(self) -> datetime:
        """When the certificate ends."""
        return moment_of_life(self._enrolment().certificate, 1.0)

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire."""

    def run(self) -> None:
        rest_s = 0.0
        while not self.clock.wait(self.stopping, 0.0):
            self.clock.wait(self._wake, rest_s)
            self._wake.clear()
            with self._lock:
                who_waits, self._who_waits = self._who_waits, []
            if self.stopping.is_set():
                return
            left_s = 0.0 if who_waits else self._left_s()
            rest_s = min(left_s, LOOK_EVERY_S) if left_s > 0.0 else self._renew(who_waits)

    def tear_down(self) -> None:
        """Nothing to release."""

    def _enrolment(self) -> Enrolment:
        enrolment = read_enrolment(self._paths)
        if enrolment is None:
            raise PermanentFaultError("the enrolment is gone")
        return enrolment

    def _left_s(self) -> float:
        """Seconds until it is to be renewed; a while when the time is not known."""
        if self._platform_clock.trust() is ClockTrust.UNKNOWN:
            return CLOCK_KNOWN_WITHIN_S
        due = moment_of_life(self._enrolment().certificate, self._share)
        return (due - self._platform_clock.utc_now()).total_seconds()

    def _renew(self, who_waits: list[threading.Event]) -> float:
        """Asks once, and tells who waits; the seconds until the next look."""
        try:
            problem = self._ask_and_keep()
        except OSError as fault:
            raise TemporaryFaultError(f"the certificate cannot be kept: {fault.strerror}") from fault
        with self._lock:
            self._problem = problem
        for renewed in who_waits:
            renewed.set()
        if problem is None:
            self._asking_backoff.succeeded()
            self.healthy()
            # One that is due already was made by another clock than ours: asking again would not mend that.
            return 0.0 if self._left_s() > 0.0 else LOOK_EVERY_S
        log.warning("%s the certificate was not renewed, good until %s", problem, rfc3339(self.good_until()))
        return self._asking_backoff.failed()

    def _ask_and_keep(self) -> ErrorCode | None:
        before = self._enrolment()
        key = serialization.load_pem_private_key(self._paths.terminal_key.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise PermanentFaultError("the terminal's key is of another kind")
        request = RenewalRequest(signing_request=signing_request(key))
        outcome: Outcome[Enrolment] = self._calls.call(operations.RENEW, body=msgspec.json.encode(request))
        if not isinstance(outcome, Answered):
            return outcome.error
        renewed = outcome.value
        if not _follows(renewed, before, key):
            return Errors.PROVINCE_NOT_UNDERSTOOD
        write_enrolment(self._paths, renewed)
        settle_keys(self._paths, renewed)
        log.info("the certificate is renewed, good until %s", rfc3339(moment_of_life(renewed.certificate, 1)))
        return None


def _follows(renewed: Enrolment, before: Enrolment, key: ec.EllipticCurvePrivateKey) -> bool:
    """Whether this is the same terminal and authority, with a certificate that does not end sooner."""
    try:
        Sealer(renewed.sealing_key)
        Verifier(renewed.item_key)
        authority = x509.load_pem_x509_certificate(before.authority.encode("utf-8"))
        same_authority = x509.load_pem_x509_certificate(renewed.authority.encode("utf-8")) == authority
        as_long = moment_of_life(renewed.certificate, 1.0) >= moment_of_life(before.certificate, 1.0)
    except ValueError:
        return False
    same = renewed.terminal_id == before.terminal_id and same_authority
    return same and as_long and certifies(renewed.certificate, key, authority)
