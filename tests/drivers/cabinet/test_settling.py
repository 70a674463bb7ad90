from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drivers.cabinet.device import Door
from drivers.cabinet.settling import Settling


def door() -> Settling[Door]:
    return Settling(Door.UNKNOWN, at_once=frozenset({Door.OPEN}), after_s=2.0)


def test_an_opened_door_is_a_fact_at_once_and_a_closed_one_when_it_has_lasted() -> None:
    sensor = door()
    assert sensor.hear(Door.CLOSED, 10.0) is Door.CLOSED  # the first word is a fact
    assert sensor.hear(Door.OPEN, 11.0) is Door.OPEN
    assert sensor.hear(Door.CLOSED, 11.1) is Door.OPEN
    assert sensor.hear(Door.OPEN, 12.0) is Door.OPEN
    assert sensor.hear(Door.CLOSED, 12.5) is Door.OPEN
    assert sensor.hear(Door.CLOSED, 14.4) is Door.OPEN
    assert sensor.hear(Door.CLOSED, 14.5) is Door.CLOSED


def test_what_is_forgotten_is_unknown() -> None:
    sensor = door()
    sensor.hear(Door.OPEN, 10.0)
    sensor.forget()
    assert sensor.fact is Door.UNKNOWN
    assert sensor.hear(Door.CLOSED, 10.1) is Door.CLOSED


@given(st.lists(st.sampled_from([Door.OPEN, Door.CLOSED]), min_size=1), st.floats(0.01, 1.9))
def test_a_door_that_was_ever_seen_open_is_open_until_it_has_stayed_closed(
    said: list[Door], every_s: float
) -> None:
    sensor = door()
    closed_since_s: float | None = 0.0
    for number, word in enumerate(said):
        now_s = number * every_s
        if word is Door.OPEN:
            closed_since_s = None
        elif closed_since_s is None:
            closed_since_s = now_s
        fact = sensor.hear(word, now_s)
        if word is Door.OPEN:
            assert fact is Door.OPEN
        elif closed_since_s is not None and now_s - closed_since_s >= 2.0:
            assert fact is Door.CLOSED
