"""What a row of pictures says of the camera."""

from __future__ import annotations

import numpy as np

from drivers.camera.device import Frame, PictureState
from drivers.camera.picture import PictureWatch
from drivers.camera.pixels import Pixels

SHAPE = (48, 64, 3)


def noisy(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(60, 180, SHAPE, np.uint8)


def watch_of(pictures: list[Pixels], interval_s: float = 0.1) -> PictureWatch:
    watch = PictureWatch()
    for index, pixels in enumerate(pictures):
        watch.feed(Frame(pixels, index * interval_s))
    return watch


def test_nothing_is_known_before_the_first_picture() -> None:
    assert PictureWatch().state is PictureState.UNKNOWN
    assert PictureWatch().rate_per_s == 0.0
    assert not PictureWatch().frozen


def test_one_good_picture_is_enough_and_one_black_one_is_not() -> None:
    black = np.zeros(SHAPE, np.uint8)
    assert watch_of([noisy(1)]).state is PictureState.GOOD
    assert watch_of([noisy(1), black]).state is PictureState.GOOD
    assert watch_of([noisy(1)] + [black] * 25).state is PictureState.BLACK
    assert watch_of([black] * 25).state is PictureState.BLACK
    assert watch_of([black] * 25 + [noisy(1)]).state is PictureState.GOOD


def test_a_white_picture_is_overexposed() -> None:
    assert watch_of([np.full(SHAPE, 255, np.uint8)] * 25).state is PictureState.OVEREXPOSED


def test_a_dark_hall_with_something_in_it_is_not_black() -> None:
    dim = (noisy(1) // 6).astype(np.uint8)
    assert watch_of([dim] * 25).state is PictureState.GOOD


def test_few_pictures_a_second_are_slow() -> None:
    watch = watch_of([noisy(seed) for seed in range(8)], interval_s=0.6)
    assert watch.state is PictureState.SLOW
    assert 1.6 < watch.rate_per_s < 1.7


def test_the_same_picture_for_two_seconds_is_frozen_and_black_is_not() -> None:
    assert watch_of([noisy(1)] * 30).frozen
    assert not watch_of([noisy(1)] * 15).frozen
    assert not watch_of([noisy(seed) for seed in range(30)]).frozen
    assert not watch_of([np.zeros(SHAPE, np.uint8)] * 30).frozen


def test_what_came_before_it_was_opened_again_does_not_make_it_slow() -> None:
    watch = watch_of([noisy(seed) for seed in range(5)])
    watch.begin()
    for index in range(5):
        watch.feed(Frame(noisy(100 + index), 60.0 + index * 0.1))
    assert watch.rate_per_s > 9
    assert watch.state is PictureState.GOOD
