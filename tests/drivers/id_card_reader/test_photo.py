"""A decoder of photos that an operator has fitted: a program that may do anything at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from drivers.id_card_reader.photo import BMP_BYTES, DecodedPhoto, PhotoDecoder, PhotoUnavailable
from foundation.clock import SystemClock
from tests.drivers.hand_clock import HandClock

WLT = bytes(range(256)) * 4
DECODER = """
import struct, sys
given = sys.stdin.buffer.read()
assert len(given) == 1024
head = b"BM" + struct.pack("<IHHI", 38862, 0, 0, 54)
head += struct.pack("<IiiHHIIiiII", 40, 102, 126, 1, 24, 0, 0, 0, 0, 0, 0)
sys.stdout.buffer.write(head + given[:1] * (38862 - 54))
"""


def decoder(folder: Path, program: str, deadline_s: float = 10.0) -> PhotoDecoder:
    file = folder / "decoder.py"
    file.write_text(program)
    return PhotoDecoder([sys.executable, "-I", "-S", str(file)], SystemClock(), deadline_s)


def test_none_is_fitted_by_default_and_nothing_is_asked() -> None:
    none = PhotoDecoder([], SystemClock())
    assert not none.fitted
    assert none.decode(WLT) is PhotoUnavailable.NOT_FITTED


def test_a_decoder_gets_the_bytes_of_the_card_and_gives_the_picture(tmp_path: Path) -> None:
    photo = decoder(tmp_path, DECODER).decode(WLT)
    assert isinstance(photo, DecodedPhoto)
    assert len(photo.bmp) == BMP_BYTES
    assert repr(photo) == "DecodedPhoto()"


def test_a_card_without_a_photo_starts_no_decoder(tmp_path: Path) -> None:
    assert decoder(tmp_path, "").decode(b"") is PhotoUnavailable.NOT_ON_CARD


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(1)",
        "import os; os.abort()",
        "print('hello')",
        "import sys; sys.stdout.buffer.write(bytes(38862))",
        DECODER.replace("102, 126", "126, 102"),
        DECODER.replace("38862 - 54", "38862 - 55"),
        DECODER.replace("38862 - 54", "99999999"),
    ],
)
def test_a_decoder_that_fails_or_answers_something_else_gives_no_picture(
    tmp_path: Path, program: str
) -> None:
    assert decoder(tmp_path, program).decode(WLT) is PhotoUnavailable.FAILED


def test_a_decoder_that_hangs_is_killed_at_its_deadline(tmp_path: Path) -> None:
    hanging = decoder(tmp_path, "import signal\nwhile True: signal.pause()", deadline_s=0.2)
    assert hanging.decode(WLT) is PhotoUnavailable.TIMED_OUT


def test_a_decoder_that_is_not_there_fails_and_is_left_alone_for_a_while() -> None:
    clock = HandClock()
    missing = PhotoDecoder(["/nowhere/wlt"], clock)
    outcomes = [missing.decode(WLT) for _ in range(4)]
    assert outcomes == [PhotoUnavailable.FAILED] * 3 + [PhotoUnavailable.DEGRADED]
    clock.now_s += 301.0
    assert missing.decode(WLT) is PhotoUnavailable.FAILED
