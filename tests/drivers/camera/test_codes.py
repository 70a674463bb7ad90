"""Codes in pictures: their bytes as they are, whatever the picture is like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.camera.codes import CodeReader, SecondDecoder, is_usable, payload_text
from drivers.camera.pixels import Pixels
from drivers.camera.simulator_scenes import code_in_hall, empty_hall

CHINESE = "店小二 𠮷 亮码 42"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_arrives_as_it_is_in_the_code(encoding: str) -> None:
    payload = CHINESE.encode(encoding)
    assert CodeReader().read(code_in_hall(640, 480, payload)) == payload
    assert payload_text(payload) == CHINESE


def test_bytes_that_are_no_text_are_handed_on_and_are_not_usable() -> None:
    payload = b"\x00\xff\xfe\x81"
    assert CodeReader().read(code_in_hall(640, 480, payload)) == payload
    assert payload_text(payload) is None
    assert not is_usable(payload)


@pytest.mark.parametrize(
    ("payload", "usable"),
    [
        (b"", False),
        (b"a", True),
        (b"a" * 1024, True),
        (b"a" * 1025, False),
        (b"line\nline", False),
        ("亮码".encode(), True),
    ],
)
def test_what_can_be_one_of_our_codes(payload: bytes, usable: bool) -> None:
    assert is_usable(payload) is usable


def test_the_largest_code_counts_when_there_are_several() -> None:
    picture = empty_hall(1280, 720)
    for payload, scale, left in ((b"poster", 1, 60), (b"telephone", 2, 500)):
        part = code_in_hall(320 * scale, 240 * scale, payload)
        picture[40 : 40 + part.shape[0], left : left + part.shape[1]] = part
    assert CodeReader().read(picture) == b"telephone"


def test_after_a_miss_it_is_looked_at_smoother_and_larger_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes: list[tuple[int, ...]] = []

    def blind(picture: Pixels) -> None:
        shapes.append(picture.shape)

    monkeypatch.setattr("drivers.camera.codes._largest", blind)
    reader = CodeReader()
    for _ in range(3):
        assert reader.read(empty_hall(64, 48)) is None
    assert shapes == [(48, 64), (48, 64), (48, 64), (96, 128), (48, 64), (48, 64)]


def test_pyzbar_is_believed_only_what_it_cannot_have_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.camera.codes._largest", lambda _: None)  # zxing-cpp finds nothing
    second = CodeReader(SecondDecoder.PYZBAR)
    assert second.read(code_in_hall(640, 480, b"TOKEN-42")) == b"TOKEN-42"
    assert second.read(code_in_hall(640, 480, CHINESE.encode())) is None
    assert CodeReader().read(code_in_hall(640, 480, b"TOKEN-42")) is None


@given(st.binary(max_size=1100))
def test_any_payload_is_usable_or_not_and_raises_nothing(payload: bytes) -> None:
    assert is_usable(payload) in (True, False)


@settings(max_examples=20)
@given(st.binary(min_size=48 * 36, max_size=48 * 36))
def test_any_picture_is_survived(content: bytes) -> None:
    CodeReader().read(np.frombuffer(content, np.uint8).reshape(36, 48))
