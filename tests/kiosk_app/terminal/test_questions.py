"""One question at a time, licences, and the page that shows all answers before anything is submitted."""

from __future__ import annotations

import msgspec
import pytest

from contract.items import Item
from foundation.errors import Errors
from kiosk_app.matters.answering import AUTHORITY_CHECKS, NO, YES
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import BatchChanged
from kiosk_app.terminal.views import Connection, Screen
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.kiosk import Kiosk
from tests.fakes.people import MOBILE, OTHER_MOBILE, a_citizen


def kiosk_with(*steps: dict[str, object], **more: object) -> Kiosk:
    """At the first question of a form with these steps."""
    kiosk = Kiosk(items.a_batch_of(items.a_form("form", *steps, **more)))
    kiosk.start_signed_in("form")
    return kiosk


def test_a_choice_goes_on_by_itself_and_can_be_gone_back_to() -> None:
    kiosk = kiosk_with(items.a_step("first", "choice"), items.a_step("second", "choice"))
    assert not kiosk.question.can_go_on
    kiosk.tap(Wish.GO_ON)
    assert kiosk.question.problem == kiosk.say("question.choose_one")
    kiosk.tap(Wish.CHOOSE, "no such option")
    assert kiosk.question.step == 1
    kiosk.tap(Wish.CHOOSE, "two")
    assert (kiosk.question.step, kiosk.question.steps) == (2, 2)
    kiosk.tap(Wish.BACK)
    assert [option.value for option in kiosk.question.options if option.chosen] == ["two"]
    assert not kiosk.view.forward
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.GUIDE)


def test_several_can_be_chosen_and_taken_back() -> None:
    kiosk = kiosk_with(items.a_step("things", "several"), items.a_step("rest", "several", optional=True))
    for value in ("one", "two", "one"):
        kiosk.tap(Wish.CHOOSE, value)
    assert [option.value for option in kiosk.question.options if option.chosen] == ["two"]
    kiosk.tap(Wish.CHOOSE, "two")
    kiosk.tap(Wish.GO_ON)
    assert kiosk.question.problem == kiosk.say("question.choose_one")
    kiosk.answer("one")
    kiosk.tap(Wish.CHOOSE, "two")
    kiosk.tap(Wish.CHOOSE, "two")
    kiosk.tap(Wish.GO_ON)
    assert [row.value for row in kiosk.check.rows] == ["one", kiosk.say("check.not_answered")]
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.answers == {"things": ["one"]}


def test_several_answers_are_joined_as_each_language_joins_them() -> None:
    kiosk = kiosk_with(items.a_step("things", "several"))
    kiosk.tap(Wish.CHOOSE, "one")
    kiosk.answer("two")
    assert kiosk.check.rows[0].value == "one、two"
    kiosk.tap(Wish.LANGUAGE)
    assert kiosk.check.rows[0].value == "one, two"


def test_the_pad_takes_what_fits_and_nothing_else() -> None:
    kiosk = kiosk_with(items.a_step("number", "digits", format="identity_number", allow_x=True))
    for key in ("1", "a", "12", "", "九", "²", "X", "1" * 10_000):
        kiosk.tap(Wish.KEY, key)
    assert kiosk.question.typed == "1"
    kiosk.tap(Wish.KEY, "clear")
    kiosk.enter("11010519491231002")
    kiosk.tap(Wish.KEY, "X")
    kiosk.enter("123")
    assert kiosk.question.typed == "11010519491231002X"
    kiosk.tap(Wish.KEY, "delete")
    assert kiosk.question.typed == "11010519491231002"
    kiosk.tap(Wish.GO_ON)
    assert kiosk.question.problem == kiosk.say("question.not_an_identity_number")
    kiosk.tap(Wish.KEY, "X")
    assert kiosk.question.problem == "", "typing on clears what was said about it"
    kiosk.tap(Wish.GO_ON)
    assert kiosk.check.rows[0].value == "1101**********002X"
    assert "11010519491231002X" in kiosk.needles[0].noted


@pytest.mark.parametrize("typed", ["1", "12871234567", "1387123456", "0"])
def test_what_is_no_mobile_number_gets_a_sentence(typed: str) -> None:
    kiosk = kiosk_with(items.a_step("mobile", "digits", format="mobile", maximum_length=11))
    kiosk.tap(Wish.GO_ON)
    assert kiosk.question.problem == kiosk.say("question.type_something")
    kiosk.enter(typed)
    kiosk.tap(Wish.GO_ON)
    assert kiosk.question.problem == kiosk.say("question.not_a_mobile_number")
    assert kiosk.question.typed == typed, "what was typed stays, to be put right"


