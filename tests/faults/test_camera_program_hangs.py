"""The program that holds the camera hangs in the kernel: it answers nothing, and does not end by itself."""

from __future__ import annotations

import os
import signal
from unittest.mock import patch

import psutil

from drivers.camera import camera as camera_module
from drivers.camera.device import Look
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import WAYS_TO_LOOK, Booth, booth


def stop_the_program(there: Booth) -> psutil.Process:
    """Stops it for ever while it shows pictures; only a kill ends it then."""
    process_id = there.camera._child.process_id
    assert process_id is not None
    program = psutil.Process(process_id)
    os.kill(process_id, signal.SIGSTOP)
    return program


def test_it_is_killed_in_time_and_the_third_time_it_is_degraded() -> None:
    with patch.object(camera_module, "_FRAME_TIMEOUT_S", 0.6), booth() as there:
        for look in there.in_every_state():
            program = stop_the_program(there)
            if look is WAYS_TO_LOOK[-1]:
                assert there.next_status(DeviceState.HARDWARE_ERROR).error is Errors.CAMERA_UNSTABLE
            else:
                assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
                there.ears.next_state(DeviceState.ONLINE)
            assert not program.is_running()
        assert there.counters.figure("camera.deaths") == len(WAYS_TO_LOOK)
        there.works_again_by_itself()


def test_stopping_the_driver_kills_it() -> None:
    with booth(Look.FACE) as there:
        program = stop_the_program(there)
        assert there.camera.stop(timeout_s=2.0)
        assert not program.is_running()


def test_closing_the_camera_kills_it() -> None:
    with patch.object(camera_module, "_FRAME_TIMEOUT_S", 0.6), booth(Look.FACE) as there:
        program = stop_the_program(there)
        there.camera.look_for(Look.NOTHING)
        there.ears.next_state(DeviceState.OFFLINE)
        assert not program.is_running()
        there.works_again_by_itself()
