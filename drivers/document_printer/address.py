"""Where a document printer or its queue is: one ``ipp`` URL (RFC 3510)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from drivers.transports.address import TcpAddress, is_simulated

IPP_PORT: Final = 631
_THROUGH_USB: Final = "ipp-usb"


@dataclass(frozen=True, slots=True)
class IppAddress:
    """A printer that speaks IPP without TLS on ``host`` and ``port`` under ``path``.

    ``through_usb`` says that the ``ipp-usb`` service of this machine stands in front of a printer on a USB
    lead, so that a printer at ``localhost`` is a real one.
    """

    host: str
    port: int
    path: str
    through_usb: bool = False

    @property
    def tcp(self) -> TcpAddress:
        """What to connect to."""
        return TcpAddress(self.host, self.port)

    @property
    def authority(self) -> str:
        """Host and port as they stand in a URL; the HTTP ``Host`` header."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def uri(self) -> str:
        """The ``printer-uri`` of every request."""
        return f"ipp://{self.authority}{self.path}"

    @property
    def simulated(self) -> bool:
        """Whether only a simulated printer can be here: nothing but ``ipp-usb`` brings a real one to this
        machine.
        """
        return is_simulated(self.tcp) and not self.through_usb

    def __str__(self) -> str:
        return f"{_THROUGH_USB if self.through_usb else 'ipp'}://{self.authority}{self.path}"


def parse_ipp_address(text: str) -> IppAddress:
    """Reads ``ipp://192.168.1.60/ipp/print`` or, for a printer on USB, ``ipp-
    usb://localhost:60000/ipp/print``.

    ``str`` of the result is an address again. Raises ``ValueError`` with a message that says what was found
    and what to write instead; ``file:`` and every other scheme is refused, because only a printer that can
    be asked can be trusted.
    """
    remedy = "write for example ipp://192.168.1.60:631/ipp/print"
    try:
        if not text.isprintable() or not text.isascii():
            raise ValueError("it has characters that no address has")
        parts = urlsplit(text)
        port = parts.port or IPP_PORT
    except ValueError as mistake:
        raise ValueError(f"{text!r} is no address of a printer ({mistake}); {remedy}") from None
    if parts.scheme not in ("ipp", _THROUGH_USB):
        raise ValueError(f"{text!r} cannot be asked how it is: only ipp is spoken here; {remedy}")
    extras = (parts.query, parts.fragment, parts.username, parts.password)
    if not parts.hostname or any(extras) or " " in text:
        raise ValueError(f"{text!r} needs a host, and a path and nothing else after it; {remedy}")
    return IppAddress(parts.hostname, port, parts.path or "/", through_usb=parts.scheme == _THROUGH_USB)
