"""One question, one answer: the dialogue with the security module over a line that may fail in every way.

The module answers in order and its answers do not name the question. After anything went wrong the link
therefore asks for the module's number, whose answer cannot be taken for another one, and throws away what
arrives before it: an answer that comes late can never be taken for the card that lies there now.
"""

from __future__ import annotations

from typing import TypeGuard

from drivers.id_card_reader.protocol import (
    NEW_ADDRESS_BYTES,
    Body,
    Command,
    FrameDecoder,
    Reply,
    Status,
    encode_command,
    module_number_text,
    reply_from,
    split_base_data,
    split_full_data,
)
from drivers.transports.transport import DeviceLostError, Transport
from foundation.clock import Clock
from foundation.counters import CounterSink

_ATTEMPTS = 3
_BITS_A_BYTE = 10  # 8 data bits, one start bit, one stop bit
_LONGEST_REPLY_BYTES = 1295
_LONGEST_REPLY_WITH_FINGERPRINT_BYTES = 2321

# What a module may need for its answer, without the time on the wire; the waits of shipped programs, doubled.
_PATIENCE_S = {
    Command.RESET: 1.5,
    Command.MODULE_STATUS: 0.6,
    Command.MODULE_NUMBER: 0.6,
    Command.FIND: 0.4,
    Command.SELECT: 0.4,
    Command.READ_BASE: 2.5,
    Command.READ_NEW_ADDRESS: 1.5,
    Command.READ_WITH_FINGERPRINT: 3.5,
}


class ModuleLink:
    """The questions and answers of one open line. Used by the owner's thread only.

    Counts what it meets on the line as ``id_card_reader.*``: ``bad_checksum``, ``noise_bytes``,
    ``incomplete_frame``, ``no_answer``, ``unexpected_answer``, ``request_refused``.
    """

    def __init__(self, transport: Transport, clock: Clock, counters: CounterSink, baud: int) -> None:
        self._transport = transport
        self._clock = clock
        self._counters = counters
        self._byte_s = _BITS_A_BYTE / baud
        self._decoder = FrameDecoder()
        self._in_step = False

    def connect(self) -> Reply:
        """Brings the dialogue in step on a freshly opened line; the answer to ``MODULE_NUMBER``."""
        self._decoder = FrameDecoder()
        return self._get_in_step()

    def ask(self, command: Command, *, refusable: bool = False) -> Reply:
        """The answer to ``command``, in a shape that belongs to it; asks again when the line garbled it.

        Raises ``DeviceLostError`` when no answer that can be understood comes. A module that keeps refusing a
        ``refusable`` command does not know it: that is an answer, ``LINK_ERROR``.
        """
        reply: Reply | None = None
        for _ in range(_ATTEMPTS):
            if not self._in_step:
                self._get_in_step()
            reply = self._exchange(command)
            if reply is None:
                continue
            if reply.status is not Status.LINK_ERROR:
                return reply
            self._count("request_refused")
        if refusable and reply is not None:
            return reply
        raise DeviceLostError("the security module gives no answer that can be understood")

    def _get_in_step(self) -> Reply:
        deadline_s = self._send(Command.MODULE_NUMBER)
        while bodies := self._next_bodies(deadline_s):
            for reply in map(reply_from, bodies):
                if _brings_in_step(reply):
                    self._in_step = True
                    return reply
                self._count("unexpected_answer")
        raise DeviceLostError("the security module does not answer")

    def _exchange(self, command: Command) -> Reply | None:
        """The one answer, which belongs to ``command``, or None: something went wrong and was counted."""
        self._in_step = False
        bodies = self._next_bodies(self._send(command))
        if not bodies:
            return None
        reply = reply_from(bodies[0])
        if len(bodies) > 1 or reply is None or not _belongs(reply, command):
            self._count("unexpected_answer")
            return None
        self._in_step = True
        return reply

    def _send(self, command: Command) -> float:
        """Sends a request on a line that was emptied before; returns the deadline of its answer."""
        self._count("noise_bytes", self._transport.drain_input())
        self._decoder.forget()
        deadline_s = self._clock.monotonic_s() + _PATIENCE_S[command] + self._wire_s(command)
        self._transport.write_all(encode_command(command), deadline_s)
        return deadline_s

    def _wire_s(self, command: Command) -> float:
        longest = (
            _LONGEST_REPLY_WITH_FINGERPRINT_BYTES
            if command is Command.READ_WITH_FINGERPRINT
            else _LONGEST_REPLY_BYTES
        )
        return longest * self._byte_s

    def _next_bodies(self, deadline_s: float) -> list[Body]:
        """The next frames on the line; none at the deadline, or at once when a checksum was wrong."""
        bad_before, noise_before = self._decoder.bad_checksums, self._decoder.noise_bytes
        bodies: list[Body] = []
        while not bodies and self._decoder.bad_checksums == bad_before:
            data = self._transport.read_some(deadline_s)
            if not data or self._clock.monotonic_s() >= deadline_s:
                self._count("incomplete_frame" if self._decoder.forget() else "no_answer")
                break
            bodies = self._decoder.feed(data)
        self._count("bad_checksum", self._decoder.bad_checksums - bad_before)
        self._count("noise_bytes", self._decoder.noise_bytes - noise_before)
        return bodies

    def _count(self, name: str, increment: int = 1) -> None:
        if increment:
            self._counters.count(f"id_card_reader.{name}", increment)


def _brings_in_step(reply: Reply | None) -> TypeGuard[Reply]:
    """Whether ``reply`` can only be the answer to ``MODULE_NUMBER``, or comes from a broken module."""
    if reply is None:
        return False
    is_number = reply.status_byte == 0x90 and module_number_text(reply.data) is not None
    return is_number or reply.status is Status.MODULE_BROKEN


def _belongs(reply: Reply, command: Command) -> bool:
    """Whether ``reply`` can be an answer to ``command``: each success has a shape, the rest has none."""
    if reply.status is not Status.SUCCESS:
        return True
    match command:
        case Command.FIND:
            return reply.status_byte == 0x9F
        case Command.SELECT:
            return reply.status_byte == 0x90 and len(reply.data) == 8
        case Command.READ_BASE:
            return reply.status_byte == 0x90 and split_base_data(reply.data) is not None
        case Command.READ_WITH_FINGERPRINT:
            return reply.status_byte == 0x90 and split_full_data(reply.data) is not None
        case Command.READ_NEW_ADDRESS:
            return reply.status_byte == 0x90 and _is_new_address(reply.data)
        case Command.MODULE_NUMBER:
            return reply.status_byte == 0x90 and module_number_text(reply.data) is not None
        case Command.MODULE_STATUS | Command.RESET:
            return reply.status_byte == 0x90 and not reply.data


def _is_new_address(data: bytes) -> bool:
    no_card = split_base_data(data) is None and split_full_data(data) is None
    return len(data) >= NEW_ADDRESS_BYTES and no_card
