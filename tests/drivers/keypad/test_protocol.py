"""Input events as bytes: whole ones, halves, and anything at all; and the keys that a scanner types."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.keypad.protocol import (
    EV_KEY,
    EVENT,
    PRESSED,
    EventDecoder,
    InputEvent,
    bits_set,
    event_bytes,
)
from drivers.keypad.typed_text import PLAIN, SHIFTED, Typist, keys_for

EVENTS = st.builds(InputEvent, st.integers(0, 0x1F), st.integers(0, 0x2FF), st.integers(-(2**31), 2**31 - 1))
TYPEABLE = st.text(st.sampled_from(sorted({*PLAIN.values(), *SHIFTED.values()})), max_size=60)


def test_an_event_is_24_bytes_as_linux_writes_it_on_64_bits() -> None:
    golden = struct.pack("<qqHHi", 1_700_000_000, 250_000, 1, 28, 1)
    assert EVENT.size == len(golden) == 24
    assert list(EventDecoder().feed(golden)) == [InputEvent(EV_KEY, 28, PRESSED)]
    assert event_bytes(InputEvent(1, 28, 1), 1_700_000_000.25) == golden


def test_the_kernels_bit_maps_are_read_byte_by_byte() -> None:
    assert list(bits_set(b"\x04\x00\x81")) == [2, 16, 23]


def test_an_event_shows_no_code_of_a_key() -> None:
    assert repr(InputEvent(1, 28, 1)) == "InputEvent(kind 1)"


@given(st.lists(EVENTS, max_size=12), st.data())
def test_events_are_the_same_however_they_are_cut(events: list[InputEvent], data: st.DataObject) -> None:
    stream, decoder = b"".join(map(event_bytes, events)), EventDecoder()
    place, found = 0, list[InputEvent]()
    while place < len(stream):
        length = data.draw(st.integers(1, 60))
        found += decoder.feed(stream[place : place + length])
        place += length
    assert found == events
    assert decoder.skipped_bytes == 0


@given(st.lists(st.binary(max_size=200), max_size=8))
def test_any_bytes_are_survived_without_growth(chunks: list[bytes]) -> None:
    decoder, typist = EventDecoder(), Typist()
    for chunk in chunks:
        typed = typist.feed(decoder.feed(chunk))
        assert len(typed) <= len(chunk) + EVENT.size
        assert len(decoder._rest) < EVENT.size
    assert len(typist._down) <= sum(map(len, chunks))


@given(st.binary(min_size=1, max_size=23), st.integers(0, 2**30))
def test_after_a_piece_of_an_event_the_following_ones_are_found_again(piece: bytes, time_s: int) -> None:
    decoder = EventDecoder()
    event = InputEvent(EV_KEY, 103, PRESSED)
    stream = piece + b"".join(event_bytes(event, time_s + 0.5) for _ in range(4))
    assert list(decoder.feed(stream))[-2:] == [event, event]


@given(TYPEABLE)
def test_what_is_typed_is_what_the_scanner_read(text: str) -> None:
    events = keys_for(text)
    assert Typist().feed(events) == text.encode()


def test_a_key_without_a_character_spoils_what_is_typed_and_nothing_is_lost_silently() -> None:
    ctrl, letter, home = (InputEvent(EV_KEY, code, PRESSED) for code in (29, 30, 102))
    typist = Typist()
    assert typist.feed([ctrl, letter]) == b"\0"
    assert typist.feed([InputEvent(EV_KEY, 29, 0), letter, home]) == b"a\0"


def test_what_has_no_key_cannot_be_typed() -> None:
    with pytest.raises(ValueError, match="no key"):
        keys_for("店")
