"""Five levels, nothing preselected, skippable, once; and never in the way of leaving."""

from __future__ import annotations

import pytest

from contract.rating_tags import MOST_TAGS, tags_of
from contract.sets import Satisfaction
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import Screen
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.kiosk import Kiosk, kiosk_at


def chosen_tags(kiosk: Kiosk) -> list[str]:
    return [tag.value for tag in kiosk.rating.tags if tag.chosen]


def test_nothing_is_preselected_and_nothing_can_be_sent_yet() -> None:
    kiosk = kiosk_at(Screen.RATING)
    assert [level.value for level in kiosk.rating.levels] == [level.value for level in Satisfaction]
    assert not any(level.chosen for level in kiosk.rating.levels)
    assert not kiosk.rating.tags
    assert not kiosk.rating.can_send
    kiosk.tap(Wish.SEND_RATING)
    kiosk.tap(Wish.TAG, "510")
    kiosk.tap(Wish.RATE, "splendid")
    assert not kiosk.desk.named("rate")
    assert not kiosk.rating.can_send


@pytest.mark.parametrize("level", Satisfaction, ids=lambda level: level.value)
def test_every_level_offers_its_tags_and_is_sent_as_chosen(level: Satisfaction) -> None:
    kiosk = kiosk_at(Screen.RATING)
    kiosk.tap(Wish.RATE, level.value)
    assert tuple(tag.value for tag in kiosk.rating.tags) == tags_of(level)
    kiosk.tap(Wish.TAG, tags_of(level)[2])
    kiosk.tap(Wish.SEND_RATING)
    rating = kiosk.desk.last("rate").what
    assert (rating.level, rating.tags) == (level, (tags_of(level)[2],))
    handed = kiosk.stage.matter.handed
    assert handed is not None
    assert (rating.case_id, rating.service_id) == (handed.case_id, handed.service_id)


def test_tags_are_taken_back_and_go_with_their_level() -> None:
    kiosk = kiosk_at(Screen.RATING)
    kiosk.tap(Wish.RATE, Satisfaction.VERY_SATISFIED.value)
    for tag in ("510", "511", "510", "207", "no tag"):
        kiosk.tap(Wish.TAG, tag)
    assert chosen_tags(kiosk) == ["511"]
    kiosk.tap(Wish.RATE, Satisfaction.DISSATISFIED.value)
    assert chosen_tags(kiosk) == []
    for tag in tags_of(Satisfaction.DISSATISFIED):
        kiosk.tap(Wish.TAG, tag)
    assert len(chosen_tags(kiosk)) == MOST_TAGS


def test_one_rating_for_one_matter_however_often_it_is_tapped() -> None:
    kiosk = kiosk_at(Screen.RATING)
    kiosk.tap(Wish.RATE, Satisfaction.NEUTRAL.value)
    for _ in range(3):
        kiosk.tap(Wish.SEND_RATING)
        kiosk.tap(Wish.RATE, Satisfaction.VERY_SATISFIED.value)
    assert [call.what.level for call in kiosk.desk.named("rate")] == [Satisfaction.NEUTRAL]
    assert not kiosk.rating.can_send


def test_skipping_sends_nothing_and_leaves() -> None:
    kiosk = kiosk_at(Screen.RATING)
    kiosk.tap(Wish.RATE, Satisfaction.NEUTRAL.value)
    kiosk.tap(Wish.SKIP_RATING)
    assert not kiosk.desk.named("rate")
    assert kiosk.shows(Screen.FAREWELL)


def test_whoever_wanted_another_matter_may_still_end_after_the_rating() -> None:
    kiosk = kiosk_at(Screen.RESULT)
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.tap(Wish.RATE, Satisfaction.NEUTRAL.value)
    kiosk.tap(Wish.SEND_RATING)
    kiosk.tap(Wish.FINISH)
    assert kiosk.shows(Screen.FAREWELL)


def test_whoever_wanted_to_end_may_still_go_on_after_the_rating() -> None:
    kiosk = kiosk_at(Screen.RATING)
    kiosk.tap(Wish.RATE, Satisfaction.NEUTRAL.value)
    kiosk.tap(Wish.SEND_RATING)
    kiosk.tap(Wish.ANOTHER_MATTER)
    assert kiosk.shows(Screen.HOME)


def test_a_wish_for_another_matter_is_forgotten_when_one_was_chosen_by_another_way() -> None:
    kiosk = kiosk_at(Screen.RESULT)
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, items.QUERY)
    kiosk.tap(Wish.START)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.FINISH)
    kiosk.tap(Wish.SKIP_RATING)
    assert kiosk.shows(Screen.FAREWELL)


def test_each_matter_is_rated_by_itself() -> None:
    kiosk = kiosk_at(Screen.RATING)
    kiosk.tap(Wish.RATE, Satisfaction.DISSATISFIED.value)
    kiosk.tap(Wish.SEND_RATING)
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.FINISH)
    assert not any(level.chosen for level in kiosk.rating.levels)
    assert not kiosk.rating.thanked


def test_what_was_refused_can_be_rated_too() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    kiosk.desk.answers["submit"] = lambda call: [answers.committed(call), answers.refused(call)]
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.FINISH)
    kiosk.tap(Wish.RATE, Satisfaction.VERY_DISSATISFIED.value)
    kiosk.tap(Wish.SEND_RATING)
    assert kiosk.desk.last("rate").what.level is Satisfaction.VERY_DISSATISFIED
