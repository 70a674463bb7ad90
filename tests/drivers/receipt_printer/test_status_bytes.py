"""What a printer says about itself, byte by byte; source: ESC/POS ``DLE EOT``, ``GS r`` and ``DLE DC4``."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.receipt_printer.device import CoverState, PaperState, capabilities_for
from drivers.receipt_printer.printer import status_of
from drivers.receipt_printer.protocol import (
    BUFFERS_CLEARED,
    Answer,
    AnswerDecoder,
    AnswerKind,
    decode_status,
)
from drivers.vocabulary import DeviceState, ModuleState
from foundation.errors import ErrorCode, Errors

WELL = b"\x12\x12\x12\x12"
STATUS_BYTES = st.integers(0, 255).map(lambda byte: (byte & 0x6C) | 0x12)


@given(st.binary(min_size=4, max_size=4))
def test_only_bytes_with_the_fixed_bits_are_a_status(answers: bytes) -> None:
    assert (decode_status(answers) is not None) == all(byte & 0x93 == 0x12 for byte in answers)


@given(st.binary(max_size=8).filter(lambda answers: len(answers) != 4))
def test_too_few_or_too_many_answers_are_no_status(answers: bytes) -> None:
    assert decode_status(answers) is None


@pytest.mark.parametrize(
    ("answers", "state", "error"),
    [
        (WELL, DeviceState.ONLINE, None),
        (b"\x12\x12\x12\x1e", DeviceState.ONLINE, None),
        (b"\x1a\x32\x12\x7e", DeviceState.USER_ERROR, Errors.PRINTER_NO_PAPER),
        (b"\x12\x12\x12\x72", DeviceState.USER_ERROR, Errors.PRINTER_NO_PAPER),
        (b"\x1a\x16\x12\x12", DeviceState.USER_ERROR, Errors.PRINTER_COVER_OPEN),
        (b"\x1a\x36\x12\x7e", DeviceState.USER_ERROR, Errors.PRINTER_COVER_OPEN),
        (b"\x1a\x52\x1a\x12", DeviceState.HARDWARE_ERROR, Errors.PRINTER_BROKEN),
        (b"\x1a\x52\x32\x12", DeviceState.HARDWARE_ERROR, Errors.PRINTER_BROKEN),
        (b"\x1a\x52\x12\x12", DeviceState.HARDWARE_ERROR, Errors.PRINTER_BROKEN),
        (b"\x1a\x52\x52\x12", DeviceState.DEVICE_BUSY, Errors.PRINTER_BROKEN),
        (b"\x1a\x1a\x12\x12", DeviceState.DEVICE_BUSY, Errors.PRINTER_LOST),
        (b"\x1a\x12\x12\x12", DeviceState.OFFLINE, Errors.PRINTER_LOST),
    ],
    ids=[
        "well",
        "paper low",
        "stopped without paper",
        "paper out",
        "cover open",
        "cover open, paper not seen",
        "cutter",
        "unrecoverable",
        "error without a cause",
        "head too hot",
        "somebody feeds paper",
        "offline without a cause",
    ],
)
def test_every_fault_has_a_state_and_an_error(
    answers: bytes, state: DeviceState, error: ErrorCode | None
) -> None:
    readings = decode_status(answers)
    assert readings is not None

    status = status_of(readings, capabilities_for(80), simulated=False)

    assert (status.state, status.error) == (state, error)
    assert status.can_print == (error is None)


@given(st.lists(STATUS_BYTES, min_size=4, max_size=4).map(bytes))
def test_a_printer_can_print_only_when_it_says_that_nothing_is_wrong(answers: bytes) -> None:
    readings = decode_status(answers)
    assert readings is not None

    status = status_of(readings, capabilities_for(80), simulated=False)

    assert status.can_print == (
        not answers[0] & 0x08 and not answers[1] & 0x6C and not answers[2] & 0x68 and not answers[3] & 0x60
    )
    assert status.can_print == (status.error is None)
    assert PaperState.UNKNOWN is not status.paper
    assert CoverState.UNKNOWN is not status.cover


def test_what_a_printer_has_no_sensor_for_is_not_supported() -> None:
    bare = replace(capabilities_for(58), cutter=False, paper_sensor=False, paper_low_sensor=False)
    readings = decode_status(WELL)
    assert readings is not None

    status = status_of(readings, bare, simulated=False)

    assert status.paper is PaperState.NOT_SUPPORTED
    assert status.cutter is ModuleState.NOT_SUPPORTED


def test_a_roll_that_cannot_be_known_to_be_low_is_full_until_it_is_out() -> None:
    without = replace(capabilities_for(58), paper_low_sensor=False)
    low, out = decode_status(b"\x12\x12\x12\x1e"), decode_status(b"\x12\x12\x12\x72")
    assert low is not None
    assert out is not None

    assert status_of(low, without, simulated=False).paper is PaperState.FULL
    assert status_of(out, without, simulated=False).paper is PaperState.OUT


def test_the_three_kinds_of_answer_are_told_apart() -> None:
    answers = AnswerDecoder().feed(b"\x12\x00\x37\x25\x00\x7e\x03\x91")

    assert [answer.kind for answer in answers] == [
        AnswerKind.STATUS,
        AnswerKind.DONE,
        AnswerKind.CLEARED,
        AnswerKind.STATUS,
        AnswerKind.DONE,
        AnswerKind.NOISE,
    ]


def test_half_an_answer_is_neither_lost_nor_taken_for_another() -> None:
    decoder = AnswerDecoder()

    assert decoder.feed(BUFFERS_CLEARED[:2]) == []
    assert decoder.feed(BUFFERS_CLEARED[2:]) == [Answer(AnswerKind.CLEARED, 0x37)]


def test_the_end_of_a_cleared_answer_is_never_taken_for_done() -> None:
    """Its last byte is 0, which alone would say that the slip is through."""
    answers = AnswerDecoder().feed(BUFFERS_CLEARED * 3)

    assert {answer.kind for answer in answers} == {AnswerKind.CLEARED}


@given(st.lists(st.binary(max_size=6), max_size=12))
def test_answers_do_not_depend_on_the_pieces_in_which_they_arrive(pieces: list[bytes]) -> None:
    decoder, whole = AnswerDecoder(), AnswerDecoder()

    in_pieces = list(itertools.chain.from_iterable(decoder.feed(piece) for piece in pieces))

    assert in_pieces == whole.feed(b"".join(pieces))


@given(st.binary(max_size=64))
def test_any_byte_is_answered_for_within_two_more(data: bytes) -> None:
    answers = AnswerDecoder().feed(data)

    taken = sum(3 if answer.kind is AnswerKind.CLEARED else 1 for answer in answers)
    assert len(data) - 2 <= taken <= len(data)
