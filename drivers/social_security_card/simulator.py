"""A simulated social-security card, in the virtual reader of vsmartcard (vpcd) behind a real pcscd.

The card connects to the reader's port, and each message on that line is two bytes of length, most significant
first, and the message: one byte is an order to the card's power (0 off, 1 on, 2 reset) or asks for its answer
to reset (4), anything longer is a command, which is answered in the same form (vpcd.h of vsmartcard). A line
that is closed is a slot without a card. The reader listens on every interface of the machine, and nobody can
forbid it: its place is a demonstration or a test.

On a bad day a card does what :class:`CardFault` says.

As a program, ``python -m drivers.social_security_card.simulator``, it prints the address of the reader for
the settings and takes a command a line on its standard input: ``insert``, ``insert NAME``, ``remove``,
``fault NAME``, ``cure``, ``unplug``, ``plug``; the end of the input ends it.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import select
import socket
import sys
import threading
import time
from collections.abc import Iterable
from enum import Enum
from typing import TextIO

from drivers.simulator_program import serve
from drivers.social_security_card.protocol import SELECT
from drivers.social_security_card.simulated_card import CardChip, VirtualCard, holder_named
from drivers.social_security_card.simulated_service import SimulatedCardService, reserve_ports

_POWER_OFF, _POWER_ON, _POWER_RESET, _ANSWER_TO_RESET = 0, 1, 2, 4
_ATR = bytes.fromhex("3B6D000000815444863A5A5F5F5F5F5F5F")  # T=0, 13 bytes of history: a made-up card
_PAUSE_S = 0.3
_GARBAGE_BYTES = 40
_CHUNK_BYTES = 4096
_CONNECT_TIMEOUT_S = 1.0
_RETRY_S = 0.05
_SEEN_EMPTY_S = 0.6  # pcscd looks every 0.4 s (PCSCLITE_STATUS_POLL_RATE) and takes a while for it


class CardFault(Enum):
    """What can go wrong with a card."""

    HANGS = "hangs"
    """It takes a command and says nothing, for ever. Only taking it out ends that."""
    MUTE = "mute"
    """It powers up and answers every command with a single byte, which is no answer."""
    REMOVED = "removed"
    """It is pulled out while it works at a command."""
    WRONG_APPLICATION = "wrong_application"
    """A bank's card, a bus card: it does not know the application."""
    GARBAGE = "garbage"
    """Every record is random bytes, and the card says that all is well."""
    SLOW = "slow"
    """Every answer takes 300 ms: much longer than on any good day, and soon enough."""
    PROTECTED = "protected"
    """It wants a PIN before it gives its holder's data."""
    SERVICE_HANGS = "service_hangs"
    """Not the card but pcscd: it is there, it takes orders, and it carries out none."""


