"""The program that holds the card reader, and nothing else of the terminal: it can be killed at any moment.

``python pcsc.py NAME SLOT SERVICE`` obeys one order a line on its standard input, with one line for each:

===================  ==============================================================
order                answers
===================  ==============================================================
``look``             ``empty N`` or ``card N``; N counts how often that has changed
``connect``          ``done``
``transmit HEX``     ``data HEX``
``disconnect``       ``done``
any of them          ``removed``, ``silent``, ``busy``, ``no_reader``, ``no_service``
===================  ==============================================================

``python pcsc.py --list`` prints the names of all readers, one a line, and ends.

The end of its input ends it, and so does the end of whoever started it. It stands alone, on the standard
library and on ``libpcsclite.so.1``, so that it starts in some hundredths of a second, and it decides nothing:
what a card's answers mean is looked at elsewhere.

A card that hangs blocks ``SCardTransmit`` without a limit; PC/SC has no way out of that but the end of the
process. Presence is asked for with ``SCardGetStatusChange`` and no waiting. Sources of the numbers and
structures below: ``winscard.h``, ``wintypes.h`` and ``pcsclite.h`` of pcsc-lite 1.9.9.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
from collections.abc import Iterable
from ctypes import POINTER, Structure, byref, c_char_p, c_ubyte, c_ulong, c_void_p
from typing import Any

LIBRARY = "libpcsclite.so.1"
SERVICE_VARIABLE = "PCSCLITE_CSOCK_NAME"
"""Where the client library looks for another socket than the machine's (pcsc-lite, clientMsg)."""

_SCOPE_SYSTEM = 2
_SHARE_EXCLUSIVE = 1
_PROTOCOL_T0, _PROTOCOL_T1 = 1, 2
_UNPOWER_CARD = 2
_STATE_PRESENT = 0x0020
_STATE_UNKNOWN, _STATE_UNAVAILABLE = 0x0004, 0x0008
_COUNTER_SHIFT = 16  # pcscd counts what happens to a slot in the high half of its state
_ATR_BYTES = 33
_LONGEST_ANSWER_BYTES = 264  # MAX_BUFFER_SIZE
_LONGEST_COMMAND_BYTES = 261
_SUCCESS = 0
_TIMEOUT = 0x8010000A  # of SCardGetStatusChange: nothing has changed
_PR_SET_PDEATHSIG = 1  # prctl(2)

_TROUBLES = {
    0x80100069: "removed",  # SCARD_W_REMOVED_CARD
    0x8010000C: "removed",  # SCARD_E_NO_SMARTCARD
    0x80100066: "silent",  # SCARD_W_UNRESPONSIVE_CARD
    0x80100067: "silent",  # SCARD_W_UNPOWERED_CARD
    0x80100068: "silent",  # SCARD_W_RESET_CARD
    0x80100016: "silent",  # SCARD_E_NOT_TRANSACTED
    0x80100013: "silent",  # SCARD_F_COMM_ERROR
    0x8010000F: "silent",  # SCARD_E_PROTO_MISMATCH
    0x80100008: "silent",  # SCARD_E_INSUFFICIENT_BUFFER: more than any answer has
    0x8010000B: "busy",  # SCARD_E_SHARING_VIOLATION
    0x80100009: "no_reader",  # SCARD_E_UNKNOWN_READER
    0x80100017: "no_reader",  # SCARD_E_READER_UNAVAILABLE
    0x8010002E: "no_reader",  # SCARD_E_NO_READERS_AVAILABLE
}
_NO_SERVICE = "no_service"


class _ReaderState(Structure):
    """SCARD_READERSTATE."""

    _fields_ = (
        ("reader", c_char_p),
        ("user_data", c_void_p),
        ("current_state", c_ulong),
        ("event_state", c_ulong),
        ("atr_bytes", c_ulong),
        ("atr", c_ubyte * _ATR_BYTES),
    )


class _IoRequest(Structure):
    """SCARD_IO_REQUEST."""

    _fields_ = (("protocol", c_ulong), ("length", c_ulong))


class TroubleError(Exception):
    """What keeps an order from being carried out: one of the words of the answers."""


class Library:
    """The functions of libpcsclite that are needed, with what they take. Every number is an unsigned long."""

    def __init__(self) -> None:
        library = ctypes.CDLL(LIBRARY)
        numbers = POINTER(c_ulong)
        self._functions: dict[str, Any] = {}
        for name, arguments in (
            ("SCardEstablishContext", (c_ulong, c_void_p, c_void_p, numbers)),
            ("SCardListReaders", (c_ulong, c_char_p, c_char_p, numbers)),
            ("SCardGetStatusChange", (c_ulong, c_ulong, POINTER(_ReaderState), c_ulong)),
            ("SCardConnect", (c_ulong, c_char_p, c_ulong, c_ulong, numbers, numbers)),
            (
                "SCardTransmit",
                (c_ulong, POINTER(_IoRequest), c_char_p, c_ulong, c_void_p, c_char_p, numbers),
            ),
            ("SCardDisconnect", (c_ulong, c_ulong)),
        ):
            function = getattr(library, name)
            function.argtypes, function.restype = arguments, c_ulong
            self._functions[name] = function

    def call(self, name: str, *arguments: object) -> int:
        """The result; 0 and a time-out are results, everything else raises :class:`TroubleError`."""
        result: int = self._functions[name](*arguments) & 0xFFFFFFFF  # LONG has 64 bits here, its values 32
        if result not in (_SUCCESS, _TIMEOUT):
            raise TroubleError(_TROUBLES.get(result, _NO_SERVICE))
        return result


