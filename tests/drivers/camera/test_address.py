"""Where a camera is, as it stands in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.address import (
    SimulatedCamera,
    VideoDevice,
    is_present,
    is_simulated,
    parse_camera_address,
)


@pytest.mark.parametrize(
    "text",
    [
        "camera:///dev/v4l/by-path/pci-0000:00:14.0-usb-0:2:1.0-video-index0",
        "camera:///dev/video0",
        "http://127.0.0.1:8090/camera",
    ],
)
def test_an_address_is_read_and_written_the_same(text: str) -> None:
    assert str(parse_camera_address(text)) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("camera://host/dev/video0", "no video device"),
        ("camera:///etc/passwd", "no video device"),
        ("camera:///dev/../etc/passwd", "no video device"),
        ("http://192.168.1.5:80/camera", "not on this machine"),
        ("http://localhost.example:80/camera", "not on this machine"),
        ("http://127.0.0.1/camera", "not on this machine"),
        ("http://user@127.0.0.1:80/camera", "more than"),
        ("rtsp://127.0.0.1:554/", "no address of a camera"),
        ("http://[::1", "is no address"),
        ("camera:///dev/video0\n", "control characters"),
    ],
)
def test_what_is_none_is_refused_with_a_remedy(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as refusal:
        parse_camera_address(text)
    assert "camera:///dev/v4l/by-path/" in str(refusal.value)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_value_error(text: str) -> None:
    try:
        address = parse_camera_address(text)
    except ValueError:
        return
    assert parse_camera_address(str(address)) == address


def test_only_what_is_on_a_socket_of_this_machine_is_simulated() -> None:
    assert is_simulated(SimulatedCamera(8090))
    assert not is_simulated(VideoDevice("/dev/video0"))


def test_a_video_device_is_present_when_its_path_is(tmp_path: Path) -> None:
    assert not is_present(VideoDevice(str(tmp_path / "video0")))
    (tmp_path / "video0").touch()
    assert is_present(VideoDevice(str(tmp_path / "video0")))
