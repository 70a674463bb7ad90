from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.id_card_reader.protocol import (
    LARGEST_BODY_BYTES,
    PREAMBLE,
    Body,
    Command,
    FrameDecoder,
    Reply,
    Status,
    checksum,
    command_from,
    encode_command,
    encode_frame,
    encode_reply,
    join_base_data,
    module_number_bytes,
    module_number_text,
    reply_from,
    split_base_data,
)

contents = st.binary(min_size=2, max_size=200)


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (Command.RESET, "AAAAAA9669000310FFEC"),
        (Command.MODULE_STATUS, "AAAAAA9669000311FFED"),
        (Command.MODULE_NUMBER, "AAAAAA9669000312FFEE"),
        (Command.FIND, "AAAAAA96690003200122"),
        (Command.SELECT, "AAAAAA96690003200221"),
        (Command.READ_BASE, "AAAAAA96690003300132"),
        (Command.READ_NEW_ADDRESS, "AAAAAA96690003300330"),
    ],
)
def test_every_command_is_the_frame_that_makers_publish(command: Command, frame: str) -> None:
    assert encode_command(command).hex().upper() == frame
    (body,) = FrameDecoder().feed(bytes.fromhex(frame))
    assert command_from(body) is command


@pytest.mark.parametrize(
    ("frame", "reply", "status"),
    [
        ("AAAAAA9669000800009F0000000097", Reply(0x9F, bytes(4)), Status.SUCCESS),
        ("AAAAAA9669000400008084", Reply(0x80), Status.NO_CARD),
        ("AAAAAA9669000C00009000000000000000009C", Reply(0x90, bytes(8)), Status.SUCCESS),
        ("AAAAAA9669000400008185", Reply(0x81), Status.NO_CARD),
        ("AAAAAA9669000400004145", Reply(0x41), Status.HOLD_STILL),
    ],
)
def test_every_reply_is_understood_as_makers_publish_it(frame: str, reply: Reply, status: Status) -> None:
    (body,) = FrameDecoder().feed(bytes.fromhex(frame))
    assert reply_from(body) == reply
    assert reply.status is status
    assert encode_reply(reply).hex().upper() == frame


@pytest.mark.parametrize(
    ("status_byte", "status"),
    [
        (0x91, Status.NO_SUCH_ITEM),
        (0x10, Status.LINK_ERROR),
        (0x24, Status.LINK_ERROR),
        (0x31, Status.NOT_RECOGNISED),
        (0x33, Status.NOT_RECOGNISED),
        (0x40, Status.HOLD_STILL),
        (0x47, Status.HOLD_STILL),
        (0x60, Status.MODULE_BROKEN),
        (0x66, Status.MODULE_BROKEN),
        (0x05, Status.UNKNOWN),
    ],
)
def test_a_status_byte_is_named_by_what_to_do(status_byte: int, status: Status) -> None:
    assert Reply(status_byte).status is status


def test_a_card_of_1295_bytes_on_the_wire_comes_apart_again() -> None:
    text, photo = bytes(range(256)), bytes(1024)
    frame = encode_reply(Reply(0x90, join_base_data(text, photo)))
    assert len(frame) == 1295
    assert frame.startswith(bytes.fromhex("AAAAAA96690508000090"))
    (body,) = FrameDecoder().feed(frame)
    reply = reply_from(body)
    assert reply is not None
    assert split_base_data(reply.data) == (text, photo)


@given(st.binary(max_size=1400))
def test_data_of_another_shape_is_no_card(data: bytes) -> None:
    parts = split_base_data(data)
    assert parts is None or join_base_data(*parts) == data


def test_the_module_number_reads_as_makers_print_it() -> None:
    number = module_number_bytes(5, 1, 20190101, 1, 2)
    assert module_number_text(number) == "05.01-20190101-0000000001-0000000002"
    assert module_number_text(number[:-1]) is None


@given(st.lists(contents, max_size=5), st.integers(min_value=1, max_value=50))
def test_frames_are_found_however_the_stream_is_cut(bodies: list[bytes], step: int) -> None:
    stream = b"".join(map(encode_frame, bodies))
    decoder = FrameDecoder()
    found: list[Body] = []
    for begin in range(0, len(stream), step):
        found += decoder.feed(stream[begin : begin + step])
    assert [body.content for body in found] == bodies
    assert (decoder.noise_bytes, decoder.bad_checksums, decoder.forget()) == (0, 0, 0)


@given(st.lists(st.binary(max_size=300) | st.just(PREAMBLE) | contents.map(encode_frame), max_size=30))
def test_any_bytes_are_survived_without_growth(pieces: list[bytes]) -> None:
    decoder = FrameDecoder()
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._buffer) < len(PREAMBLE) + 2 + LARGEST_BODY_BYTES


@given(st.binary(max_size=600), contents)
def test_noise_never_hides_the_frame_after_it_for_long(noise: bytes, content: bytes) -> None:
    decoder = FrameDecoder()
    frame = encode_frame(content)
    decoder.feed(noise)
    found: list[Body] = []
    for _ in range(LARGEST_BODY_BYTES // len(frame) + 2):  # a false length may swallow some frames, not more
        found += decoder.feed(frame)
    assert Body(content) in found


@given(contents, st.data())
def test_a_frame_with_one_wrong_byte_is_never_believed(content: bytes, data: st.DataObject) -> None:
    frame = bytearray(encode_frame(content))
    place = data.draw(st.integers(min_value=len(PREAMBLE) + 2, max_value=len(frame) - 1))
    frame[place] ^= data.draw(st.integers(min_value=1, max_value=255))
    decoder = FrameDecoder()
    assert Body(content) not in decoder.feed(bytes(frame))
    assert decoder.bad_checksums == 1


def test_the_frame_inside_a_false_frame_is_found() -> None:
    inner = encode_reply(Reply(0x80))
    false = PREAMBLE + (len(inner) + 3).to_bytes(2, "big") + b"\x01\x02" + inner + b"\x00"
    assert checksum(false[len(PREAMBLE) :]) != 0
    decoder = FrameDecoder()
    assert [reply_from(body) for body in decoder.feed(false)] == [Reply(0x80)]


def test_what_is_forgotten_is_overwritten_and_counted() -> None:
    decoder = FrameDecoder()
    decoder.feed(b"noise" + encode_frame(bytes(500))[:300])
    buffer = decoder._buffer
    assert decoder.forget() == 300
    assert decoder.noise_bytes == 5
    assert buffer == b""


def test_bodies_and_replies_show_nothing_of_what_they_carry() -> None:
    secret = "张丽华".encode("utf-16-le")
    shown = repr(Reply(0x90, secret)) + repr(Body(secret))
    assert repr(secret) not in shown
    assert shown == "Reply(status_byte=144)Body()"


@given(st.binary(max_size=2))
def test_a_body_too_short_for_a_reply_is_none(content: bytes) -> None:
    assert reply_from(Body(content)) is None
    assert command_from(Body(content)) is None or len(content) == 2
