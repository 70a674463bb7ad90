"""Asking a printer and waiting for what it says, with a limit on every wait."""

from __future__ import annotations

import threading

from drivers.receipt_printer import protocol
from drivers.receipt_printer.protocol import AnswerDecoder, AnswerKind, Readings
from drivers.transports.transport import Transport
from foundation.clock import Clock
from foundation.counters import CounterSink

_SLICE_S = 0.25
"""How long one wait lasts at most before it is looked whether the driver is to stop."""


class Conversation:
    """One exchange with the printer: a look at its status, or a slip from the first byte to the outcome.

    It begins by throwing away what came before. Every method may raise ``DeviceLostError``.
    """

    def __init__(
        self, transport: Transport, clock: Clock, counters: CounterSink, stopping: threading.Event
    ) -> None:
        self.done = False
        """Whether the printer has said that everything sent before the question is through."""
        self._transport = transport
        self._clock = clock
        self._counters = counters
        self._stopping = stopping
        self._decoder = AnswerDecoder()
        if surplus := transport.drain_input():
            counters.count("receipt_printer.unasked_bytes", surplus)

    def send(self, data: bytes, within_s: float) -> None:
        """Hands bytes to the line. It proves nothing: a printer that stalls takes a whole slip."""
        self._transport.write_all(data, self._clock.monotonic_s() + within_s)

    def readings(self, within_s: float) -> Readings | None:
        """How the printer says it is; None when an answer is missing or is none."""
        answers = bytearray()
        for question in protocol.ASK_STATUS:
            self.send(question, within_s)
            answer = self._wait_for(AnswerKind.STATUS, within_s)
            if answer is None:
                self._counters.count("receipt_printer.no_answer")
                return None
            answers.append(answer)
        return protocol.decode_status(bytes(answers))

    def wait_until_done(self, within_s: float) -> bool:
        """Waits for the answer to ``ASK_WHEN_DONE``; false when it did not come in time."""
        return self.done or self._wait_for(AnswerKind.DONE, within_s) is not None

    def clear(self, within_s: float) -> bool:
        """Has the printer forget what it has not printed; false when it did not confirm that."""
        self.send(protocol.CLEAR_BUFFERS, within_s)
        cleared = self._wait_for(AnswerKind.CLEARED, within_s) is not None
        if not cleared:
            self._counters.count("receipt_printer.buffers_not_cleared")
        return cleared

    def _wait_for(self, kind: AnswerKind, within_s: float) -> int | None:
        """The next answer of that kind, its first byte. Others are looked at on the way.

        Nothing but an answer may come while a status is waited for: a web server's *400* looks like two.
        """
        deadline_s = self._clock.monotonic_s() + within_s
        while not self._stopping.is_set() and (now_s := self._clock.monotonic_s()) < deadline_s:
            answers = self._decoder.feed(self._transport.read_some(min(deadline_s, now_s + _SLICE_S)))
            noise = sum(answer.kind is AnswerKind.NOISE for answer in answers)
            if noise:
                self._counters.count("receipt_printer.noise_bytes", noise)
            self.done = self.done or any(answer.kind is AnswerKind.DONE for answer in answers)
            if noise and kind is AnswerKind.STATUS:
                return None
            for answer in answers:
                if answer.kind is kind:
                    return answer.byte
        return None
