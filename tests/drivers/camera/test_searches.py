"""What is made of a row of pictures: what is told, how often, and what is forgotten."""

from __future__ import annotations

from itertools import chain

import pytest

from drivers.camera.codes import CodeReader
from drivers.camera.device import (
    Advice,
    Advised,
    CodeProblem,
    CodeSeen,
    FaceCaptured,
    Frame,
    Liveness,
)
from drivers.camera.face import FaceFinder
from drivers.camera.pixels import Pixels
from drivers.camera.searches import AdviceVoice, CodeSearch, FaceSearch
from drivers.camera.simulator_scenes import FacePose, add_face, code_in_hall, empty_hall
from foundation.errors import Errors

RATE_PER_S = 10.0
NOBODY = empty_hall(640, 480)


def hall(pose: FacePose, *, eyes_open: bool = True) -> Pixels:
    picture = empty_hall(640, 480)
    add_face(picture, pose, eyes_open=eyes_open)
    return picture


HERE = hall(FacePose())
HERE_SHUT = hall(FacePose(), eyes_open=False)
SOMEBODY_ELSE = hall(FacePose(0.66, width=0.2))


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


def told(
    search: FaceSearch | CodeSearch, pictures: list[Pixels], rate_per_s: float = RATE_PER_S
) -> list[object]:
    return list(
        chain.from_iterable(
            search.feed(Frame(picture, index / rate_per_s), rate_per_s)
            for index, picture in enumerate(pictures)
        )
    )


def keeps_somebody(search: FaceSearch) -> bool:
    return search._best is not None


def test_advice_is_said_when_it_stays_and_once() -> None:
    voice = AdviceVoice()
    heard = [Advice.NO_FACE, Advice.HOLD_STILL] * 4 + [Advice.NO_FACE] * 5 + [Advice.HOLD_STILL] * 5
    said = [event for advice in heard for event in voice.say(advice)]
    assert said == [Advised(Advice.NO_FACE), Advised(Advice.HOLD_STILL)]


def test_a_code_that_was_away_for_a_second_is_told_again_and_one_that_flickers_is_not() -> None:
    code = code_in_hall(640, 480, b"TOKEN-42")
    seen = CodeSeen(b"TOKEN-42")
    assert told(CodeSearch(CodeReader()), [code, NOBODY, code, NOBODY, NOBODY, code]) == [seen]
    assert told(CodeSearch(CodeReader()), [code, *[NOBODY] * 12, code]) == [seen, seen]


def test_a_code_of_no_known_kind_is_a_problem_and_is_told_once() -> None:
    garbage = code_in_hall(640, 480, b"\xff\x00\xfe\x01")
    assert told(CodeSearch(CodeReader()), [garbage] * 4) == [CodeProblem(Errors.CODE_NOT_READABLE)]


def test_a_face_is_taken_from_several_good_pictures_and_then_no_more(finder: FaceFinder) -> None:
    search = FaceSearch(finder, ask_for_blink=False)
    events = told(search, [HERE] * 12)
    assert [type(event) for event in events] == [Advised, FaceCaptured]
    assert events[0] == Advised(Advice.STAY_LIKE_THIS)
    assert not keeps_somebody(search)


def test_one_bad_picture_is_forgiven_and_another_person_is_not(finder: FaceFinder) -> None:
    flickering = told(FaceSearch(finder, ask_for_blink=False), [HERE] * 4 + [NOBODY] + [HERE] * 4)
    assert FaceCaptured in map(type, flickering)
    search = FaceSearch(finder, ask_for_blink=False)
    changed = told(search, [HERE] * 5 + [SOMEBODY_ELSE] * 3)
    assert FaceCaptured not in map(type, changed)
    assert search._best is not None
    assert search._best[1].box is not None
    assert search._best[1].box.left > 320  # the one before is forgotten


def test_nothing_of_somebody_who_left_is_kept(finder: FaceFinder) -> None:
    search = FaceSearch(finder, ask_for_blink=True)
    told(search, [HERE] * 6)
    assert keeps_somebody(search)
    told(search, [NOBODY] * 3)
    assert not keeps_somebody(search)
    assert search.outline == ()


def test_a_blink_is_one_only_in_the_face_that_was_asked(finder: FaceFinder) -> None:
    blink = [HERE] * 4 + [HERE_SHUT] * 3 + [HERE] * 6
    passed = told(FaceSearch(finder, ask_for_blink=True), blink)[-1]
    assert isinstance(passed, FaceCaptured)
    assert passed.liveness is Liveness.PASSED
    swapped = [SOMEBODY_ELSE] * 4 + [HERE_SHUT] * 3 + [HERE] * 6
    assert FaceCaptured not in map(type, told(FaceSearch(finder, ask_for_blink=True), swapped))


def test_the_picture_that_is_taken_has_open_eyes(finder: FaceFinder) -> None:
    search = FaceSearch(finder, ask_for_blink=True)
    told(search, [HERE_SHUT] * 6)
    assert not keeps_somebody(search)


@pytest.mark.parametrize(
    ("rate_per_s", "liveness"), [(10.0, Liveness.NOT_SEEN), (2.0, Liveness.NOT_SUPPORTED)]
)
def test_without_a_blink_it_is_said_whether_one_could_have_been_seen(
    finder: FaceFinder, rate_per_s: float, liveness: Liveness
) -> None:
    pictures = [HERE] * round(13 * rate_per_s)
    captured = told(FaceSearch(finder, ask_for_blink=True), pictures, rate_per_s)[-1]
    assert isinstance(captured, FaceCaptured)
    assert captured.liveness is liveness
