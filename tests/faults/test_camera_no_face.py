"""Nobody stands before the camera, or whoever did has gone."""

from __future__ import annotations

import pytest

from drivers.camera.device import Advice, Advised, FaceCaptured, Look
from drivers.camera.simulator import CameraFault
from tests.drivers.camera.booth import booth


@pytest.mark.parametrize("look", [Look.FACE, Look.LIVE_FACE])
def test_an_empty_hall_is_nobody_and_the_next_person_is_taken(look: Look) -> None:
    with booth(look, fault=CameraFault.NO_FACE) as there:
        assert there.ears.next(Advised).advice is Advice.NO_FACE
        assert there.ears.all(FaceCaptured) == []
        assert there.camera.status().error is None
        there.simulator.cure()
        there.ears.next(FaceCaptured)
        there.works_again_by_itself()


def test_nothing_is_kept_of_somebody_who_walks_away() -> None:
    with booth(Look.LIVE_FACE) as there:
        there.simulator.show_face()  # and does not blink
        there.ears.next(Advised, lambda told: told.advice is Advice.BLINK)
        there.simulator.set_fault(CameraFault.NO_FACE)
        there.ears.next(Advised, lambda told: told.advice is Advice.NO_FACE)
        assert there.ears.all(FaceCaptured) == []
        preview = there.camera.preview()
        assert preview is not None
        assert preview.outline == ()
