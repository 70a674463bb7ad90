"""The driver of a camera: open only while something is looked for, in a process that can be killed."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from drivers.camera.address import CameraAddress, is_present, is_simulated
from drivers.camera.capture_child import CaptureChild, ChildEndedError
from drivers.camera.codes import CodeReader, SecondDecoder
from drivers.camera.device import (
    Advice,
    Advised,
    CameraStatus,
    Capabilities,
    CodeProblem,
    CodeSeen,
    DocumentProblem,
    FaceCaptured,
    Frame,
    LampChanged,
    Look,
    Photograph,
    PictureState,
    Preview,
)
from drivers.camera.document import straight_picture
from drivers.camera.face import FaceFinder
from drivers.camera.picture import PictureWatch
from drivers.camera.protocol import NEXT, OPEN, FrameReady, Lost, Notice, NoticeReader, Opened
from drivers.camera.searches import CodeSearch, DocumentSearch, FaceSearch, Search
from drivers.supervised_child import Deaths
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceLost, DeviceState, Wear, wear_counter
from foundation.clock import Clock
from foundation.counters import CounterSink
from foundation.errors import Errors

log = logging.getLogger("dianxiaoer.camera")

_OPEN_TIMEOUT_S = 8.0  # a new process loads OpenCV and opens the camera
_FRAME_TIMEOUT_S = 4.0  # longer than the child's own time limits, so that it can say what it is
_PROVING_PICTURES = 2  # half a picture may pass for one; nothing comes after it then
_GRACE_S = 0.2  # how promptly a camera that does not answer is let go when the driver is stopped
_FRAME_INTERVAL_S = 1 / 15
_CLOSED_INTERVAL_S = 0.2
_PRESENCE_INTERVAL_S = 1.0
_LOOK_AGAIN_INTERVAL_S = 60.0  # after nothing was to be seen
_DOCUMENT_TIMEOUT_S = 4.0
_DOCUMENT_PICTURES = 3
_SEES_NOTHING = (PictureState.BLACK, PictureState.OVEREXPOSED)

_COUNTED_AS: dict[type[object], str] = {
    Advised: "camera.advice",
    CodeProblem: "camera.unreadable_codes",
    CodeSeen: "camera.codes",
    FaceCaptured: "camera.faces",
}

OutcomeT = TypeVar("OutcomeT")


class ChildHangsError(DeviceLostError):
    """The program that holds the camera did not answer in time."""


class Camera(OwnedDevice[CameraStatus]):
    """One camera at ``address``, from ``start`` to ``stop``; ``name`` is what it is called in its status.

    Tells the listener ``StatusChanged``, ``LampChanged``, ``Advised``, ``FaceCaptured``, ``CodeSeen`` and
    ``CodeProblem``, in the owner's thread. Counts as ``camera.*``. The camera is opened for two pictures
    when it is found, to prove that it works (nobody is shown or given them); after that it is open only
    while something is looked for.
    """

    capabilities = Capabilities()

    def __init__(
        self,
        address: CameraAddress,
        clock: Clock,
        counters: CounterSink,
        listener: Listener,
        second_decoder: SecondDecoder = SecondDecoder.NONE,
        *,
        name: str = "camera",
    ) -> None:
        self._child = CaptureChild(address, clock)
        super().__init__(
            self._child,
            clock,
            listener,
            unknown=CameraStatus(
                device=name, state=DeviceState.UNKNOWN, error=None, simulated=is_simulated(address)
            ),
            lost_error=Errors.CAMERA_LOST,
            poll_interval_s=0.0,  # looking is waiting
        )
        self._address = address
        self._counters = counters
        self._second_decoder = second_decoder
        self._notices = NoticeReader()
        self._told: deque[Notice] = deque()
        self._finder: FaceFinder | None = None
        self._deaths = Deaths(clock)
        self._watch = PictureWatch()
        self._next_frame_s = self._next_presence_s = self._look_again_s = 0.0
        self._asking = threading.RLock()
        self._asked = threading.Event()
        self._look = Look.NOTHING
        self._search: Search | None = None
        self._preview: Preview | None = None
        self._lamp_lit = False

    def look_for(self, look: Look) -> None:
        """Opens the camera for that, or closes it; thread-safe, also while the camera is not there.

        It begins afresh each time. Once ``look_for(Look.NOTHING)`` has returned, nothing of a person is told
        any more and ``preview`` has nothing; the lamp goes out when the camera is closed, a moment later.
        """
        with self._asking:
            self._look = look
            self._search = None
            self._preview = None
            self._asked.set()

    def preview(self) -> Preview | None:
        """The latest picture while the camera is open, not to be written to; None when there is none.

        Thread-safe, never waits for the camera. Its age is the clock's time less ``frame.captured_s``.
        """
        with self._asking:
            return self._preview

    def take_document(self) -> Future[Photograph | DocumentProblem | DeviceLost]:
        """The sharpest of three good pictures of the document, laid straight; at most 4 s after its start.

        Thread-safe; for while a document is looked for. The Future always resolves.
        """
        deadline_s = self.clock.monotonic_s() + _DOCUMENT_TIMEOUT_S
        return self.submit(lambda: self._guarded(self._take_document), deadline_s)

    def greet(self) -> None:
        self._guarded(self._prove)

    def idle(self) -> None:
        self._guarded(self._go_on)

    def tear_down(self) -> None:
        super().tear_down()
        self._set_lamp(False)

    def lost(self) -> None:
        self._counters.count(wear_counter(self.name, Wear.FAILURES))

    def _guarded(self, work: Callable[[], OutcomeT]) -> OutcomeT:
        """Ends the child before a loss is told; a loss that keeps happening is another error than a loss."""
        try:
            return work()
        except DeviceLostError as loss:
            self._close_camera()
            if isinstance(loss, ChildEndedError | ChildHangsError):
                self._deaths.count()
                self._counters.count("camera.deaths")
            degraded = self._deaths.degraded
            self._unknown = replace(self._unknown, degraded=degraded)
            self._lost_error = Errors.CAMERA_LOST
            if degraded and loss.state is not DeviceState.NO_DEVICE:
                self._lost_error = Errors.CAMERA_UNSTABLE
                loss.state = DeviceState.HARDWARE_ERROR
            raise

    def _prove(self) -> None:
        """Only pictures prove that there is a camera."""
        self._converse()
        self.healthy()
        if self._look is Look.NOTHING:
            self._put_away()

    def _go_on(self) -> None:
        self._asked.clear()
        if self.status().degraded and not self._deaths.degraded:
            self._judge()
        if self._look is Look.NOTHING:
            self._stay_closed()
            return
        if self._child.process_id is None:
            self._converse()
        self._look_at(self._next_frame())

    def _stay_closed(self) -> None:
        if self._child.process_id is not None:
            self._put_away()
        now_s = self.clock.monotonic_s()
        if now_s >= self._next_presence_s:
            self._next_presence_s = now_s + _PRESENCE_INTERVAL_S
            if not is_present(self._address):
                raise DeviceLostError("there is no camera at its address any more", DeviceState.NO_DEVICE)
        if self._watch.state in _SEES_NOTHING and now_s >= self._look_again_s:
            self._look_whether_it_sees()
            return
        self.clock.wait(self._asked, _CLOSED_INTERVAL_S)

    def _look_whether_it_sees(self) -> None:
        """A camera that saw nothing is offered to nobody, so nobody would find out that it sees again."""
        self._converse()
        self._put_away()

    def _converse(self) -> None:
        """Has a child open the camera and takes the first pictures; the lamp is lit before."""
        self._notices = NoticeReader()
        self._told.clear()
        self._set_lamp(True)
        deadline_s = self.clock.monotonic_s() + _OPEN_TIMEOUT_S
        self._child.write_all(OPEN, deadline_s)
        self._await(Opened, deadline_s)
        self._counters.count("camera.opened")
        self._watch.begin()
        for _ in range(_PROVING_PICTURES):
            self._watch.feed(self._fetch(deadline_s))
        self._judge()

    def _put_away(self) -> None:
        self._close_camera()
        self._look_again_s = self.clock.monotonic_s() + _LOOK_AGAIN_INTERVAL_S

    def _close_camera(self) -> None:
        """Nothing that was seen is kept: whoever stands there when it is opened again may be another."""
        self._child.close()
        with self._asking:
            self._search = None
            self._preview = None
        self._set_lamp(False)

    def _set_lamp(self, lit: bool) -> None:
        if lit is not self._lamp_lit:
            self._lamp_lit = lit
            self.emit(LampChanged(lit))

    def _next_frame(self) -> Frame:
        """The next picture, at most fifteen times a second; raises when the very same one keeps coming."""
        self.clock.wait(self.stopping, self._next_frame_s - self.clock.monotonic_s())
        self._next_frame_s = self.clock.monotonic_s() + _FRAME_INTERVAL_S
        frame = self._fetch(self.clock.monotonic_s() + _FRAME_TIMEOUT_S)
        self._watch.feed(frame)
        if self._watch.frozen:
            self._counters.count("camera.frozen")
            self._watch = PictureWatch()
            raise DeviceLostError("the camera shows the same picture again and again")
        self._judge()
        return frame

    def _fetch(self, deadline_s: float) -> Frame:
        self._child.write_all(NEXT, deadline_s)
        return self._child.picture(self._await(FrameReady, deadline_s))

    def _await(self, kind: type[OutcomeT], deadline_s: float) -> OutcomeT:
        """The next notice of that kind. One that comes with it is kept for the next time."""
        while True:
            while self._told:
                notice = self._told.popleft()
                if isinstance(notice, Lost):
                    raise DeviceLostError(f"the camera is lost ({notice.reason.value})")
                if isinstance(notice, kind):
                    return notice
            now_s = self.clock.monotonic_s()
            if self.stopping.is_set():
                deadline_s = min(deadline_s, now_s + _GRACE_S)
            if now_s >= deadline_s:
                raise ChildHangsError("the camera's program does not answer")
            data = self._child.read_some(min(deadline_s, now_s + _GRACE_S))
            self._told.extend(self._notices.feed(data))

    def _judge(self) -> None:
        """Says what the pictures are like."""
        state = self._watch.state
        sees_nothing = state in _SEES_NOTHING
        if sees_nothing and self.status().error is not Errors.CAMERA_SEES_NOTHING:
            log.warning("%s: %s", Errors.CAMERA_SEES_NOTHING, state.value)
            self._counters.count("camera.sees_nothing")
        self.publish(
            replace(
                self._unknown,
                state=DeviceState.USER_ERROR if sees_nothing else DeviceState.ONLINE,
                error=Errors.CAMERA_SEES_NOTHING if sees_nothing else None,
                picture=state,
                degraded=self._deaths.degraded,
            )
        )

    def _look_at(self, frame: Frame) -> None:
        with self._asking:
            look, search = self._look, self._search
            if look is Look.NOTHING:
                return
            if search is None:
                search = self._search = self._new_search(look)
        events = search.feed(frame, self._watch.rate_per_s)
        with self._asking:  # held while telling, so that closing has an effect when it returns
            if self._search is not search:
                return
            self._preview = Preview(frame, search.outline)
            for event in events:
                self._count(event)
                self.emit(event)

    def _count(self, event: object) -> None:
        self._counters.count(_COUNTED_AS[type(event)])
        if isinstance(event, CodeSeen | FaceCaptured):
            self._counters.count(wear_counter(self.name, Wear.READS))

    def _new_search(self, look: Look) -> Search:
        if look is Look.CODE:
            return CodeSearch(CodeReader(self._second_decoder))
        if look is Look.DOCUMENT:
            return DocumentSearch()
        self._finder = self._finder or FaceFinder()
        return FaceSearch(self._finder, ask_for_blink=look is Look.LIVE_FACE)

    def _take_document(self) -> Photograph | DocumentProblem:
        deadline_s = self.clock.monotonic_s() + _DOCUMENT_TIMEOUT_S
        problem = DocumentProblem(Advice.NO_DOCUMENT)
        best: Photograph | None = None
        good = 0
        while self._look is Look.DOCUMENT and self.clock.monotonic_s() < deadline_s:
            if self.stopping.is_set():
                break
            if self._child.process_id is None:
                self._converse()
            frame = self._next_frame()
            self._look_at(frame)
            sight = self._search.sight if isinstance(self._search, DocumentSearch) else None
            if sight is None:
                break
            if sight.advice is not None:
                problem = DocumentProblem(sight.advice)
                continue
            good += 1
            if best is None or sight.sharpness > best.sharpness:
                best = straight_picture(frame, sight)
            if good == _DOCUMENT_PICTURES:
                self._counters.count("camera.documents")
                self._counters.count(wear_counter(self.name, Wear.READS))
                return best
        return problem
