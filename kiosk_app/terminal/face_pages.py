"""The pages about a person's face: the consent, and the camera with its advice."""

from __future__ import annotations

from contract.faces import FACE_TRIES
from foundation.errors import Errors
from kiosk_app.terminal.consent_views import FaceConsentView
from kiosk_app.terminal.face_views import FaceView
from kiosk_app.terminal.proof import Facing
from kiosk_app.terminal.readiness import FACE
from kiosk_app.terminal.session import CitizenSession
from kiosk_app.terminal.situation import Situation
from words import Words


def face_consent_page(now: Situation, words: Words) -> FaceConsentView:
    """Draws it; without the province's words for it nobody is asked."""
    session = _session(now)
    consent = now.batch.face_consent if now.batch is not None else None
    if consent is None:
        raise RuntimeError("the province has no words for this consent")
    return FaceConsentView(
        matter=_title(session, words),
        lines=tuple(line.read(words.language) for line in consent.lines),
        whole=tuple(paragraph.read(words.language) for paragraph in consent.whole),
        version=consent.version,
        whole_shown=session.whole_notice,
        guardian=words.say("face.guardian") if session.proof is not None and session.proof.under_age else "",
    )


def face_page(now: Situation, words: Words) -> FaceView:
    """Draws it. A camera that is not there, or sees nothing, leads to the other ways."""
    session = _session(now)
    face = session.face
    looking = face.standing is Facing.LOOKING
    seen = FACE in now.capabilities
    if looking and not seen:
        advice = "face.no_camera"
    elif looking:
        advice = face.advice or "camera.no_face"
    elif face.error:
        advice = f"error.{face.error}"
    elif face.tries >= FACE_TRIES:
        advice = f"error.{Errors.FACE_TRIES_USED}"
    else:
        advice = f"face.{face.standing.value}"
    working = face.standing is Facing.COMPARING
    return FaceView(
        matter=_title(session, words),
        advice=words.say(advice),
        lamp=words.say("camera.lamp") if looking and seen else "",
        is_problem=not working and not (looking and seen),
        working=working,
        can_retry=not looking and not working and seen and face.may_be_tried,
    )


def _session(now: Situation) -> CitizenSession:
    if now.session is None or now.session.matter is None:
        raise RuntimeError("a face is compared for a matter")
    return now.session


def _title(session: CitizenSession, words: Words) -> str:
    return session.matter.item.title.read(words.language) if session.matter is not None else ""
