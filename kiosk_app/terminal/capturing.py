"""Taking a paper under the camera: it is looked for, taken, looked at by the person, and kept sealed.

The camera is open only while such a question stands on the screen and no picture was taken. The picture is
here until the person says that it is the right one; from then on it is sealed, and nobody here sees it again.
"""

from __future__ import annotations

from contract.items import StepWidget
from kiosk_app.matters.answering import AGAIN, TAKE, YES
from kiosk_app.terminal.answers import AttachmentKept, DocumentTaken
from kiosk_app.terminal.messages import CameraAdvised
from kiosk_app.terminal.session import Capture, Matter
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen


class Capturing:
    """The questions that a paper answers."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._looking = False

    def settle(self) -> None:
        """Opens or closes the camera, as the situation is now. To be called after every message."""
        now = self._stage.now
        matter = now.session.matter if now.session is not None else None
        wanted = now.screen is Screen.QUESTION and matter is not None and _looks(matter)
        if wanted is not self._looking:
            self._looking = wanted
            self._stage.desk.capture.look(wanted=wanted)

    def choose(self, matter: Matter, value: str) -> bool:
        """What the person wants; true when the question is answered."""
        capture, desk, session = matter.capture, self._stage.desk.capture, self._stage.session
        if capture is None or capture.busy:
            return False
        is_kept = matter.step.field in matter.attachments
        if value == TAKE and not capture.picture and not is_kept:
            capture.busy = True
            session.errands.send(DocumentTaken, matter, lambda: desk.take(session.session_id))
        elif value == AGAIN:
            matter.forget_paper()
            matter.capture = Capture()
        elif value == YES and capture.picture:
            self._keep(matter, capture)
        return value == YES and is_kept

    def _keep(self, matter: Matter, capture: Capture) -> None:
        session, picture, desk = self._stage.session, capture.picture, self._stage.desk.capture
        name = matter.item.fields[matter.step.field].label.zh
        among = tuple(matter.attachments.values())
        capture.busy = True
        session.errands.send(
            AttachmentKept, matter, lambda: desk.keep(session.session_id, picture, name, among)
        )

    def advised(self, advice: CameraAdvised) -> None:
        """What to do with the paper, while it is looked for."""
        session = self._stage.now.session
        if session is not None and session.matter is not None and session.matter.capture is not None:
            session.matter.capture.advice = advice.words

    def taken(self, answer: DocumentTaken) -> None:
        """There is a picture, which the person now looks at; or there is none, and why."""
        matter = self._stage.session.errands.answered(DocumentTaken)
        if matter is None or matter.capture is None or not matter.capture.busy:
            return
        matter.capture.busy = False
        matter.capture.picture = answer.picture
        if answer.picture:
            self._stage.session.needles.add_picture(answer.picture)
        matter.problem = f"error.{answer.error}" if answer.error is not None else answer.advice

    def kept(self, answer: AttachmentKept) -> bool:
        """True when the picture is kept, sealed, and answers the question that stands there."""
        matter = self._stage.session.errands.answered(AttachmentKept)
        if matter is None or matter.capture is None or not matter.capture.busy:
            return False
        matter.capture = Capture()
        if answer.kept is None:
            matter.problem = f"error.{answer.error}"
            return False
        matter.attachments[matter.step.field] = answer.kept
        matter.answers[matter.step.field] = answer.kept.digest
        return matter is self._stage.session.matter and self._stage.now.screen is Screen.QUESTION


def _looks(matter: Matter) -> bool:
    """Whether the question that stands there still looks for its paper."""
    if matter.capture is None or matter.step.widget is not StepWidget.CAPTURE:
        return False
    return not matter.capture.picture and matter.step.field not in matter.attachments
