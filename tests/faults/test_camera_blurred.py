"""The lens is greasy, or what is before it moves."""

from __future__ import annotations

from drivers.camera.device import (
    Advice,
    Advised,
    DocumentProblem,
    FaceCaptured,
    Look,
    Photograph,
)
from drivers.camera.simulator import CameraFault
from tests.drivers.camera.booth import SEES, booth
from tests.drivers.listening import PATIENCE_S


def test_a_blurred_face_is_asked_to_hold_still_and_taken_when_it_does() -> None:
    with booth(Look.FACE, fault=CameraFault.BLURRED) as there:
        assert there.ears.next(Advised).advice is Advice.HOLD_STILL
        assert there.ears.all(FaceCaptured) == []
        there.simulator.cure()
        there.ears.next(FaceCaptured)
        there.works_again_by_itself()


def test_a_blurred_face_is_not_asked_to_blink() -> None:
    with booth(Look.LIVE_FACE, fault=CameraFault.BLURRED) as there:
        assert there.ears.next(Advised).advice is Advice.HOLD_STILL
        there.simulator.cure()
        assert there.ears.next(Advised).advice is Advice.BLINK


def test_a_blurred_document_is_not_taken_and_a_sharp_one_is() -> None:
    with booth(Look.DOCUMENT, fault=CameraFault.BLURRED) as there:
        there.ears.next(Advised, lambda told: told.advice is Advice.HOLD_STILL)
        assert there.camera.take_document().result(PATIENCE_S) == DocumentProblem(Advice.HOLD_STILL)
        there.simulator.cure()
        assert isinstance(there.camera.take_document().result(PATIENCE_S), Photograph)


def test_a_blurred_picture_is_no_fault_of_the_camera() -> None:
    with booth(Look.FACE, fault=CameraFault.BLURRED) as there:
        there.ears.next(Advised)
        assert there.camera.status().picture in SEES
        assert there.camera.status().error is None
