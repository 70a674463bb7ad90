"""The sun, or a lamp, shines into the lens."""

from __future__ import annotations

from drivers.camera.device import Advice, Advised, DocumentProblem, FaceCaptured, Look, PictureState
from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import SEES, booth
from tests.drivers.listening import PATIENCE_S


def test_a_blinded_camera_says_so_and_is_well_again_when_the_light_has_gone() -> None:
    with booth() as there:
        for _ in there.in_every_state():
            there.simulator.show_nobody()
            there.simulator.set_fault(CameraFault.OVEREXPOSED)
            status = there.next_status(DeviceState.USER_ERROR)
            assert status.error is Errors.CAMERA_SEES_NOTHING
            assert status.picture is PictureState.OVEREXPOSED
            there.simulator.cure()
            assert there.next_status(DeviceState.ONLINE).picture in SEES
        there.works_again_by_itself()


def test_whoever_stands_there_hears_that_it_is_too_bright_and_nothing_is_taken() -> None:
    with booth(Look.FACE, ready=False, fault=CameraFault.OVEREXPOSED) as there:
        assert there.ears.next(Advised).advice is Advice.TOO_BRIGHT
        assert there.ears.all(FaceCaptured) == []
        there.simulator.cure()
        there.ears.next(FaceCaptured)


def test_a_document_in_the_glare_is_not_taken() -> None:
    with booth(Look.DOCUMENT, ready=False, fault=CameraFault.OVEREXPOSED) as there:
        there.ears.next(Advised)
        assert isinstance(there.camera.take_document().result(PATIENCE_S), DocumentProblem)
