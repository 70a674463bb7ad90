"""One question and one answer over HTTP, and that nothing but an answer is taken for one."""

from __future__ import annotations

import threading
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.document_printer.address import parse_ipp_address
from drivers.document_printer.exchange import IppEndpoint
from drivers.document_printer.protocol import Message, Operation, encode
from drivers.document_printer.spooler import Refusal, Spooler
from drivers.transports.transport import DeviceLostError
from foundation.clock import SystemClock
from tests.drivers.document_printer.samples import pdf

REQUEST = Message(Operation.GET_PRINTER_ATTRIBUTES, 7)
ANSWER = encode(Message(0, 7))


class ScriptedLine:
    """A line on which what comes back is written down, piece by piece; after it the other end hangs up."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = deque(piece for piece in pieces if piece)
        self.sent = b""
        self.is_open = False

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False

    def read_some(self, deadline_s: float) -> bytes:
        assert deadline_s > 0
        if not self._pieces:
            raise DeviceLostError("it hung up")
        return self._pieces.popleft()

    def write_all(self, data: bytes, deadline_s: float) -> None:
        assert deadline_s > 0
        self.sent += data

    def drain_input(self) -> int:
        return 0


def ask(line: ScriptedLine) -> Message:
    address = parse_ipp_address("ipp://printer.invalid/ipp/print")
    return IppEndpoint(address, line, SystemClock(), threading.Event()).ask(REQUEST, within_s=5.0)


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *(headers or (f"Content-Length: {len(body)}",))]
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_the_question_is_a_post_of_its_own() -> None:
    line = ScriptedLine(http(ANSWER))
    assert ask(line) == Message(0, 7)
    head, _, body = line.sent.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /ipp/print HTTP/1.1\r\n")
    assert b"Host: printer.invalid:631" in head
    assert b"Content-Type: application/ipp" in head
    assert body == encode(REQUEST)
    assert not line.is_open


def test_an_answer_may_come_in_pieces_in_chunks_and_after_a_continue() -> None:
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(ANSWER), ANSWER)
    whole = b"HTTP/1.1 100 Continue\r\n\r\n" + http(chunked, "Transfer-Encoding: chunked")
    assert ask(ScriptedLine(*(bytes([byte]) for byte in whole))) == Message(0, 7)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http(encode(Message(0, 8))), id="the answer to another question"),
        pytest.param(http(b"<html>"), id="a web page"),
        pytest.param(http(b""), id="nothing"),
        pytest.param(http(ANSWER, status="401 Unauthorized"), id="a password is wanted"),
        pytest.param(http(ANSWER, status="426 Upgrade Required"), id="encryption is wanted"),
        pytest.param(http(ANSWER)[:-1], id="the last byte is missing"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n", id="another service"),
        pytest.param(b"", id="a hang-up"),
        pytest.param(http(b"x" * 2_000_000), id="more than an answer can be"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, id="a header without end"),
    ],
)
def test_anything_else_is_no_answer_and_the_line_is_closed(answer: bytes) -> None:
    line = ScriptedLine(answer)
    with pytest.raises(DeviceLostError):
        ask(line)
    assert not line.is_open


def test_a_document_for_which_there_is_no_connection_was_not_sent() -> None:
    class DeadLine(ScriptedLine):
        def open(self) -> None:
            raise DeviceLostError("nobody is there")

    address = parse_ipp_address("ipp://printer.invalid/ipp/print")
    endpoint = IppEndpoint(address, DeadLine(), SystemClock(), threading.Event())
    spooler = Spooler(endpoint, answer_s=5.0, sending_s=5.0)
    assert spooler.print_pdf("case-1", pdf()) is Refusal.NOT_SENT
    with pytest.raises(DeviceLostError):
        spooler.readings()


def test_an_order_to_stop_ends_the_wait() -> None:
    stopping = threading.Event()
    stopping.set()
    address = parse_ipp_address("ipp://printer.invalid/ipp/print")
    with pytest.raises(DeviceLostError):
        IppEndpoint(address, ScriptedLine(http(ANSWER)), SystemClock(), stopping).ask(REQUEST, within_s=5.0)


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_any_bytes_are_survived(pieces: list[bytes]) -> None:
    with pytest.raises(DeviceLostError):
        ask(ScriptedLine(*pieces))


@given(
    st.lists(st.binary(max_size=100), max_size=4),
    st.sampled_from(["Content-Length: 40", "Connection: close"]),
)
def test_any_bytes_after_a_good_beginning_are_survived(pieces: list[bytes], header: str) -> None:
    with pytest.raises(DeviceLostError):
        ask(ScriptedLine(http(b"", header), *pieces))


@given(st.binary(max_size=60))
def test_any_bytes_after_an_answer_do_not_change_it(surplus: bytes) -> None:
    assert ask(ScriptedLine(http(ANSWER) + surplus)) == Message(0, 7)
