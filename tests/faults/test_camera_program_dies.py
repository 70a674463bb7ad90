"""The program that holds the camera is killed, as the kernel does it when memory runs out."""

from __future__ import annotations

import os
import signal

from drivers.camera.device import LampChanged, Look
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.camera.booth import WAYS_TO_LOOK, Booth, booth


class LeapingClock(SystemClock):
    """The machine's clock, which can be set forward."""

    ahead_s = 0.0

    def monotonic_s(self) -> float:
        return super().monotonic_s() + self.ahead_s


def kill_the_program(there: Booth) -> None:
    """Kills it while it shows pictures."""
    process_id = there.camera._child.process_id
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)


def test_it_is_lost_and_back_with_another_program_and_the_third_time_it_is_degraded() -> None:
    clock = LeapingClock()
    with booth(clock=clock) as there:
        for look in there.in_every_state():
            kill_the_program(there)
            if look is WAYS_TO_LOOK[-1]:
                status = there.next_status(DeviceState.HARDWARE_ERROR)
                assert status.error is Errors.CAMERA_UNSTABLE
                assert status.degraded
            else:
                assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
                assert not there.next_status(DeviceState.ONLINE).degraded
        assert there.counters.figure("camera.deaths") == len(WAYS_TO_LOOK)
        back = there.next_status(DeviceState.ONLINE)
        assert back.error is None
        assert back.degraded  # it can be used, and somebody should look at it
        there.works_again_by_itself()
        clock.ahead_s += 301.0
        assert not there.next_status(DeviceState.ONLINE).degraded


def test_the_lamp_goes_out_with_it_and_is_lit_again_before_the_camera_is() -> None:
    with booth(Look.CODE) as there:
        kill_the_program(there)
        assert not there.ears.next(LampChanged, lambda lamp: not lamp.lit).lit
        there.ears.next(LampChanged, lambda lamp: lamp.lit)
        there.ears.next_state(DeviceState.ONLINE)
