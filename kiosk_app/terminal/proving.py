"""More proof in the middle of a matter: the form stays, and the person goes on where she was.

Whoever proves herself is the person who signed in. Another one is refused in words: her session is ended at
the province, and neither of the two is shown anything of the other.
"""

from __future__ import annotations

from contract.items import StepWidget
from contract.operations import FACE_COMPARE
from contract.sets import reaches
from foundation.clock import in_china
from foundation.errors import ErrorCode, Errors
from foundation.identity_numbers import AGREES_FROM_YEARS, age_on, citizen_birth_date
from kiosk_app.terminal.closing import Closing
from kiosk_app.terminal.proof import Facing, Proof, Why, same_thing
from kiosk_app.terminal.readiness import FACE
from kiosk_app.terminal.session import Matter, SignedIn
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen, Way

_GROWN_UP_YEARS = 18


class Proving:
    """The part of the conversation that asks a signed-in person for more."""

    def __init__(self, stage: Stage, closing: Closing) -> None:
        self._stage = stage
        self._closing = closing

    def holds_up(self, matter: Matter) -> bool:
        """Whether more is to be proved before ``matter`` is handed in; then that is asked for now.

        Without the province nothing can be proved: what becomes of the matter then is not for here to say.
        """
        signed_in = self._stage.session.signed_in
        if signed_in is None or signed_in.province is None or not self._stage.now.connected:
            return False
        if self._stage.clock.monotonic_s() >= signed_in.good_until_s:
            self.ask(Why.AGAIN, Screen.CHECK)
        elif not reaches(signed_in.assurance, matter.item.assurance_to_submit):
            self._ask_for_more(signed_in, Screen.CHECK)
        else:
            return False
        return True

    def _ask_for_more(self, signed_in: SignedIn, back_to: Screen) -> None:
        """Asks whether her face may be compared, where that can be done; otherwise for another way."""
        session = self._stage.session
        if not _faces_compared(self._stage.now) or not session.face.may_be_tried or session.help is not None:
            self.ask_without_face(back_to)
            return
        session.proof = Proof(Why.TWICE, back_to, under_age=self._is_child(signed_in))
        session.whole_notice = False
        self._stage.arrive(Screen.FACE_CONSENT)

    def ask_without_face(self, back_to: Screen) -> None:
        """Asks for the second way that needs no face."""
        self.ask(Why.TWICE, back_to)

    def ask(self, why: Why, back_to: Screen) -> None:
        """Asks who she is once more; ``back_to`` is where she goes on then, or when she goes back."""
        session = self._stage.session
        session.proof = Proof(why, back_to)
        session.card = None
        session.sign_in.wait()
        self._stage.arrive(Screen.SIGN_IN)

    def ask_at(self, matter: Matter, widget: StepWidget) -> None:
        """Her sign-in has ended: she renews it, if the question that found that out is still before her."""
        if matter is not self._stage.session.matter or self._stage.page is not Screen.QUESTION:
            return
        if matter.draft is None and matter.step.widget is widget:
            self.ask(Why.AGAIN, Screen.QUESTION)

    def objection(self, number: str, way: Way) -> ErrorCode | None:
        """What speaks against proof of this person in this way, before or after the province was asked."""
        session = self._stage.session
        proof, signed_in = session.proof, session.signed_in
        if proof is None or signed_in is None:
            return None
        if proof.why is Why.GUARDIAN:
            own = number == signed_in.identity.number
            return Errors.FACE_GUARDIAN_NEEDED if own or self._age(number) < _GROWN_UP_YEARS else None
        if number != signed_in.identity.number:
            return Errors.PROOF_OTHER_PERSON
        if proof.why is Why.TWICE and same_thing(way, signed_in.way):
            return Errors.PROOF_SAME_WAY
        return None

    def accept(self, fresh: SignedIn, matter: Matter) -> Screen | ErrorCode:
        """The province knows her by ``fresh``: where she goes on, or why that is not enough."""
        session = self._stage.session
        proof, known = session.proof, session.signed_in
        if proof is None or known is None:
            raise RuntimeError("nothing more was asked of anybody")
        objection = self.objection(fresh.identity.number, fresh.way)
        if objection is not None:
            return objection
        if proof.why is Why.GUARDIAN:
            session.face.guardian, session.face.standing, session.face.advice = (
                fresh.province,
                Facing.LOOKING,
                "",
            )
            proof.why = Why.TWICE
            return Screen.FACE
        needed = matter.item.assurance_to_submit if proof.why is Why.TWICE else matter.item.assurance
        if not reaches(fresh.assurance, needed):
            return Errors.SIGN_IN_REFUSED
        fresh.applied = known.applied
        fresh.sam_number = fresh.sam_number or known.sam_number
        fresh.read_at = fresh.read_at or known.read_at
        session.signed_in, session.proof = fresh, None
        return proof.back_to

    def leave(self) -> Screen:
        """She does not prove more now; where she was."""
        session = self._stage.session
        proof, session.proof = session.proof, None
        if proof is None:
            raise RuntimeError("nothing more was asked of anybody")
        return proof.back_to

    def to_the_window(self) -> None:
        """She cannot, or does not want to, prove it here: what was filled in stays, and a window goes on."""
        if self._stage.session.proof is not None:
            self.leave()
            self._closing.fail(Errors.PROOF_ELSEWHERE)

    def _is_child(self, signed_in: SignedIn) -> bool:
        return self._age(signed_in.identity.number) < AGREES_FROM_YEARS

    def _age(self, number: str) -> int:
        """By the identity number and the platform's clock; 0 where the number says no day of birth."""
        birth = citizen_birth_date(number)
        return age_on(birth, in_china(self._stage.clock.utc_now()).date()) if birth is not None else 0


def _faces_compared(now: Situation) -> bool:
    """Whether a face can be compared: the province has words for the consent and answers, a camera sees."""
    consent = now.batch.face_consent if now.batch is not None else None
    return consent is not None and FACE in now.capabilities and FACE_COMPARE.name not in now.left_alone
