"""The command that tries a camera where it was fitted."""

from __future__ import annotations

import pytest

from drivers.camera.__main__ import main
from drivers.camera.simulator import CameraSimulator


def test_it_says_what_is_seen_and_nothing_of_whom(capsys: pytest.CaptureFixture[str]) -> None:
    simulator = CameraSimulator()
    simulator.start()
    simulator.show_code(b"TOKEN-420102")
    try:
        assert main([str(simulator.address), "--look", "code", "--seconds", "2"]) == 0
    finally:
        simulator.stop()
    told = capsys.readouterr().out
    for said in ("lamp lit", "online", "CodeSeen(12 bytes)", "sharpness"):
        assert said in told
    assert "420102" not in told


def test_a_camera_that_is_not_there_is_not_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["camera:///dev/v4l/by-path/none", "--look", "face", "--seconds", "1"]) == 1
    assert "no_device CAMR-001" in capsys.readouterr().out


def test_what_is_no_address_is_refused_with_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["http://192.168.1.5:80/"])
    assert "write camera:///dev/v4l/by-path/" in capsys.readouterr().err