@pytest.mark.parametrize("typed", ["2026", "20260230", "20261301", "00000101"])
def test_what_is_no_day_gets_a_sentence(typed: str) -> None:
    kiosk = kiosk_with(items.a_step("day", "date"))
    kiosk.enter(typed)
    kiosk.tap(Wish.GO_ON)
    assert kiosk.question.problem == kiosk.say("question.not_a_date")


def test_a_day_goes_over_the_wire_and_comes_back_as_figures() -> None:
    kiosk = kiosk_with(items.a_step("day", "date"))
    kiosk.answer("202402291")
    assert kiosk.check.rows[0].value == "2024-02-29"
    kiosk.tap(Wish.CHANGE, "day")
    assert kiosk.question.typed == "20240229"


def test_an_optional_number_may_be_left_out_by_either_button() -> None:
    for wish in (Wish.SKIP, Wish.GO_ON):
        kiosk = kiosk_with(
            items.a_step("mobile", "digits", format="mobile", maximum_length=11, optional=True)
        )
        kiosk.tap(wish)
        assert [row.value for row in kiosk.check.rows] == [kiosk.say("check.not_answered")]
        kiosk.tap(Wish.CHANGE, "mobile")
        kiosk.answer(MOBILE)
        kiosk.tap(Wish.CHANGE, "mobile")
        kiosk.tap(Wish.KEY, "clear")
        kiosk.tap(wish)
        kiosk.tap(Wish.SUBMIT)
        assert kiosk.desk.last("submit").what.answers == {}


def test_a_question_that_must_be_answered_cannot_be_skipped() -> None:
    kiosk = kiosk_with(items.a_step("first", "choice"))
    kiosk.tap(Wish.SKIP)
    assert kiosk.shows(Screen.QUESTION)


# Facts of the identity


def test_a_fact_from_the_card_is_shown_masked_with_its_source_and_confirmed() -> None:
    kiosk = kiosk_with(
        items.a_step("address", "confirm"),
        sources={"address": "identity.address", "born": "identity.birth_date"},
    )
    assert [fact.value for fact in kiosk.question.facts] == ["湖北省武汉市****"]
    assert kiosk.question.source == kiosk.say("source.card")
    kiosk.tap(Wish.CHOOSE, YES)
    assert [(row.value, row.source, row.can_change) for row in kiosk.check.rows] == [
        ("1949-**-**", kiosk.say("source.card"), False),
        ("湖北省武汉市****", kiosk.say("source.card"), True),
    ]
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.answers == {
        "address": a_citizen().address,
        "born": a_citizen().birth_date,
    }
    assert kiosk.desk.last("print_slip").what.shown == {"address": "湖北省武汉市****"}


def test_a_fact_from_a_code_is_said_to_come_from_the_code() -> None:
    form = items.a_form("form", items.a_step("name", "confirm"), sources={"name": "identity.name"})
    kiosk = Kiosk(items.a_batch_of(form))
    kiosk.start("form")
    kiosk.show_code()
    assert kiosk.question.source == kiosk.say("source.code")


def test_a_fact_that_is_said_to_be_wrong_is_not_handed_in() -> None:
    kiosk = kiosk_with(items.a_step("address", "confirm"), sources={"address": "identity.address"})
    kiosk.tap(Wish.CHOOSE, YES)
    kiosk.tap(Wish.CHANGE, "address")
    kiosk.tap(Wish.CHOOSE, NO)
    assert kiosk.question.problem == kiosk.say("question.to_the_window")
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.shows(Screen.QUESTION), "it is asked again, not submitted behind the person's back"
    assert not kiosk.desk.named("submit")


# Licences


LICENCE_STEPS = (items.a_step("register", "licence"), items.a_step("permit", "licence"))


def test_each_licence_is_fetched_for_its_own_question() -> None:
    kiosk = kiosk_with(*LICENCE_STEPS)
    assert kiosk.question.facts[0].label == "证照register"
    assert kiosk.question.help == kiosk.say("question.licence_found")
    kiosk.tap(Wish.CHOOSE, YES)
    assert kiosk.question.facts[0].label == "证照permit"
    kiosk.tap(Wish.CHOOSE, YES)
    assert [row.value for row in kiosk.check.rows] == ["证照register 4201****0017", "证照permit 4201****0017"]
    kiosk.tap(Wish.SUBMIT)
    given = kiosk.desk.last("submit").what.answers
    assert given["register"].startswith("licence-register")
    assert given["permit"].startswith("licence-permit")
    assert set(given.values()) <= kiosk.needles[0].noted


