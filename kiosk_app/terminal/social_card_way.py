"""The sign-in with a social-security card: what it says is kept until a second thing has shown whose it is.

The card proves nothing by itself, so it signs nobody in. Whoever signs in by any other way after it was read
has to be the person on it, and that only the province can say.
"""

from __future__ import annotations

from collections.abc import Callable

from foundation.errors import ErrorCode, Errors
from kiosk_app.terminal.answers import SignInAnswered, SocialCardCompared
from kiosk_app.terminal.messages import SocialCardReading
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Way


class SocialCardWay:
    """Stands before the other ways. ``answered`` hears of a session that is of the same person, ``refused``
    of everything that is wrong with the card."""

    def __init__(
        self,
        stage: Stage,
        answered: Callable[[SignInAnswered], None],
        refused: Callable[[ErrorCode, Way], None],
    ) -> None:
        self._stage = stage
        self._answered = answered
        self._refused = refused

    def read(self, reading: SocialCardReading) -> None:
        """It is kept, and the second thing asked for. Without the province nobody can compare."""
        session = self._stage.session
        if session.sign_in.closed(Way.SOCIAL_CARD):
            return
        holder = reading.holder
        session.note(holder.name, holder.number, holder.card_number)
        if not self._stage.now.connected:
            self._refused(Errors.PROVINCE_UNREACHABLE, Way.SOCIAL_CARD)
            return
        session.sign_in.wait()
        session.sign_in.social_card = holder

    def compares(self, answer: SignInAnswered) -> bool:
        """Whether the province is asked about the card before this session is believed."""
        sign_in = self._stage.session.sign_in
        if sign_in.social_card is None or answer.session is None:
            return False
        sign_in.work(answer.way, "sign_in.asking_province")
        self._stage.desk.compare_social_card(answer, answer.session, sign_in.social_card)
        return True

    def compared(self, message: SocialCardCompared) -> None:
        """The same person is signed in. With another one, or when nobody knows, nobody is."""
        session = self._stage.session
        session.sign_in.social_card = None
        if message.error is None:
            self._answered(message.answer)
            return
        session.sign_in.wait()
        if message.session is not None:
            self._stage.desk.sign_out(message.session)
        self._refused(message.error, Way.SOCIAL_CARD)
