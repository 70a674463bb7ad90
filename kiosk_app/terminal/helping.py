"""帮办: somebody does a matter for somebody else, who is there too or confirms with her own phone.

The helper signs in, then the person; then she is asked on a page of her own, once, and the province looks
into its record. From there on the matter is hers, and who helps is named beside her. Both are known to the
province, so nothing of this begins offline.
"""

from __future__ import annotations

from collections.abc import Callable

from contract.answers import Identity
from contract.sets import Assurance, reaches
from foundation.errors import ErrorCode, Errors, NextStep
from kiosk_app.terminal.answers import DelegationAnswered
from kiosk_app.terminal.session import Help, SignedIn
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.stage import Stage
from kiosk_app.terminal.views import Screen, Way


def may_be_helped(now: Situation) -> bool:
    """Whether the matter of the guide can be begun for somebody else now."""
    item = now.guide_item
    return item is not None and bool(item.for_others) and now.connected and now.readiness_of(item).can_start


class Helping:
    """The part of the conversation between the choice of a relation and the person's agreement.

    ``ask_who`` shows the sign-in page, ``begin`` asks the first question, ``trouble`` says on the sign-in
    page what is wrong with a way.
    """

    def __init__(
        self,
        stage: Stage,
        ask_who: Callable[[], None],
        begin: Callable[[], None],
        trouble: Callable[[ErrorCode, Way], None],
    ) -> None:
        self._stage = stage
        self._ask_who = ask_who
        self._begin = begin
        self._trouble = trouble

    def offer(self) -> None:
        """Asks in which relation somebody helps."""
        if may_be_helped(self._stage.now):
            self._stage.go(Screen.HELPING)

    def begin_as(self, relation: str) -> bool:
        """From now on somebody helps; false for a relation that this matter does not allow."""
        item = self._stage.now.guide_item
        for each in item.for_others if item is not None else ():
            if each.value == relation:
                self.part()
                self._stage.session.help = Help(each)
                return True
        return False

    def part(self) -> None:
        """Nobody is helped any more; the person's session with the province ends.

        After her agreement the helper's ends with it, and who helped signs in again for anything else.
        """
        session = self._stage.session
        ended, session.help = session.help, None
        if ended is None:
            return
        person = session.signed_in if ended.proof else ended.person
        if person is not None and person.province is not None:
            self._stage.desk.sign_out(person.province)
        session.signed_in = None if ended.proof else ended.helper

    def go_on(self) -> None:
        """After the notice: whoever has not signed in yet is asked to."""
        session, helped = self._stage.session, self._helped
        known = session.signed_in
        if helped.helper is None and known is not None and self._is_verified(known):
            helped.helper = known
        self._ask_who()

    def is_helper(self, identity: Identity) -> bool:
        """Whether this is the helper, in the place of the person."""
        helped = self._stage.session.help
        helper = helped.helper if helped is not None else None
        return helper is not None and helper.identity.number == identity.number

    def take(self, signed_in: SignedIn) -> None:
        """The province knows who has signed in: first who helps, then the person."""
        session, helped = self._stage.session, self._helped
        if self.is_helper(signed_in.identity):
            self._trouble(Errors.SAME_PERSON, signed_in.way)
        elif not self._is_verified(signed_in):
            self._trouble(Errors.PROVINCE_UNREACHABLE, signed_in.way)
        elif helped.helper is None:
            session.signed_in = helped.helper = signed_in
            session.sign_in.telephone.challenge = None  # the next code on the screen is for the person
            self._ask_who()
        else:
            helped.person = signed_in
            self._stage.arrive(Screen.AGREEMENT)

    def agree(self) -> None:
        """The person agrees: the province notes it, where its record knows the two."""
        helped, session = self._helped, self._stage.session
        helper, person = helped.helper, helped.person
        if helped.working or not helped.can_agree or helper is None or person is None:
            return
        if helper.province is None or person.province is None:
            raise RuntimeError("both have signed in with the province")
        helped.working, helped.problem = True, None
        self._stage.desk.delegate(
            session.session_id,
            helper.province,
            person.province,
            helped.relation,
            self._stage.matter.item.code,
            self._stage.time(),
        )

    def answered(self, answer: DelegationAnswered) -> None:
        """The matter is the person's from here on; or it is not, and the page says why."""
        helped = self._stage.session.help
        if helped is None or not helped.working or helped.person is None:
            return
        helped.working = False
        if answer.delegation is None:
            helped.problem = answer.error or Errors.PROVINCE_UNREACHABLE
            helped.can_agree = helped.problem.next_step is NextStep.RETRY
            return
        helped.proof = answer.delegation.delegation_id
        self._stage.session.signed_in = helped.person
        self._begin()

    @property
    def _helped(self) -> Help:
        helped = self._stage.session.help
        if helped is None:
            raise RuntimeError("nobody is being helped")
        return helped

    def _is_verified(self, signed_in: SignedIn) -> bool:
        if signed_in.province is None or not reaches(signed_in.assurance, Assurance.CARD_VERIFIED):
            return False
        return self._stage.clock.monotonic_s() < signed_in.good_until_s
