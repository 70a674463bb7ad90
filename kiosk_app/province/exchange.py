"""One HTTP exchange with the platform: mutual TLS, no proxies, no redirects, bounded in time and size."""

from __future__ import annotations

import http.cookiejar
import socket
import ssl
import threading
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import requests
from cryptography import x509
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_ import create_urllib3_context

from foundation.clock import Clock
from foundation.errors import Errors
from kiosk_app.province.exchange_faults import OutOfTimeError, meaning_of
from kiosk_app.province.outcomes import NOT_LET_IN, Refused, Unreachable

LARGEST_ANSWER_BYTES = 16 * 1024 * 1024
CONNECT_TIMEOUT_S = 4.0
_CHUNK_BYTES = 64 * 1024
_LONGEST_RETRY_AFTER_S = 3600.0
_NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL (x509_vfy.h): everything but the dates is verified."""

DateCheck = Callable[[x509.Certificate], bool]
"""Whether the platform's certificate is valid at a time that its caller knows."""


def machine_checks_dates() -> DateCheck | None:
    """The machine's own clock decides, as OpenSSL does by itself."""
    return None


def is_valid_at(certificate: x509.Certificate, moment: datetime) -> bool:
    """Whether ``moment`` lies within the dates of ``certificate`` (RFC 5280, 4.1.2.5: both included)."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Whom to believe and who we are.

    ``authority`` None believes anybody: only for fetching the authority that an enrolment code then names.
    ``certificate`` and ``key`` are None before there is an enrolment.
    """

    authority: Path | None
    certificate: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """Whatever answered, wholly read. Headers are those of requests: names in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def retry_after_s(self) -> float | None:
        """Seconds or a date (RFC 9110, 10.2.3); a date counts from the reply's own Date, not our clock."""
        value = self.headers.get("retry-after", "")
        if value.isascii() and value.isdigit():
            return min(float(value), _LONGEST_RETRY_AFTER_S)
        try:
            until, now = parsedate_to_datetime(value), parsedate_to_datetime(self.headers.get("date", ""))
            return min(max(0.0, (until - now).total_seconds()), _LONGEST_RETRY_AFTER_S)
        except (ValueError, TypeError):
            return None


class Exchange:
    """Sends requests. Thread-safe: each thread has a session of its own, kept alive between calls.

    A request takes at most the time to connect (4 s), to send and wait (``timeout_s``) and to read
    (``timeout_s`` again). :meth:`interrupt` breaks those under way; after :meth:`close` all are out of reach.

    ``date_check`` is asked before each request who judges the dates of the platform's certificate: the
    machine's clock (None), or a function, when that clock is known to be wrong. Issuer, name and usage are
    verified in either case. The function sees the platform's own certificate: of one that stands between it
    and the authority the dates are not judged then.
    """

    def __init__(
        self,
        base_url: str,
        tls: TlsFiles,
        clock: Clock,
        date_check: Callable[[], DateCheck | None] = machine_checks_dates,
    ) -> None:
        self._base_url = base_url
        self._tls = tls
        self._clock = clock
        self._date_check = date_check
        self._closed = threading.Event()
        self._own = threading.local()
        self._adapters: weakref.WeakSet[_Adapter] = weakref.WeakSet()
        self._lock = threading.Lock()

    def send(
        self, method: str, path: str, timeout_s: float, *, body: bytes | None, headers: Mapping[str, str]
    ) -> Reply | Refused | Unreachable:
        """The reply of whatever is there, or why there is none. Never raises for the network."""
        if self._closed.is_set():
            return Unreachable(Errors.PROVINCE_UNREACHABLE)
        try:
            with self._session().request(
                method,
                self._base_url + path,
                data=body,
                headers=dict(headers),
                timeout=(min(CONNECT_TIMEOUT_S, timeout_s), timeout_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = self._read(response, self._clock.monotonic_s() + timeout_s)
        except (requests.RequestException, HTTPError, OSError) as failure:
            error = meaning_of(failure)
            return Refused(error) if error in NOT_LET_IN else Unreachable(error)
        if content is None:
            return Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
        return Reply(response.status_code, response.headers, content)

    def interrupt(self) -> None:
        """Breaks the calls under way in other threads; later ones are not affected."""
        for adapter in self._all_adapters():
            adapter.break_connections()

    def close(self) -> None:
        """Ends all connections, also of calls under way in other threads. For the end of the program."""
        self._closed.set()
        self.interrupt()
        for adapter in self._all_adapters():
            adapter.close()

    def _all_adapters(self) -> list[_Adapter]:
        with self._lock:
            return list(self._adapters)

    def _read(self, response: requests.Response, deadline_s: float) -> bytes | None:
        """The whole body; None when it is larger than any answer of the platform."""
        content = bytearray()
        while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
            content += chunk
            if len(content) > LARGEST_ANSWER_BYTES:
                return None
            if self._clock.monotonic_s() > deadline_s:
                raise TimeoutError
        return bytes(content)

    def _session(self) -> requests.Session:
        check = self._date_check()
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is not None and self._own.trusts_machine is not (check is None):
            session.close()  # the machine's clock is not what it was when these connections were made
            session = None
        if session is None:
            session = self._own.session = requests.Session()
            self._own.trusts_machine = check is None
            session.trust_env = False
            session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
            session.verify = str(self._tls.authority) if self._tls.authority else False
            if self._tls.certificate and self._tls.key:
                session.cert = (str(self._tls.certificate), str(self._tls.key))
            adapter = _Adapter(check)
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            with self._lock:
                self._adapters.add(adapter)
        return session


class _Adapter(HTTPAdapter):
    """Knows its open connections, so that a call that waits in another thread can be broken."""

    def __init__(self, check: DateCheck | None) -> None:
        self._check = check
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        check = self._check
        if check is not None:
            options["ssl_context"] = context = create_urllib3_context()
            context.verify_flags = ssl.VerifyFlags(context.verify_flags | _NO_CHECK_TIME)
        super().init_poolmanager(*arguments, **options)
        open_connections: weakref.WeakSet[HTTPConnection] = weakref.WeakSet()

        class Connection(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                open_connections.add(self)

        class SecureConnection(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                open_connections.add(self)
                if check is not None and not check(_certificate_of(self.sock)):
                    raise OutOfTimeError

        class Pool(HTTPConnectionPool):
            ConnectionCls = Connection

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = SecureConnection

        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": SecurePool}
        self._open_connections = open_connections

    def break_connections(self) -> None:
        for connection in list(self._open_connections):
            if connection.sock is not None:
                try:  # of the plain socket: the TLS object belongs to the thread that reads from it
                    socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
                except OSError:
                    continue


def _certificate_of(connection: Any) -> x509.Certificate:
    """The certificate that the other end has just proved to hold the key of."""
    return x509.load_der_x509_certificate(connection.getpeercert(binary_form=True))
