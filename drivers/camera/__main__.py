"""Tries a camera where it was fitted: ``python -m drivers.camera ADDRESS --look face --seconds 20``.

Says what the driver tells and, once a second, how light and how sharp the picture is. Nothing of a picture, a
person or a code is shown or kept.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence

from drivers.camera.address import CameraAddress, parse_camera_address
from drivers.camera.camera import Camera
from drivers.camera.codes import SecondDecoder
from drivers.camera.device import Advised, FaceCaptured, LampChanged, Look, Preview
from drivers.camera.picture import grey, light, sharpness
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.clock import SystemClock
from foundation.counters import Counters


def main(arguments: Sequence[str]) -> int:
    """Returns 0 when the camera was online at the end, else 1."""
    parser = argparse.ArgumentParser(prog="python -m drivers.camera", description="try a camera")
    parser.add_argument("address", type=_address, help="camera:///dev/v4l/by-path/…")
    parser.add_argument("--look", type=Look, choices=list(Look), default=Look.FACE, metavar="|".join(_LOOKS))
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--second-decoder", type=SecondDecoder, default=SecondDecoder.NONE)
    options = parser.parse_args(arguments)
    clock, never = SystemClock(), threading.Event()
    camera = Camera(options.address, clock, Counters(), _tell, options.second_decoder)
    camera.look_for(options.look)
    camera.start()
    try:
        for _ in range(options.seconds):
            clock.wait(never, 1.0)
            _tell_of_picture(camera.preview(), clock.monotonic_s())
        return int(camera.status().state is not DeviceState.ONLINE)
    finally:
        camera.stop()


_LOOKS = [look.value for look in Look]


def _address(text: str) -> CameraAddress:
    try:
        return parse_camera_address(text)
    except ValueError as mistake:
        raise argparse.ArgumentTypeError(str(mistake)) from None


def _tell(event: object) -> None:
    match event:
        case StatusChanged(status):
            print(f"{status.state.value} {status.error or ''} {status}", flush=True)
        case LampChanged(lit):
            print("lamp lit" if lit else "lamp out", flush=True)
        case Advised(advice):
            print(advice.value, flush=True)
        case FaceCaptured(photograph, liveness):
            print(f"face, sharpness {photograph.sharpness:.1f}, blink {liveness.value}", flush=True)
        case _:
            print(event, flush=True)  # its repr shows nothing of anybody


def _tell_of_picture(preview: Preview | None, now_s: float) -> None:
    if preview is None:
        print("no picture", flush=True)
        return
    picture = grey(preview.frame.pixels)
    now = light(picture)
    print(
        f"{preview.frame}, {now_s - preview.frame.captured_s:.2f} s old, light {now.mean:.0f}, "
        f"white {100 * now.clipped:.0f} %, sharpness {sharpness(picture, 480):.1f}, "
        f"{'something' if preview.outline else 'nothing'} found",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
