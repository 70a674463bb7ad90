from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cabinet.device import AmbientLight, Door, Light, Position, Power, Presence, Tamper, all_lights
from drivers.cabinet.protocol import (
    LARGEST_FRAME_BYTES,
    Frame,
    FrameDecoder,
    Identity,
    Kind,
    State,
    crc16,
    decode_identity,
    decode_light,
    decode_outcome,
    decode_state,
    encode,
    encode_identity,
    encode_light,
    encode_state,
)

ALONE = State(
    boots=7,
    door=Door.CLOSED,
    tamper=Tamper.OFF,
    presence=Presence.NOT_PRESENT,
    ambient_light=AmbientLight.MEDIUM,
    power=Power.MAINS,
    minutes_left=None,
    lights=all_lights(Light.OFF),
)
frames = st.builds(Frame, st.integers(0, 255), st.integers(0, 255), st.binary(max_size=48))
states = st.builds(
    State,
    boots=st.integers(0, 0xFFFF),
    door=st.sampled_from([d for d in Door if d is not Door.UNKNOWN]),
    tamper=st.sampled_from([t for t in Tamper if t is not Tamper.UNKNOWN]),
    presence=st.sampled_from([p for p in Presence if p is not Presence.UNKNOWN]),
    ambient_light=st.sampled_from([a for a in AmbientLight if a is not AmbientLight.UNKNOWN]),
    power=st.sampled_from([p for p in Power if p is not Power.UNKNOWN]),
    minutes_left=st.none() | st.integers(0, 254),
    lights=st.fixed_dictionaries(
        dict.fromkeys(Position, st.sampled_from([light for light in Light if light is not Light.UNKNOWN]))
    ),
)


def test_the_check_is_that_of_the_catalogue_of_crcs() -> None:
    assert crc16(b"123456789") == 0x29B1


def test_the_examples_of_the_document_are_what_goes_over_the_line(repository: Path) -> None:
    document = (repository / "docs" / "cabinet-protocol.md").read_text(encoding="utf-8")
    examples = dict(re.findall(r"^\| (\w+) \| `((?:[0-9A-F]{2} ?)+)` \|", document, flags=re.MULTILINE))
    night = State(
        boots=7,
        door=Door.OPEN,
        tamper=Tamper.OFF,
        presence=Presence.PRESENT,
        ambient_light=AmbientLight.DARK,
        power=Power.BATTERY,
        minutes_left=None,
        lights=all_lights(Light.OFF) | {Position.CARD_READER: Light.SLOW_FLASH},  # type: ignore[operator]
    )
    written = {
        "HELLO": Frame(Kind.HELLO, 1),
        "IDENTITY": Frame(Kind.IDENTITY, 1, encode_identity(Identity(0x0103, 3.0, "SIM-CABINET-1"))),
        "ASK_STATE": Frame(Kind.ASK_STATE, 2),
        "STATE": Frame(Kind.STATE, 2, encode_state(ALONE)),
        "SET_LIGHT": Frame(Kind.SET_LIGHT, 3, encode_light(Position.CARD_READER, Light.SLOW_FLASH)),
        "LIGHT_SET": Frame(Kind.LIGHT_SET, 3, bytes([0, 3, 0])),
        "CLEAR_TAMPER": Frame(Kind.CLEAR_TAMPER, 4),
        "TAMPER_CLEARED": Frame(Kind.TAMPER_CLEARED, 4, bytes([3])),
        "CHANGED": Frame(Kind.CHANGED, 0, encode_state(night)),
        "REFUSED": Frame(Kind.REFUSED, 5, bytes([0x55, 4])),
    }
    assert examples == {name: encode(frame).hex(" ").upper() for name, frame in written.items()}


@given(st.lists(frames, max_size=8), st.integers(1, 20))
def test_frames_are_found_however_the_stream_is_cut(sent: list[Frame], step: int) -> None:
    stream = b"".join(map(encode, sent))
    decoder = FrameDecoder()
    found = [frame for at in range(0, len(stream), step) for frame in decoder.feed(stream[at : at + step])]
    assert found == sent
    assert decoder.bad_frames == decoder.noise_bytes == 0


@given(frames, frames, st.data())
def test_a_frame_with_one_wrong_byte_is_no_frame_and_the_next_one_is_found(
    first: Frame, second: Frame, data: st.DataObject
) -> None:
    broken = bytearray(encode(first))
    at = data.draw(st.integers(0, len(broken) - 1))
    broken[at] ^= data.draw(st.integers(1, 255))
    decoder = FrameDecoder()
    found = decoder.feed(bytes(broken) + encode(second) + bytes(LARGEST_FRAME_BYTES))
    assert first not in found or first == second
    assert second in found


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_any_bytes_are_survived_without_growth_and_the_next_frame_is_found(pieces: list[bytes]) -> None:
    decoder = FrameDecoder()
    for data in pieces:
        for frame in decoder.feed(data):
            assert len(frame.payload) <= 48
        assert len(decoder._buffer) < LARGEST_FRAME_BYTES
    good = Frame(Kind.ASK_STATE, 9)
    assert good in decoder.feed(encode(good) + bytes(LARGEST_FRAME_BYTES))


@given(st.binary(max_size=60))
def test_any_payload_is_something_or_nothing(payload: bytes) -> None:
    state = decode_state(payload)
    assert (state is None) == (len(payload) < 16)
    decode_identity(payload)
    decode_light(payload)
    decode_outcome(payload)


@given(states)
def test_a_state_comes_back_as_it_was(state: State) -> None:
    assert decode_state(encode_state(state)) == state
    assert decode_state(encode_state(state) + b"more of a newer board") == state


def test_what_a_newer_board_says_beyond_our_words_is_unknown() -> None:
    state = decode_state(bytes.fromhex("0001 0909090909 05 09 FF 000102030405"))
    assert state is not None
    assert (state.door, state.tamper, state.presence) == (Door.UNKNOWN, Tamper.UNKNOWN, Presence.UNKNOWN)
    assert (state.ambient_light, state.power) == (AmbientLight.UNKNOWN, Power.UNKNOWN)
    assert state.minutes_left == 5
    assert list(state.lights.values()) == [
        Light.UNKNOWN, Light.INOPERABLE, Light.NOT_SUPPORTED, Light.OFF, Light.STEADY, Light.SLOW_FLASH,
        Light.UNKNOWN, Light.UNKNOWN,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "payload",
    ["", "01010103", "0202010364", "0000010364", "01010103640A", "0101010364" + "41" * 33, "010101036480"],
)
def test_what_is_no_identity_is_none(payload: str) -> None:
    assert decode_identity(bytes.fromhex(payload)) is None


def test_a_board_that_speaks_our_version_too_is_understood() -> None:
    assert decode_identity(bytes.fromhex("0103 0200 1E") + b"A-1") == Identity(0x0200, 3.0, "A-1")


def test_a_payload_has_its_limit() -> None:
    with pytest.raises(ValueError, match="at most 48 bytes, not 49"):
        encode(Frame(1, 1, bytes(49)))
