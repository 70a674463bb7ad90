"""More proof in the middle of a matter: the form stays, and only the person who began goes on."""

from __future__ import annotations

import msgspec
import pytest

from contract.items import Item
from contract.sets import Assurance, ChallengeState
from foundation.errors import Errors
from kiosk_app.terminal.answers import CasesAnswered, LicenceAnswered, SignInAnswered, TelephoneAnswered
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CardGone
from kiosk_app.terminal.views import Connection, Screen, Way
from tests.fakes import desk as answers
from tests.fakes import items, telephone
from tests.fakes.calls import Call
from tests.fakes.faces import TWICE
from tests.fakes.kiosk import Kiosk, secrets_left
from tests.fakes.people import a_citizen, another_citizen
from tests.fakes.proofs import proved

SESSION_VALID_S = 901


def batch_with(item: Item) -> Kiosk:
    batch = items.a_batch_of(item)
    notice = msgspec.structs.replace(batch.notice, drafts_kept_days=7)
    kiosk = Kiosk(msgspec.structs.replace(batch, notice=notice))
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [proved(call, Assurance.KNOWN_TWICE)]
    kiosk.desk.answers["make_challenge"] = lambda call: [telephone.challenge_made(call)]
    return kiosk


def filled_in(item: Item = TWICE) -> Kiosk:
    """Signed in by card, everything answered, at the check page."""
    kiosk = batch_with(item)
    kiosk.start_signed_in(item.code)
    kiosk.says(CardGone())
    kiosk.answer("two", "yes")
    assert kiosk.shows(Screen.CHECK)
    return kiosk


def asked_for_more() -> Kiosk:
    kiosk = filled_in()
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.asked == "twice"
    return kiosk


def rows(kiosk: Kiosk) -> list[str]:
    return [row.value for row in kiosk.check.rows]


def test_before_submitting_she_confirms_by_telephone_too_and_finds_her_form_as_it_was() -> None:
    kiosk = filled_in()
    before = rows(kiosk)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.sign_in.card == "used"
    assert kiosk.sign_in.advice == kiosk.say("sign_in.twice_by_telephone")
    assert kiosk.situation.session is not None
    first = kiosk.situation.session.province
    kiosk.show_code()
    assert kiosk.desk.beside is first, "the province adds the second proof to the first"
    assert rows(kiosk) == before
    assert [call.what for call in kiosk.desk.named("sign_out")] == [first]
    assert not kiosk.desk.named("submit"), "nothing is handed in that she did not press"
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.tone == "done"
    handed = kiosk.desk.last("submit").what.signed_in
    assert handed.assurance is Assurance.KNOWN_TWICE
    assert handed.sam_number, "that a card was read is still known"


def test_who_signed_in_with_the_telephone_lays_her_card_down() -> None:
    kiosk = batch_with(TWICE)
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [answers.signed_in(call)]
    kiosk.start(TWICE.code)
    kiosk.show_code()
    kiosk.answer("two", "yes")
    kiosk.tap(Wish.SUBMIT)
    assert (kiosk.sign_in.card, kiosk.sign_in.code, kiosk.sign_in.telephone) == ("waiting", "used", "used")
    assert kiosk.sign_in.telephone_code == ""
    assert kiosk.sign_in.advice == kiosk.say("sign_in.twice_by_card")
    challenges = len(kiosk.desk.named("make_challenge"))
    kiosk.wait(10)
    assert len(kiosk.desk.named("make_challenge")) == challenges
    kiosk.desk.answers["sign_in_by_card"] = lambda call: [proved(call, Assurance.KNOWN_TWICE)]
    kiosk.lay_card()
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.tone == "done"


def test_the_same_card_once_more_is_no_second_proof() -> None:
    kiosk = asked_for_more()
    asked = len(kiosk.desk.named("sign_in_by_card"))
    kiosk.lay_card()
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROOF_SAME_WAY)
    assert len(kiosk.desk.named("sign_in_by_card")) == asked


def test_a_province_that_gives_no_more_than_before_is_no_second_proof_either() -> None:
    kiosk = asked_for_more()
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [proved(call, Assurance.CARD_VERIFIED)]
    kiosk.show_code()
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.error_code == Errors.SIGN_IN_REFUSED.code
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.SUBMIT)
    assert not kiosk.desk.named("submit")


@pytest.mark.parametrize("way", [Way.CARD, Way.CODE, Way.TELEPHONE], ids=lambda way: way.value)
def test_somebody_else_is_refused_and_neither_sees_anything_of_the_other(way: Way) -> None:
    kiosk = asked_for_more()
    stranger = answers.a_province_session(another_citizen(), number=77)
    assert kiosk.situation.session is not None
    first = kiosk.situation.session.province
    if way is Way.CARD:
        kiosk.lay_card(another_citizen())
    elif way is Way.CODE:
        kiosk.desk.answers["sign_in_by_code"] = lambda call: [
            SignInAnswered(call.session_id, Way.CODE, stranger, None)
        ]
        kiosk.show_code()
    else:
        call = kiosk.desk.last("await_telephone")
        kiosk.says(TelephoneAnswered(call.session_id, call.what, ChallengeState.CONFIRMED, stranger))
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROOF_OTHER_PERSON)
    assert kiosk.situation.session.province is first
    assert kiosk.view.top.signed_in_as == "欧***"
    if way is not Way.CARD:
        assert [call.what for call in kiosk.desk.named("sign_out")] == [stranger]
    assert another_citizen().number in kiosk.needles[0].noted, "the wipe looks for her too"
    kiosk.tap(Wish.BACK)
    assert len(rows(kiosk)) == 2
    kiosk.tap(Wish.SUBMIT)
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [proved(call, Assurance.KNOWN_TWICE)]
    kiosk.show_code()
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.signed_in.identity == a_citizen()


