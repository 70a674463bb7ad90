"""Sound as bytes: RIFF WAVE with 16-bit PCM, the one format that every part of the chain understands.

Source: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0 (1991), "Waveform
Audio File Format". Chunks are little-endian and padded to an even length. Pure functions; nothing here reads
a file or plays.
"""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass
from enum import Enum

LONGEST_S = 60.0
RATES_HZ = range(8_000, 48_001)
_PCM = 1
_EXTENSIBLE = 0xFFFE
_FORMAT = struct.Struct("<HHIIHH")
_CHUNK = struct.Struct("<4sI")
_SILENT_BELOW = 64  # of 32,767: dither and a badly grounded microphone stay below, no word does


class NotAWave(Enum):
    """Why bytes are no sound that can be used."""

    NOT_RIFF = "not_riff"
    NO_FORMAT = "no_format"
    NOT_16_BIT_PCM = "not_16_bit_pcm"
    ODD_RATE = "odd_rate"
    TOO_MANY_CHANNELS = "too_many_channels"
    CUT_SHORT = "cut_short"
    TOO_LONG = "too_long"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, repr=False)
class Wave:
    """Sound: 16-bit little-endian samples, 1 or 2 channels interleaved. What was said may be private."""

    samples: bytes
    rate_hz: int
    channels: int = 1

    @property
    def duration_s(self) -> float:
        return len(self.samples) / (2 * self.channels * self.rate_hz)

    def __repr__(self) -> str:
        return f"Wave({self.duration_s:.2f} s, {self.rate_hz} Hz)"


def parse_wave(data: bytes, *, streamed: bool = False) -> Wave | NotAWave:
    """Reads a WAVE file: up to 60 s, 8 to 48 kHz, one or two channels, and not silent; or says why not.

    ``streamed`` allows a length that goes beyond the end: a program that writes into a pipe does not know it.
    """
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return NotAWave.NOT_RIFF
    form: tuple[int, int] | None = None
    place = 12
    while place + _CHUNK.size <= len(data):
        name, length = _CHUNK.unpack_from(data, place)
        body = data[place + _CHUNK.size : place + _CHUNK.size + length]
        if name == b"fmt ":
            found = _format(body)
            if isinstance(found, NotAWave):
                return found
            form = found
        elif name == b"data":
            if form is None:
                return NotAWave.NO_FORMAT
            if len(body) < length and not streamed:
                return NotAWave.CUT_SHORT
            return _sound(body, *form)
        place += _CHUNK.size + length + length % 2
    return NotAWave.CUT_SHORT


def wave_file(wave: Wave) -> bytes:
    """The inverse of :func:`parse_wave`."""
    frame_bytes = 2 * wave.channels
    head = _FORMAT.pack(_PCM, wave.channels, wave.rate_hz, wave.rate_hz * frame_bytes, frame_bytes, 16)
    chunks = _CHUNK.pack(b"fmt ", len(head)) + head + _CHUNK.pack(b"data", len(wave.samples)) + wave.samples
    return _CHUNK.pack(b"RIFF", 4 + len(chunks)) + b"WAVE" + chunks


def silence(duration_s: float, rate_hz: int = 22_050) -> Wave:
    """No sound for so long, to try an output with."""
    return Wave(bytes(2 * round(duration_s * rate_hz)), rate_hz)


def _format(body: bytes) -> tuple[int, int] | NotAWave:
    if len(body) < _FORMAT.size:
        return NotAWave.NO_FORMAT
    kind, channels, rate_hz, _, _, bits = _FORMAT.unpack_from(body)
    if kind == _EXTENSIBLE and len(body) >= 26:  # the true kind is the head of the sub-format's GUID
        kind = int.from_bytes(body[24:26], "little")
    if kind != _PCM or bits != 16:
        return NotAWave.NOT_16_BIT_PCM
    if rate_hz not in RATES_HZ:
        return NotAWave.ODD_RATE
    if channels not in (1, 2):
        return NotAWave.TOO_MANY_CHANNELS
    return rate_hz, channels


def _sound(body: bytes, rate_hz: int, channels: int) -> Wave | NotAWave:
    wave = Wave(body[: len(body) - len(body) % (2 * channels)], rate_hz, channels)
    if wave.duration_s > LONGEST_S:
        return NotAWave.TOO_LONG
    samples = array("h", wave.samples)
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples or -_SILENT_BELOW < min(samples) <= max(samples) < _SILENT_BELOW:
        return NotAWave.SILENT
    return wave
