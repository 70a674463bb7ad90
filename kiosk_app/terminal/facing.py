"""Comparing a face at the province: consent by itself, the camera, three tries, and always the equal way.

The camera is open only while the page of it stands there and nothing is being compared. A picture passes
through here: it is noted for the wipe and handed on to be sealed, and nothing keeps it.
"""

from __future__ import annotations

import msgspec

from contract.sets import FaceConsent, FaceOutcome
from foundation.errors import Errors
from kiosk_app.terminal.answers import FaceAnswered
from kiosk_app.terminal.desk import FaceToCompare
from kiosk_app.terminal.messages import CameraAdvised, FaceTaken
from kiosk_app.terminal.proof import Face, Facing, Why
from kiosk_app.terminal.proving import Proving
from kiosk_app.terminal.session import SignedIn
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen

_CAME_OF = {
    FaceOutcome.NOT_MATCHED: Facing.NOT_MATCHED,
    FaceOutcome.NOT_LIVE: Facing.NOT_LIVE,
    FaceOutcome.UNAVAILABLE: Facing.UNAVAILABLE,
}


class FaceRoom:
    """The part of the conversation about a person's face."""

    def __init__(self, stage: Stage, proving: Proving) -> None:
        self._stage = stage
        self._proving = proving
        self._looking = False

    def settle(self) -> None:
        """Opens or closes the camera, as the situation is now. To be called after every message."""
        now = self._stage.now
        wanted = (
            now.screen is Screen.FACE
            and now.session is not None
            and now.session.face.standing is Facing.LOOKING
        )
        if wanted is not self._looking:
            self._looking = wanted
            self._stage.desk.face.look(wanted=wanted)

    def agree(self) -> None:
        """She agrees, this once; for somebody under 14 her guardian has to agree as well."""
        consent = self._stage.now.batch.face_consent if self._stage.now.batch is not None else None
        face, proof = self._face, self._stage.session.proof
        if consent is None or proof is None:
            return
        face.consent, face.consent_version = FaceConsent.GIVEN, consent.version
        if proof.under_age and face.guardian is None:
            self._proving.ask(Why.GUARDIAN, proof.back_to)
        else:
            self._look()

    def toggle_whole(self) -> None:
        """Shows the whole of what is asked, or its three lines again."""
        session = self._stage.session
        session.whole_notice = not session.whole_notice
        self._stage.go(Screen.FACE_CONSENT, forward=session.whole_notice)

    def refuse(self) -> None:
        """She does not want it, and need not say why: the equal way is the next page."""
        consent = self._stage.now.batch.face_consent if self._stage.now.batch is not None else None
        self._face.consent = FaceConsent.REFUSED
        self._face.consent_version = consent.version if consent is not None else ""
        self.other_way()

    def other_way(self) -> None:
        """On to the ways without a face; what was agreed to before stays said."""
        proof = self._stage.session.proof
        if proof is not None:
            self._proving.ask_without_face(proof.back_to)

    def again(self) -> None:
        """Another try, as long as there is one."""
        waits = self._face.standing in (Facing.LOOKING, Facing.COMPARING)
        if not waits and self._face.may_be_tried:
            self._look()

    def _look(self) -> None:
        self._face.standing, self._face.advice = Facing.LOOKING, ""
        self._stage.go(Screen.FACE)

    def advised(self, advice: CameraAdvised) -> None:
        """What to do so that the face is well seen."""
        if self._looking:
            self._face.advice = advice.words

    def taken(self, message: FaceTaken) -> None:
        """A picture: it goes to the province at once, sealed."""
        session = self._stage.now.session
        if session is None or not self._looking:
            return
        session.needles.add_picture(message.picture)
        province = session.province
        if province is None or not self._stage.now.connected:
            session.face.standing = Facing.UNAVAILABLE
            return
        session.face.standing = Facing.COMPARING
        guardian = session.face.guardian.token if session.face.guardian is not None else ""
        self._stage.desk.face.compare(
            session.session_id,
            province,
            FaceToCompare(message.picture, message.liveness, session.face.consent_version, guardian),
        )

    def answered(self, answer: FaceAnswered) -> None:
        """The province's word. A matched face counts, also when she has left its page meanwhile."""
        session, face = self._stage.session, self._face
        came = answer.answer
        if came is not None and came.outcome is FaceOutcome.MATCHED and session.signed_in is not None:
            self._matched(session.signed_in, answer)
        elif answer.error is Errors.SIGN_IN_EXPIRED and session.proof is not None:
            self._proving.ask(Why.AGAIN, session.proof.back_to)
        elif came is None:
            face.standing = Facing.UNAVAILABLE
            refused = answer.error in (Errors.FACE_GUARDIAN_NEEDED, Errors.FACE_TRIES_USED)
            face.error = answer.error.code if answer.error is not None and refused else ""
        else:
            face.standing = _CAME_OF[came.outcome]
            face.tries += came.outcome is not FaceOutcome.UNAVAILABLE

    def _matched(self, signed_in: SignedIn, answer: FaceAnswered) -> None:
        session = self._stage.session
        if answer.answer is not None and signed_in.province is not None:
            signed_in.assurance = answer.answer.assurance
            signed_in.province = msgspec.structs.replace(
                signed_in.province, assurance=answer.answer.assurance
            )
        if session.face.guardian is not None:
            self._stage.desk.sign_out(session.face.guardian)
            session.face.guardian = None
        if session.proof is not None and session.proof.why is Why.TWICE:
            self._stage.arrive(self._proving.leave())

    @property
    def _face(self) -> Face:
        return self._stage.session.face
