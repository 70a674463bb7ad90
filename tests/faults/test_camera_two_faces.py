"""Two people stand before the camera."""

from __future__ import annotations

import pytest

from drivers.camera.device import Advice, Advised, FaceCaptured, Liveness, Look
from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState
from tests.drivers.camera.booth import booth


@pytest.mark.parametrize("look", [Look.FACE, Look.LIVE_FACE])
def test_nobody_is_taken_while_two_stand_there(look: Look) -> None:
    with booth(look, fault=CameraFault.TWO_FACES) as there:
        assert there.ears.next(Advised).advice is Advice.ONE_PERSON_ONLY
        assert there.ears.all(FaceCaptured) == []
        assert there.camera.status().state is DeviceState.ONLINE
        assert there.camera.status().error is None
        there.simulator.cure()
        there.ears.next(FaceCaptured)
        there.works_again_by_itself()


def test_a_second_person_who_steps_in_during_the_blink_starts_it_afresh() -> None:
    with booth(Look.LIVE_FACE) as there:
        there.simulator.show_face()  # and does not blink
        there.ears.next(Advised, lambda told: told.advice is Advice.BLINK)
        there.simulator.set_fault(CameraFault.TWO_FACES)
        there.ears.next(Advised, lambda told: told.advice is Advice.ONE_PERSON_ONLY)
        there.simulator.show_face(blinks=True)
        there.simulator.cure()
        there.ears.next(Advised, lambda told: told.advice is Advice.BLINK)
        assert there.ears.next(FaceCaptured).liveness is Liveness.PASSED
