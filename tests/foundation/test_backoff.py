"""Back-off: it doubles, it is capped, and a fleet never comes back in step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.backoff import Backoff


def test_delays_double_up_to_the_cap_and_start_over_after_success() -> None:
    backoff = Backoff(1, 30, draw=lambda: 0.5)  # the middle of the jitter
    assert [backoff.failed() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert backoff.failures == 7
    backoff.succeeded()
    assert (backoff.failures, backoff.failed()) == (0, 1)


def test_jitter_comes_after_the_cap_so_a_long_outage_does_not_end_in_one_blow() -> None:
    draws = iter([0.0, 0.999, 0.25, 0.75] * 10)
    backoff = Backoff(1, 30, jitter=0.25, draw=lambda: next(draws))
    delays = [backoff.failed() for _ in range(40)][8:]
    assert len(set(delays)) == 4
    assert min(delays) == 22.5
    assert 37 < max(delays) < 37.5, "above the cap: capping last would bring all of them to 30"


@given(
    st.floats(0.001, 10),
    st.floats(10, 10_000),
    st.floats(0, 0.99),
    st.integers(1, 200),
    st.floats(0, 0.999999),
)
def test_a_delay_lies_within_the_jitter_of_its_step(
    initial_s: float, cap_s: float, jitter: float, failures: int, draw: float
) -> None:
    backoff = Backoff(initial_s, cap_s, jitter=jitter, draw=lambda: draw)
    delay_s = [backoff.failed() for _ in range(failures)][-1]
    step_s = min(cap_s, initial_s * 2.0 ** min(failures - 1, 60))
    assert step_s * (1 - jitter) * 0.999999 <= delay_s <= step_s * (1 + jitter) * 1.000001


@pytest.mark.parametrize(
    ("initial_s", "cap_s", "jitter"), [(0, 1, 0.1), (2, 1, 0.1), (1, 1, 1.1), (1, 1, -0.1)]
)
def test_impossible_settings_are_refused(initial_s: float, cap_s: float, jitter: float) -> None:
    with pytest.raises(ValueError, match="a back-off needs"):
        Backoff(initial_s, cap_s, jitter=jitter)
