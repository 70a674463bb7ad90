"""Gaps of a sequence, against a model that remembers every single number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from province_platform.case_numbers import running_part
from province_platform.sequences import Seen, Span

SPANS = st.builds(
    lambda first, length: Span(first, first + length),
    st.integers(1, 40),
    st.integers(min_value=0, max_value=6),
)


@given(st.lists(SPANS, max_size=25))
def test_gaps_are_exactly_the_numbers_that_have_not_come(spans: list[Span]) -> None:
    seen, come = Seen(), set[int]()
    for span in spans:
        seen = seen.with_span(span)
        come |= set(range(span.first, span.last + 1))
        missing = [number for gap in seen.missing for number in range(gap.first, gap.last + 1)]
        assert seen.highest == max(come)
        assert missing == [number for number in range(1, seen.highest) if number not in come]


def test_a_busy_day_goes_on_with_letters() -> None:
    assert [running_part(ordinal) for ordinal in (1, 9_999, 10_000, 10_001)] == [
        "0001",
        "9999",
        "A000",
        "A001",
    ]
    last = 9_999 + 26 * 36**3
    assert (running_part(last), running_part(last + 1)) == ("ZZZZ", None)


@given(st.integers(1, 9_998 + 26 * 36**3))
def test_later_numbers_sort_later_and_stay_four_characters(ordinal: int) -> None:
    one, next_one = running_part(ordinal), running_part(ordinal + 1)
    assert one is not None
    assert next_one is not None
    assert one < next_one
    assert len(next_one) == 4
