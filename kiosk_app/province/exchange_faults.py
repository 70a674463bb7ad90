"""What an exception of the HTTP library means for the next step."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from http.client import BadStatusLine, RemoteDisconnected

from urllib3.exceptions import DecodeError

from foundation.errors import ErrorCode, Errors

# X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL (x509_vfy.h).
_OUT_OF_TIME = (9, 10)
# Alerts by which a server says what it thinks of our certificate (RFC 8446, 6.2), as OpenSSL words them.
_NOT_ACCEPTED = (
    "ALERT_BAD_CERTIFICATE",
    "ALERT_UNSUPPORTED_CERTIFICATE",
    "ALERT_CERTIFICATE_REVOKED",
    "ALERT_CERTIFICATE_UNKNOWN",
    "ALERT_UNKNOWN_CA",
    "ALERT_ACCESS_DENIED",
    "ALERT_CERTIFICATE_REQUIRED",
)


class OutOfTimeError(ssl.SSLError):
    """A certificate that is not valid at the time that is known to be right."""


def meaning_of(failure: BaseException) -> ErrorCode:
    """The code for a failed exchange: ours not accepted, not the platform, wrong time, or out of reach."""
    for cause in _causes(failure):
        if isinstance(cause, DecodeError | BadStatusLine) and not isinstance(cause, RemoteDisconnected):
            return Errors.PROVINCE_NOT_UNDERSTOOD
        if isinstance(cause, OutOfTimeError):
            return Errors.PLATFORM_OUT_OF_TIME
        if isinstance(cause, ssl.SSLCertVerificationError):
            out_of_time = cause.verify_code in _OUT_OF_TIME
            return Errors.PLATFORM_OUT_OF_TIME if out_of_time else Errors.PROVINCE_NOT_UNDERSTOOD
        if isinstance(cause, ssl.SSLError) and cause.reason:
            if cause.reason.endswith("ALERT_CERTIFICATE_EXPIRED"):
                return Errors.CERTIFICATE_ENDED
            if cause.reason.endswith(_NOT_ACCEPTED):
                return Errors.TERMINAL_NOT_AUTHORISED
            if "EOF" not in cause.reason:
                return Errors.PROVINCE_NOT_UNDERSTOOD
    return Errors.PROVINCE_UNREACHABLE


def _causes(failure: BaseException) -> Iterator[BaseException]:
    """The failure and all that it came from: the libraries keep it in args, reason, cause or context."""
    seen: set[int] = set()
    pending: list[object] = [failure]
    while pending:
        cause = pending.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        pending += [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
