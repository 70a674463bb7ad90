"""A paper under the lens: found, straightened, or what to say so that it can be."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from drivers.camera.device import Advice, Frame
from drivers.camera.document import DocumentSight, look_at_document, straight_picture
from drivers.camera.pixels import Pixels
from drivers.camera.simulator_scenes import document_plate


def plate(*, turned_degrees: float = 0.0, scale: float = 0.8) -> Frame:
    return Frame(document_plate(640, 480, turned_degrees=turned_degrees, scale=scale), 0.0)


@pytest.mark.parametrize("turned_degrees", [0.0, 7.0, -20.0, 40.0, 90.0])
def test_a_sheet_is_found_and_laid_straight_however_it_lies(turned_degrees: float) -> None:
    frame = plate(turned_degrees=turned_degrees, scale=0.7)
    sight = look_at_document(frame)
    assert sight.advice is None
    page = straight_picture(frame, sight)
    long_side, short_side = max(page.width, page.height), min(page.width, page.height)
    assert long_side / short_side == pytest.approx(297 / 210, abs=0.02)
    decoded = cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert decoded is not None
    border = np.concatenate([decoded[4], decoded[-5], decoded[:, 4], decoded[:, -5]])
    assert border.mean() > 200  # paper to the edge, nothing of the plate


def test_a_sheet_that_is_seen_from_the_side_is_straightened() -> None:
    flat = plate(scale=0.7).pixels
    corners = np.array([[0, 0], [640, 0], [640, 480], [0, 480]], np.float32)
    tilted = np.array([[60, 30], [580, 0], [640, 480], [0, 450]], np.float32)
    seen = cv2.warpPerspective(flat, cv2.getPerspectiveTransform(corners, tilted), (640, 480))
    # The plate itself has four corners now, in the dark around it: it is not the document.
    frame = Frame(np.asarray(seen, np.uint8), 0.0)
    sight = look_at_document(frame)
    assert len(sight.outline) == 4
    page = straight_picture(frame, sight)
    decoded = cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert decoded is not None
    assert np.median(decoded[4]) > 200
    assert np.median(decoded[:, 4]) > 200


@pytest.mark.parametrize(("paper", "plate_grey"), [(190, 60), (90, 170)], ids=["on dark", "on light"])
def test_an_identity_card_has_the_shape_of_one(paper: int, plate_grey: int) -> None:
    card = np.full((540, 856, 3), paper, np.uint8)
    cv2.rectangle(card, (560, 80), (800, 400), (70, 60, 60), -1)
    for row in range(90, 420, 60):
        cv2.putText(card, "42010219900101", (50, row), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (40, 40, 40), 4)
    lying = np.full((720, 1280, 3), plate_grey, np.uint8)
    turn = cv2.getRotationMatrix2D((428, 270), 12.0, 0.6)
    turn[:, 2] += np.array([640.0 - 428.0, 360.0 - 270.0])
    cv2.warpAffine(card, turn, (1280, 720), lying, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    frame = Frame(lying, 0.0)
    sight = look_at_document(frame)
    assert sight.advice is None
    page = straight_picture(frame, sight)
    assert page.width / page.height == pytest.approx(85.60 / 53.98, abs=0.02)


@pytest.mark.parametrize(
    ("frame", "advice"),
    [
        (Frame(np.full((480, 640, 3), 65, np.uint8), 0.0), Advice.NO_DOCUMENT),
        (Frame(np.zeros((480, 640, 3), np.uint8), 0.0), Advice.TOO_DARK),
        (plate(scale=0.28), Advice.DOCUMENT_TOO_SMALL),
        (plate(scale=1.1), Advice.DOCUMENT_CUT_OFF),
    ],
)
def test_what_is_said_when_it_does_not_lie_well(frame: Frame, advice: Advice) -> None:
    assert look_at_document(frame).advice is advice


def test_a_blurred_sheet_is_found_and_not_good_enough() -> None:
    blurred = np.asarray(cv2.GaussianBlur(plate().pixels, (0, 0), 10), np.uint8)
    assert look_at_document(Frame(blurred, 0.0)).advice is Advice.HOLD_STILL


def test_there_is_no_straight_picture_of_nothing() -> None:
    with pytest.raises(ValueError, match="no document"):
        straight_picture(plate(), DocumentSight(Advice.NO_DOCUMENT))


def noise(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (120, 160, 3), np.uint8)


@pytest.mark.parametrize("seed", range(10))
def test_any_picture_is_survived(seed: int) -> None:
    look_at_document(Frame(noise(seed), 0.0))
