"""How a scanner is triggered stands in the settings, in the words of its driver."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.qr_scanner.protocol import profile_named
from kiosk_app.config import SettingsError
from kiosk_app.config.settings import read_settings

PLATFORM = '[platform]\nurl = "https://127.0.0.1:8443"\n'


def written(folder: Path, devices: str) -> Path:
    file = folder / "terminal.toml"
    file.write_text(f"{PLATFORM}[devices]\n{devices}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["continuous", "honeywell", "newland"])
def test_every_profile_that_can_be_written_is_one_that_the_driver_knows(tmp_path: Path, name: str) -> None:
    settings = read_settings(written(tmp_path, f'qr_scanner_profile = "{name}"'))
    assert profile_named(settings.devices.qr_scanner_profile).name == name


def test_a_profile_that_there_is_not_is_a_mistake_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match='write one of "continuous", "honeywell", "newland"'):
        read_settings(written(tmp_path, 'qr_scanner_profile = "acme"'))


def test_a_port_by_its_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="qr_scanner"):
        read_settings(written(tmp_path, 'qr_scanner = "serial:///dev/ttyUSB0"'))
