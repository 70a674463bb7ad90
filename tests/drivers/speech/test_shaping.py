"""The same sound, softer, faster or slower."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.speech.device import FASTEST_PERCENT, SLOWEST_PERCENT
from drivers.speech.protocol import Wave
from drivers.speech.shaping import at_speed, at_volume
from tests.drivers.speech.booth import tone


def pitch_hertz(wave: Wave) -> float:
    samples = np.frombuffer(wave.samples, "<i2").astype(float)[2000:-2000]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * wave.rate_hz / len(samples))


def loudness(wave: Wave) -> float:
    return float(np.sqrt((np.frombuffer(wave.samples, "<i2").astype(float)[2000:-2000] ** 2).mean()))


def test_half_the_volume_is_a_quarter_of_the_samples_and_none_is_silence() -> None:
    loud = Wave(struct.pack("<4h", 32_767, -32_768, 400, -400), 16_000)
    assert struct.unpack("<4h", at_volume(loud, 50).samples) == (8191, -8192, 100, -100)
    assert at_volume(loud, 0).samples == bytes(8)
    assert at_volume(loud, 100) == loud
    assert at_volume(loud, 250) == loud
    assert at_volume(loud, -5).samples == bytes(8)


@pytest.mark.parametrize("percent", [SLOWEST_PERCENT, 80, 150, 200, FASTEST_PERCENT])
def test_a_recording_lasts_shorter_or_longer_with_its_own_pitch_and_loudness(percent: int) -> None:
    usual = tone(2.0)
    changed = at_speed(usual, percent)
    assert changed.duration_s == pytest.approx(2.0 * 100 / percent, abs=0.05)
    assert pitch_hertz(changed) == pytest.approx(440, abs=3)
    assert loudness(changed) == pytest.approx(loudness(usual), rel=0.05)


def test_at_the_usual_speed_not_a_sample_is_changed() -> None:
    assert at_speed(tone(), 100) == tone()


@given(
    st.binary(max_size=4000).map(lambda data: data[: len(data) // 4 * 4]),
    st.sampled_from([1, 2]),
    st.sampled_from([8_000, 22_050, 48_000]),
    st.integers(SLOWEST_PERCENT, FASTEST_PERCENT),
    st.integers(0, 100),
)
def test_any_samples_are_survived_and_never_become_more_than_twice_as_many(
    samples: bytes, channels: int, rate_hz: int, speed: int, volume: int
) -> None:
    made = at_volume(at_speed(Wave(samples, rate_hz, channels), speed), volume)
    assert len(made.samples) <= 2 * len(samples) + 0.06 * rate_hz * 2 * channels
    assert len(made.samples) % (2 * channels) == 0