def test_while_a_licence_is_fetched_there_is_nothing_to_choose() -> None:
    kiosk = Kiosk(items.a_batch_of(items.a_form("form", *LICENCE_STEPS)))
    kiosk.desk.answers.pop("fetch_licence")
    kiosk.start_signed_in("form")
    assert not list(kiosk.question.options)
    assert kiosk.question.help == kiosk.say("progress.fetching_licence")
    kiosk.tap(Wish.CHOOSE, AUTHORITY_CHECKS)
    kiosk.tap(Wish.CHOOSE, YES)
    assert kiosk.question.step == 1
    kiosk.says(answers.no_licence(kiosk.desk.last("fetch_licence")))
    assert kiosk.question.help == kiosk.say("question.licence_none")
    kiosk.tap(Wish.CHOOSE, YES)
    assert kiosk.question.step == 1, "there is nothing to say yes to"
    kiosk.tap(Wish.CHOOSE, AUTHORITY_CHECKS)
    assert kiosk.question.step == 2


def test_a_library_that_does_not_answer_is_not_told_as_a_licence_that_does_not_exist() -> None:
    kiosk = Kiosk(items.a_batch_of(items.a_form("form", *LICENCE_STEPS)))
    kiosk.desk.answers["fetch_licence"] = lambda call: [answers.no_licence(call, Errors.PROVINCE_BUSY)]
    kiosk.start_signed_in("form")
    assert kiosk.question.help == kiosk.say("question.licence_offline")
    kiosk.tap(Wish.CHOOSE, AUTHORITY_CHECKS)
    kiosk.desk.answers["fetch_licence"] = lambda call: [answers.licence_found(call)]
    kiosk.tap(Wish.BACK)
    assert kiosk.question.facts[0].label == "证照register", "coming back asks once more"
    kiosk.tap(Wish.CHOOSE, AUTHORITY_CHECKS)
    kiosk.tap(Wish.CHOOSE, YES)
    assert [(row.value, row.source) for row in kiosk.check.rows] == [
        (kiosk.say("question.authority_checks"), ""),
        ("证照permit 4201****0017", kiosk.say("source.licence")),
    ]


def test_a_licence_that_comes_late_does_not_reach_another_matter() -> None:
    forms = [items.a_form("form", LICENCE_STEPS[0]), items.a_form("other", LICENCE_STEPS[1])]
    kiosk = Kiosk(items.a_batch_of(*forms))
    kiosk.desk.answers.pop("fetch_licence")
    kiosk.start_signed_in("form")
    first = kiosk.desk.last("fetch_licence")
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.BACK)
    kiosk.start("other")
    assert kiosk.question.help == kiosk.say("progress.fetching_licence")
    kiosk.says(answers.licence_found(first))
    assert not list(kiosk.question.facts)
    kiosk.says(answers.licence_found(kiosk.desk.last("fetch_licence")))
    assert kiosk.question.facts[0].label == "证照permit"


# The check page


def test_changing_one_answer_returns_to_the_check_page() -> None:
    kiosk = kiosk_with(items.a_step("first", "choice"), items.a_step("second", "choice"))
    kiosk.answer("one", "one")
    kiosk.tap(Wish.CHANGE, "first")
    assert kiosk.question.step == 1
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.CHECK)
    kiosk.tap(Wish.CHANGE, "first")
    kiosk.answer("two")
    assert [row.value for row in kiosk.check.rows] == ["two", "one"]
    kiosk.tap(Wish.CHANGE, "no such field")
    kiosk.tap(Wish.BACK)
    assert kiosk.question.step == 2


def test_many_answers_take_several_pages_and_no_page_is_empty() -> None:
    steps = [items.a_step(f"field{number}", "choice", optional=number > 7) for number in range(9)]
    kiosk = kiosk_with(*steps, sources={"licence": "licence"})
    kiosk.answer(*["one"] * 8, "-")
    assert (kiosk.check.page, kiosk.check.pages, len(kiosk.check.rows)) == (1, 2, 6)
    for _ in range(3):
        kiosk.tap(Wish.NEXT_PAGE)
    assert (kiosk.check.page, len(kiosk.check.rows)) == (2, 3)
    kiosk.tap(Wish.CHANGE, "field8")
    kiosk.answer("two")
    assert kiosk.check.page == 2
    kiosk.tap(Wish.PREVIOUS_PAGE)
    assert kiosk.check.page == 1