class SocialSecurityCardSimulator:
    """A card service of our own, its one virtual reader, and a card that can be put in.

    The methods are for other threads and return when it is done; what pcscd makes of it shows within half a
    second, which is how often it looks. A card that is put in right after another one gets there when pcscd
    has seen the slot empty: no hand is quicker, and pcscd would go on to say that it is.
    """

    def __init__(self, *, seed: int = 0) -> None:
        self._ports = reserve_ports()
        self._reader_place = self._ports[0].getsockname()
        self.service = SimulatedCardService(self._reader_place[1])
        self._random = random.Random(seed)  # noqa: S311 -- garbage that is the same in every run
        self._lock = threading.Lock()
        self._chip: CardChip | None = None
        self._fault: CardFault | None = None
        self._at = 0
        self._line: socket.socket | None = None
        self._ended_lines: list[socket.socket] = []
        self._received = b""
        self._out_since_s = float("-inf")
        self._stopping = threading.Event()
        self._wake_read, self._wake_write = socket.socketpair()
        self._thread: threading.Thread | None = None
        self.commands = 0
        """How many commands the card has got since it was put in."""

    @property
    def address(self) -> str:
        """The reader's address for the settings; it stays the same for good."""
        return self.service.address

    def start(self, *, reader: bool = True) -> None:
        """Starts the service, with its reader when ``reader``."""
        self.service.start(reader=reader)
        self._thread = threading.Thread(target=self._serve, name="SocialSecurityCard", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends everything; it is not used again."""
        self._stopping.set()
        self.service.stop()
        self.remove()
        if self._thread is not None:
            self._thread.join()
        self._close_ended_lines()
        for held in (*self._ports, self._wake_read, self._wake_write):
            held.close()
        self.service.remove_files()

    def insert(self, card: VirtualCard) -> None:
        """Puts a card in, in the place of one that was in."""
        self._put(CardChip(card))

    def remove(self) -> None:
        """Takes the card out."""
        self._put(None)

    def set_fault(self, fault: CardFault, *, at: int = 0) -> None:
        """Makes the card fail in that way until :meth:`cure`, from its command number ``at`` on.

        ``SERVICE_HANGS`` is so at once.
        """
        with self._lock:
            self._fault, self._at = fault, at
        if fault is CardFault.SERVICE_HANGS:
            self.service.hang()

    def cure(self) -> None:
        """Ends the fault. A card that hangs goes on hanging until it is taken out."""
        with self._lock:
            self._fault = None
        self.service.go_on()

    def _put(self, chip: CardChip | None) -> None:
        with self._lock:
            self._chip = chip
            self.commands = 0
            self._hang_up()
        self._wake_write.send(b"!")

    def _hang_up(self) -> None:
        """Ends the line; the serving thread, which may be waiting for it just now, closes it."""
        line, self._line = self._line, None
        self._received = b""
        if line is not None:
            with contextlib.suppress(OSError):  # the other end may have hung up first
                line.shutdown(socket.SHUT_RDWR)
            self._ended_lines.append(line)
            self._out_since_s = time.monotonic()

    def _close_ended_lines(self) -> None:
        while self._ended_lines:
            self._ended_lines.pop().close()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                self._close_ended_lines()
                self._connect()
                line, wanted = self._line, self._chip is not None
            waiting = [self._wake_read] if line is None else [self._wake_read, line]
            ready, _, _ = select.select(waiting, [], [], _RETRY_S if wanted and line is None else None)
            if self._wake_read in ready:
                self._wake_read.recv(_CHUNK_BYTES)
            elif line is not None:
                self._listen(line)

    def _connect(self) -> None:
        if self._chip is None or self._line is not None:
            return
        if time.monotonic() - self._out_since_s < _SEEN_EMPTY_S:
            return
        try:
            self._line = socket.create_connection(self._reader_place, _CONNECT_TIMEOUT_S)
        except OSError:
            return  # there is no reader; the card lies in the slot of a machine that is off
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._chip.reset()

    def _listen(self, line: socket.socket) -> None:
        """Reads what the reader says and answers it; hangs up when that is no use any more."""
        try:
            data = line.recv(_CHUNK_BYTES)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)  # or each message takes 40 ms, tcp(7)
            self._received += data
            while data and (message := self._next_message()) is not None:
                answer = self._answer(message)
                if answer is not None:
                    line.sendall(len(answer).to_bytes(2, "big") + answer)
        except OSError:
            data = b""
        with self._lock:
            if not data and line is self._line:
                self._hang_up()

    def _next_message(self) -> bytes | None:
        size = int.from_bytes(self._received[:2], "big")
        if len(self._received) < 2 + size:
            return None
        message, self._received = self._received[2 : 2 + size], self._received[2 + size :]
        return message

    def _answer(self, message: bytes) -> bytes | None:
        """The answer to one message of the reader, or None when none is due."""
        with self._lock:
            chip, fault = self._chip, self._fault
            if chip is None:
                return None
            if len(message) == 1:
                if message[0] in (_POWER_OFF, _POWER_ON, _POWER_RESET):
                    chip.reset()
                return _ATR if message[0] == _ANSWER_TO_RESET else None
            number, self.commands = self.commands, self.commands + 1
            fault = fault if number >= self._at else None
            if fault is CardFault.REMOVED:
                self._chip = None
                self._hang_up()
        if fault is CardFault.SLOW:
            self._stopping.wait(_PAUSE_S)
        return self._faulty(fault, message, chip.answer(message))

    def _faulty(self, fault: CardFault | None, command: bytes, answer: bytes) -> bytes | None:
        match fault:
            case CardFault.HANGS | CardFault.REMOVED:
                return None
            case CardFault.MUTE:
                return b"\0"
            case CardFault.WRONG_APPLICATION:
                return bytes.fromhex("6A82")
            case CardFault.PROTECTED if command[1] != SELECT:
                return bytes.fromhex("6982")
            case CardFault.GARBAGE if command[1] != SELECT:
                return self._random.randbytes(_GARBAGE_BYTES) + bytes.fromhex("9000")
            case _:
                return answer


def obey(simulator: SocialSecurityCardSimulator, line: str) -> None:
    """Does what one line of the command language says; raises ``ValueError`` for an unknown one."""
    verb, _, rest = line.rstrip("\n").partition(" ")
    match verb:
        case "insert":
            simulator.insert(holder_named(rest))
        case "remove":
            simulator.remove()
        case "fault":
            simulator.set_fault(CardFault(rest))
        case "cure":
            simulator.cure()
        case "unplug":
            simulator.service.unplug_reader()
        case "plug":
            simulator.service.plug_in_reader()
        case _:
            raise ValueError("say insert, remove, fault, cure, unplug or plug")


def main(arguments: list[str], commands: Iterable[str], answers: TextIO) -> None:
    """The program: one answer, ``ok`` or ``no`` and why, for each line."""
    argparse.ArgumentParser(description="a simulated social-security card reader").parse_args(arguments)
    simulator = SocialSecurityCardSimulator()
    serve(simulator, obey, commands, answers)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin, sys.stdout)
