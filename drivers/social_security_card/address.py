"""Where a social-security card reader is: one URL, as it stands in the settings.

pcsc:///ACS%20ACR39U%20ICC%20Reader (the only reader of that name; its first slot)
pcsc:///Feitian%20R502%20[R502%20Contact%20Reader]%20(0123456)?slot=01

pcscd calls a reader by its name, its interface, its serial number, a number that it happened to get, and its
slot: ``NAME [INTERFACE] (SERIAL) 00 00``. The address has all of that but the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlsplit

_EXAMPLE = "write pcsc:///NAME%20OF%20THE%20READER, which `python -m drivers.list` shows"
_NUMBERED = re.compile(r".* [0-9A-F]{2} [0-9A-F]{2}")
_VIRTUAL = "Virtual PCD"
_LONGEST_SOCKET_PATH_BYTES = 107  # sockaddr_un, unix(7)


@dataclass(frozen=True, slots=True)
class PcscReader:
    """A reader by its name in PC/SC, and the slot in it, two hexadecimal figures.

    ``service`` is the socket of a pcscd of a simulator's own; empty for the machine's.
    """

    name: str
    slot: str = "00"
    service: str = ""

    def __str__(self) -> str:
        options = [f"slot={self.slot}"] if self.slot != "00" else []
        if self.service:
            options.append(f"service={quote(self.service)}")
        return f"pcsc:///{quote(self.name, safe='[]()')}" + (f"?{'&'.join(options)}" if options else "")


def parse_reader_address(text: str) -> PcscReader:
    """Reads the address of a reader. ``str`` of the result is an address again.

    Raises ``ValueError`` with a message that says what was found and what to write instead.
    """
    try:
        if not text.isprintable():
            raise ValueError("it has control characters")
        parts = urlsplit(text)
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as mistake:
        raise ValueError(f"{text!r} is no address ({mistake}); {_EXAMPLE}") from None
    name = unquote(parts.path).removeprefix("/")
    if parts.scheme != "pcsc" or parts.netloc or parts.fragment or not name or not name.isprintable():
        raise ValueError(f"{text!r} is no address of a card reader; {_EXAMPLE}")
    if name != name.strip() or _NUMBERED.fullmatch(name):
        raise ValueError(f"{text!r} ends with a number that is another one tomorrow; {_EXAMPLE}")
    slot, service = options.pop("slot", "00"), options.pop("service", "")
    if options:
        raise ValueError(f"{text!r} has an unknown option {min(options)!r}; only slot and service are known")
    if not re.fullmatch(r"[0-9A-F]{2}", slot):
        raise ValueError(f"{text!r} has no usable slot {slot!r}; two figures, 00 for the first")
    if service and not (service.startswith("/") and len(service.encode()) <= _LONGEST_SOCKET_PATH_BYTES):
        raise ValueError(f"{text!r} names no socket of a card service: a whole path is needed")
    return PcscReader(name, slot, service)


def is_simulated(address: PcscReader) -> bool:
    """Whether the reader at ``address`` can only be a simulated one."""
    return bool(address.service) or address.name.startswith(_VIRTUAL)
