"""A booth with a camera: the driver, its child process, the simulator at the end of a socket, and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from drivers import supervision
from drivers.camera import camera as camera_module
from drivers.camera import picture
from drivers.camera.camera import Camera
from drivers.camera.codes import SecondDecoder
from drivers.camera.device import Advised, CameraStatus, CodeSeen, Look, PictureState
from drivers.camera.simulator import CameraFault, CameraSimulator
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.clock import Clock, SystemClock
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, make_quick

WAYS_TO_LOOK = (Look.CODE, Look.FACE, Look.DOCUMENT)
"""One of each kind; a live face is looked for as a face is."""
SEES = (PictureState.GOOD, PictureState.SLOW)
"""On a machine that has much else to do a good camera is slow."""
CODE = "鄂汇办 亮码 420102".encode()


@dataclass
class Booth:
    """What a test has in its hands."""

    simulator: CameraSimulator
    camera: Camera
    ears: Ears
    counters: AudibleCounters

    def show_what_is_looked_for(self, look: Look) -> None:
        """Puts something before the lens that ``look`` would find."""
        if look is Look.CODE:
            self.simulator.show_code(CODE)
        elif look is Look.DOCUMENT:
            self.simulator.show_document()
        else:
            self.simulator.show_face(blinks=look is Look.LIVE_FACE)

    def look_for(self, look: Look) -> None:
        """Opens the camera for that and waits until there are pictures."""
        self.camera.look_for(look)
        assert self.simulator.wait_for_viewers(int(look is not Look.NOTHING), PATIENCE_S)

    def in_every_state(self) -> Iterator[Look]:
        """Looks for one thing after the other, and hands over when the first of it was seen."""
        for look in WAYS_TO_LOOK:
            self.show_what_is_looked_for(look)
            self.camera.look_for(look)
            self.ears.next(CodeSeen if look is Look.CODE else Advised)
            yield look

    def next_status(self, state: DeviceState) -> CameraStatus:
        """The next change of status to ``state``."""
        status = self.ears.next_state(state)
        assert isinstance(status, CameraStatus)
        return status

    def works_again_by_itself(self) -> None:
        """Nobody touches the camera; it is online, or gets there, and reads a code that it has not seen."""
        if self.camera.status().state is not DeviceState.ONLINE:
            self.ears.next(StatusChanged, lambda change: change.status.state is DeviceState.ONLINE)
        payload = b"afterwards"
        self.simulator.show_code(payload)
        self.camera.look_for(Look.CODE)
        self.ears.next(CodeSeen, lambda seen: seen.payload == payload)
        self.camera.look_for(Look.NOTHING)
        assert self.simulator.wait_for_viewers(0, PATIENCE_S)
        status = self.camera.status()
        assert (status.state, status.error) == (DeviceState.ONLINE, None)


@contextmanager
def booth(
    look: Look = Look.NOTHING,
    *,
    ready: bool = True,
    fault: CameraFault | None = None,
    clock: Clock | None = None,
    second_decoder: SecondDecoder = SecondDecoder.NONE,
) -> Iterator[Booth]:
    """A booth in which the camera is started and, when ``ready``, has proved that it works; in quick time."""
    ears, counters = Ears(), AudibleCounters()
    simulator = CameraSimulator()
    simulator.start()
    if fault is not None:
        simulator.set_fault(fault)
    camera = Camera(simulator.address, clock or SystemClock(), counters, ears, second_decoder)
    make_quick(camera)
    inside = Booth(simulator, camera, ears, counters)
    inside.show_what_is_looked_for(look)
    camera.look_for(look)
    with (
        patch.object(supervision, "_SETTLING_S", 0.0),
        patch.object(picture, "_SETTLED_S", 0.3),
        patch.multiple(
            camera_module, _PRESENCE_INTERVAL_S=0.05, _LOOK_AGAIN_INTERVAL_S=0.2, _DOCUMENT_TIMEOUT_S=2.0
        ),
    ):
        camera.start()
        try:
            if ready:
                ears.next_state(DeviceState.ONLINE)
            yield inside
        finally:
            assert camera.stop()
            simulator.stop()
