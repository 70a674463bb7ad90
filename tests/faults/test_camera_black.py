"""The lens is covered, or the hall has no light."""

from __future__ import annotations

from drivers.camera.device import Advice, Advised, CodeSeen, FaceCaptured, Look, PictureState
from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import CODE, SEES, booth


def test_a_camera_that_sees_nothing_says_so_and_is_well_again_when_it_sees() -> None:
    with booth() as there:
        for _ in there.in_every_state():
            there.simulator.set_fault(CameraFault.BLACK)
            status = there.next_status(DeviceState.USER_ERROR)
            assert status.error is Errors.CAMERA_SEES_NOTHING
            assert status.picture is PictureState.BLACK
            there.simulator.cure()
            assert there.next_status(DeviceState.ONLINE).picture in SEES
        assert there.counters.figure("camera.losses") == 0  # it was there all the time
        there.works_again_by_itself()


def test_a_covered_camera_looks_again_now_and_then_though_nobody_asks() -> None:
    with booth(Look.FACE) as there:
        there.simulator.set_fault(CameraFault.BLACK)
        there.ears.next_state(DeviceState.USER_ERROR)
        there.look_for(Look.NOTHING)
        assert there.camera.status().error is Errors.CAMERA_SEES_NOTHING  # closing mends nothing
        there.simulator.cure()
        there.ears.next_state(DeviceState.ONLINE)
        there.works_again_by_itself()


def test_whoever_stands_there_hears_that_it_is_dark_and_nothing_is_taken() -> None:
    with booth(Look.FACE, ready=False, fault=CameraFault.BLACK) as there:
        assert there.ears.next(Advised).advice is Advice.TOO_DARK
        assert there.ears.all(FaceCaptured) == []
        there.simulator.cure()
        there.ears.next(FaceCaptured)


def test_a_covered_camera_reads_no_code() -> None:
    with booth(Look.CODE, ready=False, fault=CameraFault.BLACK) as there:
        there.ears.next_state(DeviceState.USER_ERROR)
        assert there.ears.all(CodeSeen) == []
        there.simulator.cure()
        assert there.ears.next(CodeSeen).payload == CODE
