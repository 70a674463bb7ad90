"""Sound as bytes: what is read, what is refused and why, and that any bytes are survived."""

from __future__ import annotations

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.speech.protocol import LONGEST_S, NotAWave, Wave, parse_wave, silence, wave_file
from tests.drivers.speech.booth import tone

GOOD = wave_file(tone())


def written_by_pythons_own(rate_hz: int = 22_050, channels: int = 1, sample_bytes: int = 2) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((channels, sample_bytes, rate_hz, 0, "NONE", ""))
        writer.writeframes(b"\x34\x12" * 1000)
    return file.getvalue()


def test_what_another_program_wrote_is_read_and_what_is_written_here_another_reads() -> None:
    read = parse_wave(written_by_pythons_own())
    assert isinstance(read, Wave)
    assert (read.rate_hz, read.channels, len(read.samples)) == (22_050, 1, 2000)
    with wave.open(io.BytesIO(GOOD)) as reader:
        assert (reader.getframerate(), reader.getnchannels(), reader.getsampwidth()) == (16_000, 1, 2)
        assert reader.readframes(100_000) == tone().samples


def test_other_chunks_are_passed_over_and_odd_ones_are_padded() -> None:
    notes = b"LIST\x03\0\0\0abc\0"
    assert parse_wave(GOOD[:12] + notes + GOOD[12:]) == parse_wave(GOOD)


def test_the_extensible_form_of_many_recorders_is_read() -> None:
    guid = bytes.fromhex("0100000000001000800000aa00389b71")
    form = struct.pack("<HHIIHHHHI", 0xFFFE, 1, 16_000, 32_000, 2, 16, 22, 16, 4) + guid
    data = b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<I", len(form)) + form + GOOD[36:]
    assert parse_wave(data) == tone()


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", NotAWave.NOT_RIFF),
        (b"ID3\x04 this is an mp3", NotAWave.NOT_RIFF),
        (b"RIFF\x10\0\0\0WAVEdata\x04\0\0\0\1\2\3\4", NotAWave.NO_FORMAT),
        (GOOD[:16] + b"\x02\0\0\0\1\0" + GOOD[36:], NotAWave.NO_FORMAT),
        (GOOD[:20] + struct.pack("<H", 85) + GOOD[22:], NotAWave.NOT_16_BIT_PCM),
        (written_by_pythons_own(sample_bytes=1), NotAWave.NOT_16_BIT_PCM),
        (written_by_pythons_own(rate_hz=96_000), NotAWave.ODD_RATE),
        (written_by_pythons_own(channels=4), NotAWave.TOO_MANY_CHANNELS),
        (GOOD[: len(GOOD) // 2], NotAWave.CUT_SHORT),
        (GOOD[:40], NotAWave.CUT_SHORT),
        (wave_file(silence(0.5)), NotAWave.SILENT),
        (wave_file(Wave(b"", 16_000)), NotAWave.SILENT),
        (wave_file(tone(LONGEST_S + 1, rate_hz=8000)), NotAWave.TOO_LONG),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(data: bytes, wrong: NotAWave) -> None:
    assert parse_wave(data) is wrong


def test_only_a_stream_may_promise_more_than_comes() -> None:
    endless = GOOD[:40] + b"\0\xf0\xff\x7f" + GOOD[44:]
    assert parse_wave(endless) is NotAWave.CUT_SHORT
    assert parse_wave(endless, streamed=True) == tone()


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_a_sound_or_a_reason(data: bytes, streamed: bool) -> None:
    parsed = parse_wave(data, streamed=streamed)
    assert isinstance(parsed, NotAWave) or len(parsed.samples) <= len(data)


@given(st.binary(max_size=60), st.integers(0, len(GOOD)), st.booleans())
def test_a_good_file_with_anything_in_its_middle_is_survived(data: bytes, place: int, streamed: bool) -> None:
    parsed = parse_wave(GOOD[:place] + data + GOOD[place + len(data) :], streamed=streamed)
    assert isinstance(parsed, NotAWave) or parsed.duration_s <= LONGEST_S


@given(st.binary(max_size=200).map(lambda data: data[: len(data) // 4 * 4]), st.sampled_from([1, 2]))
def test_what_is_written_is_read_again(samples: bytes, channels: int) -> None:
    original = Wave(samples, 44_100, channels)
    assert parse_wave(wave_file(original)) in (original, NotAWave.SILENT)
    assert repr(original) == f"Wave({original.duration_s:.2f} s, 44100 Hz)"
