"""The room of the scripted desk that takes faces, and what the province says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from contract.answers import CitizenSession as ProvinceSession
from contract.faces import FaceAnswer
from contract.items import ItemBatch, LocalText, Notice
from contract.sets import Assurance, FaceLiveness, FaceOutcome
from foundation.errors import ErrorCode
from kiosk_app.terminal.answers import FaceAnswered
from kiosk_app.terminal.desk import FaceToCompare
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import BatchChanged, CapabilitiesChanged, FaceTaken
from kiosk_app.terminal.views import Screen
from tests.fakes.calls import Call
from tests.fakes.items import a_batch_of, a_form, a_step

if TYPE_CHECKING:
    from tests.fakes.kiosk import Kiosk

WITH_A_FACE = frozenset({"card", "code", "slip", "face"})
CONSENT = Notice(
    version="face-7",
    lines=[LocalText("只比一次。", "Compared once."), LocalText("比完就删。", "Deleted after that.")],
    whole=[LocalText("全文。", "The whole.")],
)
TWICE = a_form(
    "twice",
    a_step("one", "choice"),
    a_step("house", "licence"),
    assurance="card_verified",
    assurance_to_submit="known_twice",
    offline="draft",
)
"""A form that asks for a second proof before it is submitted."""
PICTURE = b"\xff\xd8 a face, planted \xff\xd9"


@dataclass
class ScriptedFaces:
    """Tells the desk what it was asked, by ``asked``; ``open`` is whether the camera is."""

    asked: Callable[[str, str, Any], None]
    open: bool = False

    def look(self, *, wanted: bool) -> None:
        self.open = wanted

    def compare(self, session_id: str, province: ProvinceSession, face: FaceToCompare) -> None:
        self.asked("compare", session_id, face)


def taken(picture: bytes = PICTURE, liveness: FaceLiveness = FaceLiveness.PASSED) -> FaceTaken:
    """The camera has the best picture of one face."""
    return FaceTaken(picture, liveness)


def came_of(call: Call, outcome: FaceOutcome) -> FaceAnswered:
    """The province's word."""
    matched = outcome is FaceOutcome.MATCHED
    assurance = Assurance.FACE_MATCHED if matched else Assurance.CARD_VERIFIED
    return FaceAnswered(call.session_id, FaceAnswer(outcome=outcome, assurance=assurance), None)


def not_compared(call: Call, error: ErrorCode) -> FaceAnswered:
    """Nobody could say, or the province will not."""
    return FaceAnswered(call.session_id, None, error)


def batch_with_consent(consent: Notice | None = CONSENT) -> ItemBatch:
    """A batch of that form, which keeps drafts, with words for the consent to compare a face, or without."""
    batch = a_batch_of(TWICE)
    notice = msgspec.structs.replace(batch.notice, drafts_kept_days=7)
    return msgspec.structs.replace(batch, notice=notice, face_consent=consent)


def face_at(screen: Screen, kiosk: Kiosk) -> Kiosk:
    """As far as the question whether a face may be compared, or the camera."""
    kiosk.says(BatchChanged(batch_with_consent()), CapabilitiesChanged(WITH_A_FACE, demonstration=False))
    kiosk.start_signed_in(TWICE.code)
    kiosk.answer("two", "yes")
    kiosk.tap(Wish.SUBMIT)
    if screen is Screen.FACE:
        kiosk.tap(Wish.AGREE)
    return kiosk
