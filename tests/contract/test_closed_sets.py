"""Closed sets: each word means one thing, in both languages, and never more than is known."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from contract.rating_tags import MOST_TAGS, RatingTag, tags_of
from contract.sets import Assurance, CaseState, Coded, QueryOutcome, Satisfaction, TerminalState, reaches
from contract.structures import closed_sets


@pytest.mark.parametrize("closed_set", closed_sets(), ids=lambda closed_set: closed_set.__name__)
def test_no_two_values_and_no_two_words_of_a_set_are_equal(closed_set: type[Coded]) -> None:
    assert all(member.value and member.zh and member.en for member in closed_set)
    for words in (
        [member.value for member in closed_set],
        [member.zh for member in closed_set],
        [member.en for member in closed_set],
    ):
        assert len(words) == len(set(words))


@pytest.mark.parametrize("closed_set", closed_sets(), ids=lambda closed_set: closed_set.__name__)
def test_the_value_goes_over_the_wire_and_the_words_do_not(closed_set: type[Coded]) -> None:
    for member in closed_set:
        encoded = msgspec.json.encode(member)
        assert encoded == f'"{member.value}"'.encode()
        assert msgspec.json.decode(encoded, type=closed_set) is member
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(msgspec.json.encode(member.zh), type=closed_set)


def test_acceptance_is_a_legal_act_and_stands_only_where_the_authority_speaks() -> None:
    speaking_of_it = {
        f"{closed_set.__name__}.{member.value}"
        for closed_set in closed_sets()
        for member in closed_set
        if "受理" in member.zh
    }
    assert speaking_of_it == {"CaseState.accepted", "CaseState.refused"}
    assert CaseState.SAVED_HERE.zh == "已存在本机，尚未提交"
    assert CaseState.SUBMITTED.zh == "已提交"


def test_assurance_is_an_order_and_reaching_is_at_least() -> None:
    known = [Assurance.CARD_PRESENT, Assurance.CARD_VERIFIED, Assurance.KNOWN_TWICE, Assurance.FACE_MATCHED]
    ordered = [Assurance.ANONYMOUS, *known]
    assert list(Assurance) == ordered
    for (low, lower), (high, higher) in itertools.product(enumerate(ordered), repeat=2):
        assert reaches(higher, lower) == (high >= low)


def test_satisfaction_goes_as_a_word_because_the_figures_are_opposite_in_two_standards() -> None:
    assert [level.value for level in Satisfaction] == [
        "very_satisfied",
        "satisfied",
        "neutral",
        "dissatisfied",
        "very_dissatisfied",
    ]
    assert not any(character.isdigit() for level in Satisfaction for character in level.value)


def test_the_words_for_states_are_the_settled_ones() -> None:
    assert [state.zh for state in TerminalState] == [
        "正常",
        "预警",
        "部分不可用",
        "故障",
        "维护",
        "计划停机",
        "离线",
    ]
    assert [outcome.value for outcome in QueryOutcome] == ["found", "nothing", "refused"]


def test_the_tags_of_a_rating_are_the_national_set_eight_to_a_level() -> None:
    national = [code for level in Satisfaction for code in tags_of(level)]
    assert len(national) == len(set(national)) == 5 * MOST_TAGS
    assert set(national) == {tag.value for tag in RatingTag}
    for words in ({tag.zh for tag in RatingTag}, {tag.en for tag in RatingTag}):
        assert len(words) == len(national)
