"""The same sound, softer, faster or slower. Pure functions on samples.

NumPy is loaded with the first sound that is changed: most terminals speak as they are, or not at all.
"""

from __future__ import annotations

from drivers.speech.protocol import Wave

_WINDOW_S = 0.030
_REACH_S = 0.008


def at_volume(wave: Wave, percent: int) -> Wave:
    """The same sound, softer: 100 is as it is, 0 is silence; in between as an ear hears it (squared)."""
    if percent >= 100:
        return wave
    import numpy as np  # noqa: PLC0415  # see the module

    gain = (max(0, percent) / 100) ** 2
    samples = (np.frombuffer(wave.samples, "<i2") * gain).astype("<i2").tobytes()
    return Wave(samples, wave.rate_hz, wave.channels)


def at_speed(wave: Wave, percent: int) -> Wave:
    """The same voice, faster (over 100) or slower, at its own pitch; takes a few milliseconds for a second.

    Source: Verhelst and Roelands, "An overlap-add technique based on waveform similarity (WSOLA)", ICASSP
    1993: windows of 30 ms overlap by half, each taken where it continues the one before best, within 8 ms.
    """
    if percent == 100:
        return wave
    import numpy as np  # noqa: PLC0415  # see the module

    window = round(_WINDOW_S * wave.rate_hz)
    hop, reach = window // 2, round(_REACH_S * wave.rate_hz)
    given = np.frombuffer(wave.samples, "<i2").reshape(-1, wave.channels).astype(np.float32)
    steps = len(given) * 100 // percent // hop
    if steps == 0:
        return wave
    given = np.pad(given, ((reach, 2 * window + reach), (0, 0)))
    heard = given.mean(axis=1)
    shape = np.hanning(window + 1)[:-1].astype(np.float32)[:, None]
    made = np.zeros((steps * hop + window, wave.channels), np.float32)
    place = reach
    for step in range(steps):
        if step:
            wanted = step * hop * percent // 100  # the padding in front is the reach
            around = heard[wanted : wanted + 2 * reach + window]
            continuing = heard[place + hop : place + hop + window]
            place = wanted + int(np.argmax(np.correlate(around, continuing, "valid")))
        made[step * hop : step * hop + window] += given[place : place + window] * shape
    samples = np.clip(made, -32_768, 32_767).astype("<i2").tobytes()
    return Wave(samples, wave.rate_hz, wave.channels)