def test_what_does_not_fit_the_schema_returns_to_its_question() -> None:
    own_words = items.text("要填今年的。", "It must be of this year.")
    kiosk = kiosk_with(
        items.a_step("day", "date", problem=own_words),
        items.a_step("number", "digits", maximum_length=6),
        items.a_step("choice", "choice"),
        properties={
            "day": {"type": "string", "pattern": "^2026-"},
            "number": {"type": "string", "minLength": 6},
        },
    )
    kiosk.answer("20250101", "12", "one")
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.question.problem == "要填今年的。"
    assert kiosk.question.typed == "20250101"
    kiosk.tap(Wish.KEY, "clear")
    kiosk.answer("20260101")
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.question.step == 2
    assert kiosk.question.problem == kiosk.say("question.does_not_fit")
    kiosk.answer("3456")
    assert not kiosk.desk.named("submit")
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.answers["number"] == "123456"


def test_what_the_card_says_and_the_schema_refuses_is_told_and_not_handed_in() -> None:
    kiosk = kiosk_with(
        items.a_step("first", "choice"),
        sources={"address": "identity.address"},
        properties={"address": {"type": "string", "maxLength": 10}},
    )
    kiosk.answer("one")
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.headline == kiosk.say("result.not_submitted")
    assert kiosk.result.explanation == kiosk.say("result.identity_does_not_fit")
    assert not kiosk.result.can_retry
    kiosk.tap(Wish.LANGUAGE)
    assert kiosk.result.explanation == kiosk.say("result.identity_does_not_fit")
    assert not kiosk.desk.named("submit")


def test_sensitive_figures_are_masked_on_the_check_page() -> None:
    kiosk = kiosk_with(
        items.a_step("account", "digits", maximum_length=19),
        items.a_step("flat", "digits", maximum_length=4),
        sensitivities={"account": "sensitive"},
    )
    kiosk.answer("6222021234567890123", "1204")
    assert [row.value for row in kiosk.check.rows] == ["6222***********0123", "1204"]


def test_a_batch_that_comes_in_mid_matter_does_not_change_what_is_being_answered() -> None:
    kiosk = kiosk_with(items.a_step("first", "choice"), items.a_step("second", "choice"))
    kiosk.answer("one")
    new: Item = items.a_form("form", items.a_step("first", "choice"))
    kiosk.says(BatchChanged(items.a_batch_of(msgspec.structs.replace(new, version=2), batch_id="tests.2")))
    kiosk.answer("two")
    kiosk.tap(Wish.SUBMIT)
    submission = kiosk.desk.last("submit").what
    assert (submission.item.version, submission.batch_id) == (1, "tests.1")
    assert submission.answers == {"first": "one", "second": "two"}


def test_a_matter_begins_as_it_is_published_now_or_not_at_all() -> None:
    old = items.a_form("form", items.a_step("first", "choice"))
    kiosk = Kiosk(items.a_batch_of(old))
    kiosk.open_guide("form")
    kiosk.says(BatchChanged(items.a_batch_of(msgspec.structs.replace(old, version=2), batch_id="tests.2")))
    kiosk.tap(Wish.START)
    assert (kiosk.stage.matter.item.version, kiosk.stage.matter.batch_id) == (2, "tests.2")
    kiosk.tap(Wish.BACK)
    kiosk.says(BatchChanged(items.reference_batch()))
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.HOME)


def test_the_check_page_says_what_offline_means() -> None:
    form = items.a_form("form", items.a_step("first", "choice"), offline="submit", deadline_days=3)
    kiosk = Kiosk(items.a_batch_of(form))
    kiosk.start_signed_in("form")
    kiosk.answer("one")
    assert kiosk.check.offline_note == ""
    kiosk.connection(Connection.OFFLINE)
    assert kiosk.check.offline_note == kiosk.say("check.offline_note")


def test_two_mobile_numbers_are_both_masked_and_both_searched_for() -> None:
    steps = [items.a_step(name, "digits", format="mobile", maximum_length=11) for name in ("mine", "theirs")]
    kiosk = kiosk_with(*steps)
    kiosk.answer(MOBILE, OTHER_MOBILE)
    assert [row.value for row in kiosk.check.rows] == ["138****4567", "159****4321"]
    assert {MOBILE, OTHER_MOBILE} <= kiosk.needles[0].noted
