"""A simulated sound card, as a player program: what it plays it writes into a folder, in the time it lasts.

``simulated_card.py FOLDER FILE`` plays a WAVE file into ``FOLDER/0001.wav``, ``0002.wav``, …, 20 ms at a time
and never faster than it would be heard, so that a file holds exactly what was audible when the program was
ended. A file ``FOLDER/fault`` names what is wrong: ``dies`` (half-way), ``hangs`` (half-way), ``refuses`` (at
the beginning), ``swallows`` (takes all at once). Without the folder there is no sound card. Standard library
only: it is run by its path.
"""

from __future__ import annotations

import sys
import threading
import time
import wave
from pathlib import Path

_BLOCK_S = 0.02
_PROBE_S = 0.06  # shorter is no phrase, but somebody who tries whether the card is there


def main(folder: Path, sound: Path) -> int:
    """Plays one file; the exit code is 0 when all of it was played."""
    if not folder.is_dir():
        return 1
    fault = folder / "fault"
    trouble = fault.read_text(encoding="ascii").strip() if fault.exists() else ""
    if trouble == "refuses":
        return 1
    with wave.open(str(sound), "rb") as source:
        frames = source.getnframes()
        if frames <= _PROBE_S * source.getframerate():
            _wait(frames / source.getframerate())
            return 0
        with wave.open(str(_next_name(folder)), "wb") as heard:
            heard.setparams(source.getparams())
            return _play(source, heard, trouble)


def _play(source: wave.Wave_read, heard: wave.Wave_write, trouble: str) -> int:
    rate_hz, frames = source.getframerate(), source.getnframes()
    block = round(rate_hz * _BLOCK_S)
    began_s = time.monotonic()
    for done in range(0, frames, block):
        heard.writeframes(source.readframes(block))
        if trouble in ("dies", "hangs") and done >= frames // 2:
            if trouble == "dies":
                return 1
            threading.Event().wait()
        if trouble != "swallows":
            _wait(began_s + min(done + block, frames) / rate_hz - time.monotonic())
    return 0


def _next_name(folder: Path) -> Path:
    return folder / f"{len(list(folder.glob('*.wav'))) + 1:04}.wav"


def _wait(seconds: float) -> None:
    threading.Event().wait(max(0.0, seconds))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