def names_of_readers(library: Library, context: c_ulong) -> list[str]:
    """What pcscd calls its readers, numbers and all. Raises :class:`TroubleError` when there is none."""
    size = c_ulong()
    library.call("SCardListReaders", context, None, None, byref(size))
    names = ctypes.create_string_buffer(size.value)
    library.call("SCardListReaders", context, None, names, byref(size))
    return [name for name in names.raw[: size.value].decode("utf-8", "replace").split("\0") if name]


def list_readers(library: Library) -> list[str]:
    """The names of all readers; none when no card service answers."""
    context = c_ulong()
    try:
        library.call("SCardEstablishContext", _SCOPE_SYSTEM, None, None, byref(context))
        return names_of_readers(library, context)
    except TroubleError:
        return []


def full_name(names: Iterable[str], name: str, slot: str) -> str:
    """The one reader with this name and slot, whatever number pcscd has put between them.

    Raises :class:`TroubleError` when there is none, and when there are two, of which neither may be chosen.
    """
    wanted = re.compile(re.escape(name) + r" [0-9A-F]{2} " + re.escape(slot))
    found = [candidate for candidate in names if wanted.fullmatch(candidate)]
    if len(found) != 1:
        raise TroubleError("no_reader")
    return found[0]


class CardProgram:
    """One reader, and the card in it while there is a connection."""

    def __init__(self, library: Library, name: str, slot: str) -> None:
        self._library = library
        self._name, self._slot = name, slot
        self._context: c_ulong | None = None
        self._reader = b""
        self._card: c_ulong | None = None
        self._protocol = 0

    def obey(self, order: str) -> str:
        """The answer to one order."""
        verb, _, rest = order.partition(" ")
        try:
            match verb:
                case "look":
                    return self._look()
                case "connect":
                    return self._connect()
                case "transmit":
                    return self._transmit(bytes.fromhex(rest))
                case "disconnect":
                    return self._disconnect()
        except TroubleError as trouble:
            return str(trouble)
        raise ValueError("an order that nobody gives")

    def _look(self) -> str:
        self._find()
        state = _ReaderState(reader=self._reader)
        self._library.call("SCardGetStatusChange", self._context, 0, byref(state), 1)
        if state.event_state & (_STATE_UNKNOWN | _STATE_UNAVAILABLE):
            raise TroubleError("no_reader")
        there = "card" if state.event_state & _STATE_PRESENT else "empty"
        return f"{there} {state.event_state >> _COUNTER_SHIFT & 0xFFFF}"

    def _find(self) -> None:
        if self._context is None:
            context = c_ulong()
            self._library.call("SCardEstablishContext", _SCOPE_SYSTEM, None, None, byref(context))
            self._context = context
        if not self._reader:
            known = names_of_readers(self._library, self._context)
            self._reader = full_name(known, self._name, self._slot).encode()

    def _connect(self) -> str:
        self._find()
        self._disconnect()
        card, protocol = c_ulong(), c_ulong()
        self._library.call(
            "SCardConnect",
            *(self._context, self._reader, _SHARE_EXCLUSIVE, _PROTOCOL_T0 | _PROTOCOL_T1),
            *(byref(card), byref(protocol)),
        )
        self._card, self._protocol = card, protocol.value
        return "done"

    def _transmit(self, command: bytes) -> str:
        if self._card is None or not 4 <= len(command) <= _LONGEST_COMMAND_BYTES:
            raise TroubleError("silent")
        request = _IoRequest(self._protocol, ctypes.sizeof(_IoRequest))
        answer = ctypes.create_string_buffer(_LONGEST_ANSWER_BYTES)
        size = c_ulong(_LONGEST_ANSWER_BYTES)
        self._library.call(
            "SCardTransmit",
            *(self._card, byref(request), command, len(command), None, answer, byref(size)),
        )
        return f"data {answer.raw[: size.value].hex()}"

    def _disconnect(self) -> str:
        card, self._card = self._card, None
        if card is not None:
            self._library.call("SCardDisconnect", card, _UNPOWER_CARD)
        return "done"


def main(arguments: list[str]) -> int:
    """Obeys until its orders end."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if arguments == ["--list"]:
        sys.stdout.writelines(f"{name}\n" for name in list_readers(Library()))
        return 0
    name, slot, service = arguments
    if service:
        os.environ[SERVICE_VARIABLE] = service
    program = CardProgram(Library(), name, slot)
    for line in sys.stdin:
        sys.stdout.write(program.obey(line.rstrip("\n")) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
