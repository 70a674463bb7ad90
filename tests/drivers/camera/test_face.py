"""One face, large, sharp and well lit, or what to say so that it becomes one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from drivers.camera.blink import BlinkWatch
from drivers.camera.device import Advice, Frame
from drivers.camera.face import Box, FaceFinder, FaceSight, portrait
from drivers.camera.pixels import Pixels
from drivers.camera.simulator_scenes import FacePose, add_face, empty_hall


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


def hall(*poses: FacePose, eyes_open: bool = True) -> Pixels:
    picture = empty_hall(640, 480)
    for pose in poses:
        add_face(picture, pose, eyes_open=eyes_open)
    return picture


def frame(pixels: Pixels) -> Frame:
    return Frame(pixels, 0.0)


@pytest.mark.parametrize(
    ("poses", "advice"),
    [
        ([], Advice.NO_FACE),
        ([FacePose()], None),
        ([FacePose(width=0.12)], Advice.COME_CLOSER),
        ([FacePose(width=0.62)], Advice.STEP_BACK),
        ([FacePose(across=0.2, width=0.2)], Advice.MOVE_TO_THE_MIDDLE),
        ([FacePose(across=0.27, width=0.22), FacePose(across=0.73, width=0.22)], Advice.ONE_PERSON_ONLY),
        ([FacePose(), FacePose(across=0.88, down=0.3, width=0.1)], None),  # somebody far behind
    ],
)
def test_what_is_said_about_where_people_stand(
    finder: FaceFinder, poses: list[FacePose], advice: Advice | None
) -> None:
    assert finder.look_at(frame(hall(*poses))).advice is advice


@pytest.mark.parametrize(
    ("light", "advice"), [(0.18, Advice.TOO_DARK), (0.6, None), (1.0, None), (1.9, Advice.TOO_BRIGHT)]
)
def test_what_is_said_about_the_light(finder: FaceFinder, light: float, advice: Advice | None) -> None:
    lit = np.clip(hall(FacePose()).astype(np.float32) * light, 0, 255).astype(np.uint8)
    assert finder.look_at(frame(lit)).advice is advice


def test_a_blurred_face_is_found_and_not_good_enough(finder: FaceFinder) -> None:
    blurred = np.asarray(cv2.GaussianBlur(hall(FacePose()), (0, 0), 10), np.uint8)
    assert finder.look_at(frame(blurred)).advice is Advice.HOLD_STILL


def test_the_sharper_of_two_pictures_has_the_larger_figure(finder: FaceFinder) -> None:
    sharp = finder.look_at(frame(hall(FacePose())))
    softer = finder.look_at(frame(np.asarray(cv2.GaussianBlur(hall(FacePose()), (0, 0), 2.5), np.uint8)))
    assert sharp.sharpness > softer.sharpness


def test_open_eyes_are_seen_and_shut_ones_are_not(finder: FaceFinder) -> None:
    for eyes_open in (True, False):
        picture = frame(hall(FacePose(), eyes_open=eyes_open))
        box = finder.look_at(picture).box
        assert box is not None
        assert finder.eyes_are_open(picture, box) is eyes_open


def test_a_portrait_has_room_around_the_face_and_ends_at_the_picture(finder: FaceFinder) -> None:
    picture = frame(hall(FacePose()))
    sight = finder.look_at(picture)
    photograph = portrait(picture, sight)
    decoded = cv2.imdecode(np.frombuffer(photograph.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    assert decoded.shape[:2] == (photograph.height, photograph.width)
    assert sight.box is not None
    assert photograph.width == 2 * sight.box.width
    with pytest.raises(ValueError, match="no face"):
        portrait(picture, FaceSight(Advice.NO_FACE))


HERE = Box(200, 100, 200, 200)


def blinks(*eyes: bool, box: Box = HERE, step_s: float = 0.1) -> bool:
    watch = BlinkWatch()
    return True in [watch.feed(box, eyes_open, index * step_s) for index, eyes_open in enumerate(eyes)]


def test_open_shut_open_is_a_blink_and_nothing_less_is() -> None:
    assert blinks(True, True, False, False, True, True)
    assert not blinks(True, True, True, True, True, True)
    assert not blinks(False, False, True, True)  # eyes that were never open have not been shut
    assert not blinks(True, True, False, False, False)
    assert not blinks(True, False, True, False, True)  # a finder that flickers


def test_eyes_that_stay_shut_for_long_are_no_blink() -> None:
    assert not blinks(True, True, False, False, True, True, step_s=1.0)


def test_another_face_begins_afresh() -> None:
    watch = BlinkWatch()
    there = Box(0, 100, 120, 120)
    for index, (box, eyes_open) in enumerate(
        [(HERE, True), (HERE, True), (HERE, False), (there, True), (there, True)]
    ):
        assert not watch.feed(box, eyes_open, index * 0.1)


def test_boxes_share_what_is_in_both() -> None:
    assert HERE.shares(HERE) == 1.0
    assert HERE.shares(Box(600, 100, 50, 50)) == 0.0
    assert HERE.shares(Box(300, 100, 200, 200)) == pytest.approx(1 / 3)
