"""The sign-in by telephone: a code stands on the screen until somebody has confirmed it, or its time is over.

Nobody has to touch anything here: a code that has expired is replaced while somebody looks at the screen.
"""

from __future__ import annotations

from collections.abc import Callable

from contract.answers import CitizenSession as ProvinceSession
from contract.delegation import HelpAsked
from contract.sets import ChallengeState
from foundation.errors import ErrorCode, Errors
from kiosk_app.terminal.answers import ChallengeMade, SignInAnswered, TelephoneAnswered
from kiosk_app.terminal.session import CitizenSession, Telephone
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen, Way

ASK_AGAIN_AFTER_S = 5.0
"""After a question that nobody answered."""


class TelephoneWay:
    """Keeps a code on the sign-in screen. ``answered`` hears of a session, ``refused`` of a no."""

    def __init__(
        self,
        stage: Stage,
        answered: Callable[[SignInAnswered], None],
        refused: Callable[[ErrorCode, Way], None],
    ) -> None:
        self._stage = stage
        self._answered = answered
        self._refused = refused

    def go_on(self) -> None:
        """Asks what is to be asked now: for a code, or what was done with the one that is shown.

        Asks nothing while another question is under way, or where no telephone is waited for.
        """
        if not self._waited_for():
            return
        telephone, now_s = self._telephone, self._stage.clock.monotonic_s()
        if telephone.asking or now_s < telephone.ask_again_at_s:
            return
        if telephone.challenge is not None and now_s >= telephone.until_s:
            telephone.challenge = None
        telephone.asking = True
        session = self._stage.session
        if telephone.challenge is None:
            helper, asked = _help_in(session)
            self._stage.desk.make_challenge(session.session_id, helper, asked)
        else:
            self._stage.desk.await_telephone(
                session.session_id, telephone.challenge.challenge_id, session.beside
            )

    def made(self, message: ChallengeMade) -> None:
        """A code for the screen, or none for now."""
        telephone = self._telephone
        telephone.asking = False
        telephone.challenge = message.challenge
        if message.challenge is None:
            self._rest()
        else:
            telephone.until_s = self._stage.clock.monotonic_s() + message.challenge.expires_in_s
        self.go_on()

    def heard(self, message: TelephoneAnswered) -> None:
        """What was done on the telephone. Who has gone on by another way meanwhile is not signed in twice."""
        telephone = self._telephone
        telephone.asking = False
        shown = telephone.challenge.challenge_id if telephone.challenge is not None else ""
        if message.challenge_id != shown:  # it was for who signed in before
            if message.session is not None:
                self._stage.desk.sign_out(message.session)
            self.go_on()
            return
        if message.error is Errors.PROOF_OTHER_PERSON:
            telephone.challenge = None
            if self._waited_for():
                self._refused(message.error, Way.TELEPHONE)
        elif message.state is None:
            self._rest()
        elif message.state is not ChallengeState.WAITING:
            telephone.challenge = None
        if message.session is not None and not self._waited_for():
            self._stage.desk.sign_out(message.session)
        elif message.session is not None:
            session_id = self._stage.session.session_id
            self._answered(SignInAnswered(session_id, Way.TELEPHONE, message.session, None))
        elif message.state is ChallengeState.REFUSED and self._waited_for():
            self._refused(Errors.TELEPHONE_REFUSED, Way.TELEPHONE)
        self.go_on()

    @property
    def _telephone(self) -> Telephone:
        return self._stage.session.sign_in.telephone

    def _waited_for(self) -> bool:
        """Whether the code is before somebody, also behind the help, and no other way is being tried."""
        if self._stage.page is not Screen.SIGN_IN or not self._stage.now.connected:
            return False
        session = self._stage.session
        sign_in = session.sign_in
        return not sign_in.working and not sign_in.closed(Way.TELEPHONE) and not session.used(Way.TELEPHONE)

    def _rest(self) -> None:
        self._telephone.ask_again_at_s = self._stage.clock.monotonic_s() + ASK_AGAIN_AFTER_S


def _help_in(session: CitizenSession) -> tuple[ProvinceSession | None, HelpAsked]:
    """Who wants to help whoever confirms, and what is asked; nobody where one signs in for oneself."""
    helped, matter = session.help, session.matter
    if helped is None or helped.helper is None or helped.proof or matter is None:
        return None, HelpAsked()
    return helped.helper.province, HelpAsked(item_code=matter.item.code, relation=helped.relation)
