from __future__ import annotations

import numpy as np

from benchmarks.qr_camera import DISTORTIONS, HEIGHT, WIDTH, Hall, contestants, measure


def test_the_pictures_are_the_same_in_every_run_and_no_two_of_a_code_are() -> None:
    setting = next(Hall().settings(2))
    first, again, shaken = (Hall().picture(setting, shake) for shake in (0, 0, 1))
    assert first.shape == (HEIGHT, WIDTH)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, shaken)


def test_every_contestant_really_reads() -> None:
    mild = {setting.distortion: setting for setting in Hall().settings(1)}
    picture = Hall().picture(mild["rotation"], 0)
    assert contestants()["ours"](picture) == mild["rotation"].text
    english = Hall().picture(mild["perspective"], 0)
    answers = {name: read(english) for name, read in contestants().items()}
    assert answers["ours"] == mild["perspective"].text
    assert all(answers.values())


def test_every_figure_is_measured_beside_its_peers() -> None:
    rows = {row.figure: row for row in measure(codes_per_distortion=1, empty_pictures=1)}
    assert rows["decoded_percent"].ours > 80  # the mildest of each
    assert rows["wrong_payloads"].ours == 0
    assert {"limit", "pyzbar alone", "cv2 alone"} == set(rows["median_ms_720p"].others)
    assert rows["empty_max_ms_720p"].ours > 0
    assert {f"decoded_percent_{name}" for name in DISTORTIONS} <= set(rows)
