"""The camera sends fewer than two pictures a second, as one on a crowded USB hub does."""

from __future__ import annotations

from unittest.mock import patch

from drivers.camera import searches
from drivers.camera.device import CodeSeen, FaceCaptured, Liveness, Look, PictureState
from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState, StatusChanged
from tests.drivers.camera.booth import CODE, booth


def test_a_slow_camera_is_online_and_says_that_it_is_slow_and_still_reads() -> None:
    with booth(Look.CODE, fault=CameraFault.SLOW) as there:
        assert there.ears.next(CodeSeen).payload == CODE
        change = there.ears.next(
            StatusChanged, lambda told: getattr(told.status, "picture", None) is PictureState.SLOW
        )
        assert change.status.state is DeviceState.ONLINE
        assert change.status.error is None
        there.simulator.cure()
        there.ears.next(
            StatusChanged, lambda told: getattr(told.status, "picture", None) is PictureState.GOOD
        )
        there.works_again_by_itself()


def test_a_slow_camera_takes_a_face_and_does_not_pretend_to_see_a_blink() -> None:
    with patch.object(searches, "_SLOW_FOR_S", 1.0), booth(Look.LIVE_FACE, fault=CameraFault.SLOW) as there:
        assert there.ears.next(FaceCaptured).liveness is Liveness.NOT_SUPPORTED
        there.simulator.cure()
        there.works_again_by_itself()
