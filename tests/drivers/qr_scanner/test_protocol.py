from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.qr_scanner.protocol import (
    GAP_AFTER_TERMINATOR_S,
    GAP_S,
    LARGEST_PAYLOAD_BYTES,
    NEWLAND,
    BurstFramer,
    Unreadable,
    profile_named,
)

texts = st.text(
    st.characters(codec="utf-8", min_codepoint=32, exclude_characters="\x7f"), min_size=1, max_size=200
)
payloads = texts.map(str.encode).filter(lambda payload: len(payload) <= LARGEST_PAYLOAD_BYTES)


SILENCE_S = 2 * GAP_S


def burst(data: bytes, framer: BurstFramer | None = None) -> bytes | Unreadable | None:
    framer = framer or BurstFramer()
    framer.feed(data, 0.0)
    return framer.finish(GAP_S)


@pytest.mark.parametrize("terminator", [b"\r", b"\n", b"\r\n", b""])
@given(payload=payloads)
def test_a_code_is_what_stands_before_the_line_end(payload: bytes, terminator: bytes) -> None:
    assert burst(payload + terminator) == payload


def test_a_terminated_code_is_there_after_40_ms_and_another_one_after_150() -> None:
    framer = BurstFramer()
    framer.feed(b"code\r", 10.0)
    assert framer.finish(10.0 + GAP_AFTER_TERMINATOR_S - 0.001) is None
    assert framer.finish(10.001 + GAP_AFTER_TERMINATOR_S) == b"code"
    framer.feed(b"code", 20.0)
    assert framer.finish(20.0 + GAP_S - 0.001) is None
    assert framer.finish(20.001 + GAP_S) == b"code"
    assert not framer.is_open


@given(payloads, st.integers(min_value=1, max_value=20))
def test_a_code_may_come_in_pieces(payload: bytes, step: int) -> None:
    framer = BurstFramer()
    now_s = 0.0
    sent = payload + b"\r"
    for begin in range(0, len(sent), step):
        framer.feed(sent[begin : begin + step], now_s)
        assert framer.finish(now_s) is None
        now_s += GAP_AFTER_TERMINATOR_S - 0.001
    assert framer.finish(now_s + GAP_S) == payload


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (b"x" * 1024, b"x" * 1024),
        (b"x" * 1024 + b"\r\n", b"x" * 1024),
        (b"x" * 1025, Unreadable.TOO_LONG),
        (b"x" * 1025 + b"\r", Unreadable.TOO_LONG),
        (b"x" * 2000, Unreadable.TOO_LONG),
        (b"two\rcodes\r", Unreadable.NOT_TEXT),
        (b"a\x00b", Unreadable.NOT_TEXT),
        (b"\x1b[2J", Unreadable.NOT_TEXT),
        (b"\x7f", Unreadable.NOT_TEXT),
        (b"\r\n\r\n", None),
    ],
)
def test_what_is_no_code_is_unreadable_as_a_whole(sent: bytes, found: bytes | Unreadable | None) -> None:
    assert burst(sent) == found


@given(st.lists(st.tuples(st.binary(max_size=3000), st.floats(min_value=0, max_value=1)), max_size=20))
def test_any_bytes_are_survived_without_growth_and_the_next_code_is_read(
    pieces: list[tuple[bytes, float]],
) -> None:
    framer = BurstFramer(NEWLAND.confirmation)
    now_s = 0.0
    for data, pause_s in pieces:
        framer.feed(data, now_s)
        assert len(framer._buffer) <= LARGEST_PAYLOAD_BYTES + 2
        now_s += pause_s
        framer.finish(now_s)
    framer.finish(now_s + SILENCE_S)
    assert not framer.is_open
    framer.feed(b"good\r", now_s)
    assert framer.finish(now_s + SILENCE_S) == b"good"


def test_confirmations_of_commands_are_taken_out_of_what_was_scanned() -> None:
    framer = BurstFramer(NEWLAND.confirmation)
    assert framer.feed(b"\x02\x010000#SCNTRG1\x06;\x03", 0.0) == 1
    assert not framer.is_open
    assert framer.feed(b"\x02\x010000#SCNT", 1.0) == 0
    assert framer.feed(b"RG0\x15;\x03code\r", 1.0) == 1
    assert framer.finish(1.0 + GAP_S) == b"code"


def test_a_profile_is_named_in_the_settings() -> None:
    assert profile_named("honeywell").on == bytes.fromhex("16540D")
    assert profile_named("honeywell").off == bytes.fromhex("16550D")
    assert profile_named("newland").on == bytes.fromhex("7E0130303030") + b"#SCNTRG1" + bytes.fromhex("3B03")
    with pytest.raises(ValueError, match=re.escape("'acme'; write one of continuous, honeywell, newland")):
        profile_named("acme")
