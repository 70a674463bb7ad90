"""What takes and keeps papers: the camera over the plate, and the sealed files of this session.

A kept file belongs to nobody until its case is committed. What was not handed in when the session ends goes
with it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from contract.sealing import Sealer
from contract.session import Wiped
from contract.sets import WipedPart, WipeOutcome
from drivers.camera.device import DocumentProblem, Photograph
from drivers.vocabulary import DeviceLost
from foundation.errors import ErrorCode, Errors
from kiosk_app.terminal.answers import AttachmentKept, DocumentTaken
from kiosk_app.terminal.machine import Message
from offline_store.attachments import Attachments, KeptAttachment
from offline_store.errors import StoreError

log = logging.getLogger("dianxiaoer.capture")

_MEDIA_TYPE = "image/jpeg"
Taking = Future[Photograph | DocumentProblem | DeviceLost]


class DocumentCamera(Protocol):
    """The camera over the plate, as far as it is fitted."""

    def look_for_document(self, *, wanted: bool) -> None:
        """Opens the camera for a document, or closes it."""

    def take_document(self) -> Taking | None:
        """The best picture of the document; None where no camera is fitted."""


class CaptureDesk:
    """A :class:`kiosk_app.terminal.desk.CaptureDesk`. Every order is answered exactly once."""

    def __init__(
        self,
        camera: DocumentCamera,
        attachments: Attachments,
        sealer: Sealer,
        post: Callable[[Message], None],
    ) -> None:
        self._camera = camera
        self._attachments = attachments
        self._sealer = sealer
        self._post = post
        self._not_handed_in: set[str] = set()
        self._keeping = ThreadPoolExecutor(1, "desk-keeping")

    def close(self) -> None:
        """Ends the worker; what it is doing is finished first."""
        self._keeping.shutdown()

    def look(self, *, wanted: bool) -> None:
        self._camera.look_for_document(wanted=wanted)

    def take(self, session_id: str) -> None:
        taking = self._camera.take_document()
        if taking is None:
            self._post(DocumentTaken(session_id, b"", error=Errors.CAMERA_LOST))
        else:
            taking.add_done_callback(lambda future: self._post(_taken(session_id, future)))

    def keep(self, session_id: str, picture: bytes, name: str, among: Sequence[KeptAttachment]) -> None:
        def work() -> None:
            kept = self._kept(picture, name, among)
            if isinstance(kept, KeptAttachment):
                self._not_handed_in.add(kept.id)
                self._post(AttachmentKept(session_id, kept, None))
            else:
                self._post(AttachmentKept(session_id, None, kept))

        self._keeping.submit(work)

    def _kept(self, picture: bytes, name: str, among: Sequence[KeptAttachment]) -> KeptAttachment | ErrorCode:
        try:
            return self._attachments.keep(
                [picture], self._sealer, media_type=_MEDIA_TYPE, name=name, among=among
            )
        except StoreError as fault:
            log.error("a paper was not kept: %s", fault.error)
            return fault.error
        except Exception as bug:  # noqa: BLE001  # whoever asked is waiting for an answer
            log.error("a paper was not kept: %s", type(bug).__name__)
            return Errors.STORE_BUSY

    def handed_in(self, attachments: Sequence[KeptAttachment]) -> None:
        """A case with these was committed: from now on they are the outbox's."""
        ids = {kept.id for kept in attachments}
        self._keeping.submit(lambda: self._not_handed_in.difference_update(ids))

    def end_session(self) -> Wiped:
        """Removes what was kept and not handed in; returns when all of it is gone, and says how many."""
        return self._keeping.submit(self._forget).result()

    def _forget(self) -> Wiped:
        count, outcome = len(self._not_handed_in), WipeOutcome.DONE
        for attachment_id in list(self._not_handed_in):
            try:
                self._attachments.forget(attachment_id)
            except StoreError as fault:  # the next start removes it; nobody can read it until then either
                log.error("a paper that was not handed in was not removed: %s", fault.error)
                outcome = WipeOutcome.FAILED
        self._not_handed_in.clear()
        return Wiped(part=WipedPart.ATTACHMENTS, outcome=outcome, count=count)


def _taken(session_id: str, future: Taking) -> DocumentTaken:
    if future.cancelled() or future.exception() is not None:
        return DocumentTaken(session_id, b"", error=Errors.CAMERA_LOST)
    match future.result():
        case Photograph() as photograph:
            return DocumentTaken(session_id, photograph.jpeg)
        case DocumentProblem() as problem:
            return DocumentTaken(session_id, b"", advice=problem.advice.value)
        case lost:
            return DocumentTaken(session_id, b"", error=lost.error)
