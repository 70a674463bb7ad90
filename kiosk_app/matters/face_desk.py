"""What takes a face and has it compared: the camera before the person, and the province.

Frames and pictures are in memory alone. A picture is sealed by the thread that asks, and let go of with the
question.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Protocol

from contract.answers import CitizenSession as ProvinceSession
from contract.faces import FaceAnswer
from foundation.errors import Errors
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.outcomes import Answered, Outcome
from kiosk_app.terminal.answers import FaceAnswered
from kiosk_app.terminal.desk import FaceToCompare
from kiosk_app.terminal.machine import Message

log = logging.getLogger("dianxiaoer.face")

_MAY_TAKE_S = 1.0
"""How long a question that nobody waits for any more has, before it is broken off."""


class FaceCamera(Protocol):
    """The camera before the person, as far as it is fitted."""

    def look_for_face(self, *, wanted: bool) -> None:
        """Opens the camera for a face, or closes it."""


class FaceDesk:
    """A :class:`kiosk_app.terminal.desk.FaceDesk`. Every question is answered exactly once."""

    def __init__(self, client: ProvinceClient, camera: FaceCamera, post: Callable[[Message], None]) -> None:
        self._client = client
        self._camera = camera
        self._post = post
        self._question: Future[None] | None = None
        self._comparing = ThreadPoolExecutor(1, "desk-comparing")

    def look(self, *, wanted: bool) -> None:
        self._camera.look_for_face(wanted=wanted)

    def compare(self, session_id: str, province: ProvinceSession, face: FaceToCompare) -> None:
        def ask() -> None:
            self._post(self._asked(session_id, province, face))

        self._question = self._comparing.submit(ask)

    def _asked(self, session_id: str, province: ProvinceSession, face: FaceToCompare) -> FaceAnswered:
        try:
            outcome: Outcome[FaceAnswer] = self._client.faces.compare(
                province, face.picture, face.liveness, face.consent_version, face.guardian_token
            )
        except Exception as bug:  # noqa: BLE001  # whoever asked is waiting for an answer
            log.error("a face was not compared: %s", type(bug).__name__)
            return FaceAnswered(session_id, None, Errors.PROVINCE_NOT_UNDERSTOOD)
        if isinstance(outcome, Answered):
            return FaceAnswered(session_id, outcome.value, None)
        return FaceAnswered(session_id, None, outcome.error)

    def end_session(self) -> None:
        """Returns when nobody is asked about this person's face any more."""
        question, self._question = self._question, None
        if question is not None and wait([question], _MAY_TAKE_S).not_done:
            self._client.interrupt()
            wait([question])

    def close(self) -> None:
        """Ends the worker; what it is asking is finished first."""
        self._comparing.shutdown()
