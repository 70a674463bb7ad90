"""The camera from finding it to stopping it: closed, lit, looking, telling, and closed again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import psutil
import pytest

from drivers.camera import camera as camera_module
from drivers.camera import searches
from drivers.camera.camera import Camera
from drivers.camera.capture_child import CaptureChild
from drivers.camera.codes import SecondDecoder
from drivers.camera.device import (
    Advice,
    Advised,
    CodeProblem,
    CodeSeen,
    DocumentProblem,
    FaceCaptured,
    LampChanged,
    Liveness,
    Look,
    Photograph,
    PictureState,
)
from drivers.camera.protocol import NEXT, OPEN, FrameReady, NoticeReader
from drivers.camera.simulator import CameraSimulator
from drivers.vocabulary import DeviceLost, DeviceState, StatusChanged
from foundation.clock import SystemClock
from foundation.counters import Counters
from tests.drivers.camera.booth import CODE, WAYS_TO_LOOK, booth
from tests.drivers.listening import PATIENCE_S, Ears


def test_nothing_is_known_until_a_picture_came_and_again_after_the_stop() -> None:
    with booth(ready=False) as there:
        assert there.camera.status().state in (DeviceState.UNKNOWN, DeviceState.STARTING, DeviceState.ONLINE)
        status = there.next_status(DeviceState.ONLINE)
        assert status.picture is PictureState.GOOD
        assert status.simulated
        first = there.ears.all(StatusChanged)[0].status
        assert first.state is DeviceState.STARTING
    assert there.camera.status().state is DeviceState.UNKNOWN


def test_it_is_closed_and_dark_while_nothing_is_looked_for() -> None:
    with booth() as there:
        assert there.simulator.wait_for_viewers(0, PATIENCE_S)
        assert there.camera.preview() is None
        assert there.camera._child.process_id is None
        there.ears.next(LampChanged, lambda lamp: not lamp.lit)
        assert there.ears.kinds().count("LampChanged") == 2  # lit once, for the proof


def test_the_lamp_is_lit_before_the_camera_is_opened_and_goes_out_after_it_is_closed() -> None:
    seen: list[tuple[bool, bool]] = []
    simulator = CameraSimulator()
    simulator.start()
    ears = Ears()

    def listen(event: object) -> None:
        if isinstance(event, LampChanged):
            seen.append((event.lit, camera._child.process_id is not None))
        ears(event)

    camera = Camera(simulator.address, SystemClock(), Counters(), listen)
    camera.look_for(Look.FACE)
    camera.start()
    try:
        ears.next_state(DeviceState.ONLINE)
    finally:
        assert camera.stop()
        simulator.stop()
    assert seen == [(True, False), (False, False)]


@pytest.mark.parametrize("look", WAYS_TO_LOOK)
def test_once_it_was_closed_nothing_more_is_told_or_shown(look: Look) -> None:
    with booth() as there:
        there.look_for(look)
        there.camera.look_for(Look.NOTHING)
        told = len(there.ears.kinds())
        there.show_what_is_looked_for(look)
        assert there.camera.preview() is None
        there.ears.next(LampChanged, lambda lamp: not lamp.lit)
        assert there.simulator.wait_for_viewers(0, PATIENCE_S)
        assert {"Advised", "CodeSeen", "FaceCaptured"}.isdisjoint(there.ears.kinds()[told:])


def test_a_code_is_told_once_until_it_is_another_one() -> None:
    with booth(Look.CODE) as there:
        assert there.ears.next(CodeSeen).payload == CODE
        there.simulator.show_code(b"another")
        assert there.ears.next(CodeSeen).payload == b"another"
        assert [seen.payload for seen in there.ears.all(CodeSeen)] == [CODE, b"another"]


def test_a_code_that_cannot_be_one_of_ours_is_said_to_be_none() -> None:
    with booth(Look.CODE) as there:
        there.ears.next(CodeSeen)
        there.simulator.show_code(b"\x00\x01\xff\xff")
        there.ears.next(CodeProblem)
        assert len(there.ears.all(CodeSeen)) == 1


def test_the_second_decoder_can_be_chosen() -> None:
    with booth(Look.CODE, second_decoder=SecondDecoder.PYZBAR) as there:
        assert there.ears.next(CodeSeen).payload == CODE


def test_the_preview_is_fresh_and_shows_where_the_face_is() -> None:
    with booth(Look.FACE) as there:
        there.ears.next(FaceCaptured)
        preview = there.camera.preview()
        assert preview is not None
        assert preview.frame.pixels.shape == (480, 640, 3)
        assert there.camera.clock.monotonic_s() - preview.frame.captured_s < 2.0
        assert len(preview.outline) == 4
        there.counters.wait_for("camera.reads")


def test_a_face_is_taken_once_for_each_time_it_is_asked_for() -> None:
    with booth(Look.FACE) as there:
        captured = there.ears.next(FaceCaptured)
        assert captured.liveness is Liveness.NOT_ASKED
        assert captured.photograph.jpeg.startswith(b"\xff\xd8")
        assert captured.photograph.width >= 200
        there.camera.look_for(Look.FACE)
        there.ears.next(FaceCaptured)
        assert len(there.ears.all(FaceCaptured)) == 2


def test_a_person_who_blinks_when_asked_has_passed() -> None:
    with booth(Look.LIVE_FACE) as there:
        assert there.ears.next(Advised).advice is Advice.BLINK
        assert there.ears.next(FaceCaptured).liveness is Liveness.PASSED


def test_a_photograph_that_is_held_up_does_not_blink() -> None:
    with patch.object(searches, "_BLINK_PATIENCE_S", 1.5), booth(Look.LIVE_FACE) as there:
        there.simulator.show_face()
        assert there.ears.next(FaceCaptured).liveness is Liveness.NOT_SEEN


def test_a_document_is_taken_straight_and_in_its_shape() -> None:
    with booth(Look.DOCUMENT) as there:
        there.ears.next(Advised, lambda told: told.advice is Advice.DOCUMENT_READY)
        page = there.camera.take_document().result(PATIENCE_S)
        assert isinstance(page, Photograph)
        assert page.height / page.width == pytest.approx(297 / 210, abs=0.02)
        assert there.counters.figure("camera.documents") == 1


def test_no_document_is_taken_while_none_is_looked_for() -> None:
    with booth() as there:
        assert there.camera.take_document().result(PATIENCE_S) == DocumentProblem(Advice.NO_DOCUMENT)
        assert there.simulator.wait_for_viewers(0, PATIENCE_S)


def test_stopping_does_not_wait_for_a_document_that_is_not_there() -> None:
    with booth(Look.DOCUMENT) as there, patch.object(camera_module, "_DOCUMENT_TIMEOUT_S", 60.0):
        there.simulator.show_nobody()
        there.ears.next(Advised)
        outcome = there.camera.take_document()
        assert there.camera.stop(timeout_s=2.0)
        assert isinstance(outcome.result(PATIENCE_S), DocumentProblem | DeviceLost)


def test_no_log_line_and_no_repr_shows_anything_of_a_person(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with booth(Look.CODE) as there:
        seen = there.ears.next(CodeSeen)
        there.simulator.show_face()
        there.camera.look_for(Look.FACE)
        captured = there.ears.next(FaceCaptured)
        preview = there.camera.preview()
    shown = caplog.text + repr(there.ears._events) + repr(preview)
    assert "420102" not in shown
    assert repr(captured.photograph.jpeg)[2:40] not in shown
    assert repr(seen) == f"CodeSeen({len(CODE)} bytes)"
    assert "Photograph(" in repr(captured)


def test_no_picture_is_on_the_disk_or_has_a_name() -> None:
    with booth(Look.FACE) as there:
        there.ears.next(FaceCaptured)
        process_id = there.camera._child.process_id
        assert process_id is not None
        named = {path.name for path in Path("/dev/shm").iterdir()}
        written = [
            file.path
            for process in (psutil.Process(), psutil.Process(process_id))
            for file in process.open_files()
            if file.mode != "r" and not file.path.startswith(("/dev/null", "/memfd:"))
        ]
        assert not [name for name in named if "camera" in name]
        assert not [path for path in written if path.endswith((".jpg", ".png", ".bmp")) or "camera" in path]


def test_the_shared_memory_is_overwritten_when_it_is_closed() -> None:
    simulator = CameraSimulator()
    simulator.start()
    child = CaptureChild(simulator.address, SystemClock())
    reader, deadline_s = NoticeReader(), SystemClock().monotonic_s() + PATIENCE_S
    try:
        child.write_all(OPEN + NEXT, deadline_s)
        ready: list[FrameReady] = []
        while not ready:
            notices = reader.feed(child.read_some(deadline_s))
            ready = [notice for notice in notices if isinstance(notice, FrameReady)]
        frame = child.picture(ready[0])
        assert frame.pixels.any()
        assert child._memory is not None
        descriptor = _descriptor_of_the_memory(child)
    finally:
        child.close()
        simulator.stop()
    try:
        assert not any(os.pread(descriptor, frame.pixels.nbytes, 0))
    finally:
        os.close(descriptor)


def test_the_program_ends_with_the_terminal_that_started_it() -> None:
    simulator = CameraSimulator()
    simulator.start()
    terminal = subprocess.Popen(
        [sys.executable, "-c", _TERMINAL, str(simulator.address)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert terminal.stdout is not None
        program = psutil.Process(int(terminal.stdout.readline()))
        assert simulator.wait_for_viewers(1, PATIENCE_S)
        terminal.send_signal(signal.SIGKILL)
        terminal.wait(PATIENCE_S)
        assert simulator.wait_for_viewers(0, PATIENCE_S)
        assert not program.is_running() or program.status() == psutil.STATUS_ZOMBIE
    finally:
        terminal.kill()
        terminal.communicate()
        simulator.stop()


_TERMINAL = """
import sys, threading
from drivers.camera.address import parse_camera_address
from drivers.camera.camera import Camera
from drivers.camera.device import Look, FaceCaptured, Advised
from foundation.clock import SystemClock
from foundation.counters import Counters
looking = threading.Event()
camera = Camera(parse_camera_address(sys.argv[1]), SystemClock(), Counters(),
                lambda event: isinstance(event, Advised) and looking.set())
camera.look_for(Look.FACE)
camera.start()
looking.wait()
print(camera._child.process_id, flush=True)
threading.Event().wait()
"""


def _descriptor_of_the_memory(child: CaptureChild) -> int:
    """Another descriptor of the memory, taken from the child, where it is still open."""
    for path in Path(f"/proc/{child.process_id}/fd").iterdir():
        if str(path.readlink()).startswith("/memfd:camera"):
            return os.open(path, os.O_RDONLY)
    raise AssertionError("the child has no shared memory")
