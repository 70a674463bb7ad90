"""Sentences of NMEA 0183: the published ones are read exactly, and nothing else is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.gnss.protocol import Framer, Heard, checksum, read_line, sentence

# The examples that stand in most makers' manuals (the first in NMEA 0183's own).
GGA = b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47"
RMC = b"$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A"


def test_the_published_sentences_are_read() -> None:
    gga, rmc = read_line(GGA), read_line(RMC)
    assert gga == Heard(has_fix=True, position=(11.516666667, 48.1173, 0.9))
    assert rmc == Heard(has_fix=True, position=(11.516666667, 48.1173, None))


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        (
            "GNGGA,021007.00,3036.06338,N,11416.24357,E,1,12,0.80,23.1,M,-13.2,M,,",
            (114.270726167, 30.601056333, 0.8),
        ),
        ("GPGGA,1,3036.0,S,11416.0,W,2,12,,23.1,M,-13.2,M,,", (-114.266666667, -30.6, None)),
        ("BDRMC,021007.00,A,3036.0,N,11416.0,E,0.01,,211126,,,D", (114.266666667, 30.6, None)),
    ],
)
def test_a_fix_of_any_talker_is_read(content: str, heard: tuple[float, float, float | None]) -> None:
    assert read_line(sentence(content).strip()) == Heard(has_fix=True, position=heard)


@pytest.mark.parametrize(
    "content",
    [
        "GNGGA,021007.00,,,,,0,00,99.99,,,,,,",
        "GNGGA,021007.00,3036.0,N,11416.0,E,6,12,0.8,,,,,,",
        "GNGGA,021007.00,3036.0,N,11416.0,E,8,12,0.8,,,,,,",
        "GNGGA,021007.00,3060.0,N,11416.0,E,1,12,0.8,,,,,,",
        "GNGGA,021007.00,9001.0,N,11416.0,E,1,12,0.8,,,,,,",
        "GNGGA,021007.00,3036.0,E,11416.0,N,1,12,0.8,,,,,,",
        "GNGGA,021007.00,nan,N,11416.0,E,1,12,0.8,,,,,,",
        "GNRMC,021007.00,V,3036.0,N,11416.0,E,0.01,,211126,,,A",
        "GNRMC,021007.00,A,3036.0,N,11416.0,E,0.01,,211126,,,E",
        "GNRMC,021007.00,A,3036.0,N,11416.0,E,0.01,,211126,,,S",
    ],
    ids=lambda content: str(content)[:44],
)
def test_what_is_estimated_simulated_or_impossible_is_no_fix(content: str) -> None:
    assert read_line(sentence(content).strip()) == Heard(has_fix=False)


def test_other_sentences_prove_a_receiver_and_say_nothing_of_a_fix() -> None:
    assert read_line(sentence("GNGSV,1,1,00").strip()) == Heard()
    assert read_line(sentence("GPGGA,1").strip()) == Heard()


@pytest.mark.parametrize(
    "line", [GGA[:-1] + b"8", GGA[:-3], GGA[:40], b"", b"$", b"AT+GPS", GGA.replace(b"4807", b"4808")]
)
def test_a_wrong_checksum_or_none_is_no_sentence(line: bytes) -> None:
    assert read_line(line) is None


def test_a_sentence_behind_half_of_another_is_read() -> None:
    assert read_line(b"$GPGGA,1235" + GGA) == read_line(GGA)


@given(st.lists(st.binary(max_size=300), max_size=30))
def test_any_bytes_are_survived_without_growth_and_the_next_sentence_is_read(pieces: list[bytes]) -> None:
    framer = Framer()
    for piece in pieces:
        for line in framer.feed(piece):
            read_line(line)
    assert len(framer._buffer) <= 4096
    assert GGA in framer.feed(b"\n" + GGA + b"\r\n")


@given(st.binary(max_size=80))
def test_the_checksum_of_a_sentence_with_its_checksum_is_nothing(content: bytes) -> None:
    assert checksum(content + bytes([checksum(content)])) == 0