def test_a_telephone_of_somebody_else_is_refused_by_the_province_and_gets_a_new_code() -> None:
    kiosk = asked_for_more()
    kiosk.wait(1)
    call = kiosk.desk.last("await_telephone")
    kiosk.says(TelephoneAnswered(call.session_id, call.what, None, error=Errors.PROOF_OTHER_PERSON))
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROOF_OTHER_PERSON)
    assert len(kiosk.desk.named("make_challenge")) == 2


def test_who_cannot_prove_it_here_goes_to_a_window_and_finds_what_she_filled_in() -> None:
    kiosk = asked_for_more()
    assert kiosk.sign_in.window_offered
    kiosk.tap(Wish.OTHER_WAY)
    assert kiosk.result.tone == "attention"
    assert kiosk.result.explanation == kiosk.say("result.to_the_window", day="11月28日（星期六）")
    assert not kiosk.desk.named("forget_draft")
    kiosk.tap(Wish.RETRY)
    assert len(rows(kiosk)) == 2


def test_while_the_province_is_away_the_form_is_kept_and_says_so() -> None:
    kiosk = filled_in()
    kiosk.connection(Connection.OFFLINE)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.explanation == kiosk.say("result.draft_kept", day="11月28日（星期六）")


def test_the_line_breaks_while_she_confirms_and_nothing_is_lost() -> None:
    kiosk = asked_for_more()
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [
        answers.not_signed_in(call, Errors.PROVINCE_UNREACHABLE)
    ]
    kiosk.show_code()
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROVINCE_UNREACHABLE)
    kiosk.connection(Connection.OFFLINE)
    kiosk.tap(Wish.BACK)
    assert len(rows(kiosk)) == 2


def test_a_card_while_the_line_is_down_does_not_begin_the_matter_anew() -> None:
    kiosk = batch_with(TWICE)
    kiosk.desk.answers["sign_in_by_code"] = lambda call: [answers.signed_in(call)]
    kiosk.start(TWICE.code)
    kiosk.show_code()
    kiosk.answer("two", "yes")
    kiosk.tap(Wish.SUBMIT)
    kiosk.connection(Connection.OFFLINE)
    kiosk.lay_card()
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROVINCE_UNREACHABLE)
    kiosk.tap(Wish.BACK)
    assert len(rows(kiosk)) == 2


def test_a_sign_in_that_ends_while_she_fills_in_is_renewed_before_anything_is_submitted() -> None:
    plain = items.a_form("plain", items.a_step("one", "choice"), items.a_step("house", "licence"))
    kiosk = filled_in(plain)
    kiosk.clock.advance(SESSION_VALID_S)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.sign_in.asked == "again"
    assert kiosk.sign_in.card == "waiting"
    assert not kiosk.sign_in.window_offered
    assert kiosk.sign_in.advice == kiosk.say("sign_in.again")
    kiosk.lay_card()
    assert kiosk.desk.beside is None
    assert len(rows(kiosk)) == 2
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.tone == "done"


def test_a_licence_that_finds_the_sign_in_ended_is_asked_for_again_after_it_was_renewed() -> None:
    kiosk = batch_with(TWICE)
    ended = [LicenceAnswered("", None, Errors.SIGN_IN_EXPIRED)]
    kiosk.desk.answers["fetch_licence"] = lambda call: [
        LicenceAnswered(call.session_id, None, ended.pop().error) if ended else answers.licence_found(call)
    ]
    kiosk.start_signed_in(TWICE.code)
    kiosk.says(CardGone())
    kiosk.answer("two")
    assert kiosk.sign_in.asked == "again"
    kiosk.lay_card()
    assert kiosk.shows(Screen.QUESTION)
    assert kiosk.question.step == 2
    kiosk.answer("yes")
    assert rows(kiosk)[0] == "two"


def test_own_cases_that_find_the_sign_in_ended_are_asked_for_again() -> None:
    kiosk = Kiosk()
    ended = [True]

    def cases(call: Call) -> list[CasesAnswered]:
        return [answers.no_cases(call, Errors.SIGN_IN_EXPIRED) if ended.pop() else answers.cases_found(call)]

    kiosk.desk.answers["list_cases"] = lambda call: [*cases(call)]
    kiosk.start_signed_in("my-cases")
    assert kiosk.sign_in.asked == "again"
    ended.append(False)
    kiosk.says(CardGone())
    kiosk.lay_card()
    assert len(kiosk.question.options) == 2


def test_nothing_of_what_was_asked_stays_after_the_end() -> None:
    kiosk = asked_for_more()
    kiosk.lay_card(another_citizen())
    kiosk.tap(Wish.END)
    assert secrets_left(kiosk) == set()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"assurance_to_submit": "face_matched"}, "nobody has to show her face"),
        ({"assurance": "known_twice"}, "who begins it signs in"),
        ({"assurance": "anonymous", "assurance_to_submit": "known_twice"}, "nobody signs in"),
        ({"assurance_to_submit": "known_twice", "offline": "submit", "deadline_days": 3}, "offline a card"),
    ],
)
def test_no_item_demands_a_face_or_more_than_can_be_asked(more: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        items.a_batch_of(items.a_form("bad", items.a_step("one", "choice"), **more))
