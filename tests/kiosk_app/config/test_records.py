"""What provisioning writes, the terminal reads back; a damaged file is told, never taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.config.records import Place, read_enrolment, read_place, write_enrolment, write_place
from tests.fixtures.enrolments import a_position, a_site, an_enrolment


def test_a_fresh_terminal_is_neither_enrolled_nor_placed(tmp_path: Path) -> None:
    paths = TerminalPaths(tmp_path)
    assert read_enrolment(paths) is None
    assert read_place(paths) is None


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    paths = TerminalPaths(tmp_path)
    write_enrolment(paths, an_enrolment())
    write_place(paths, Place(site=a_site(), position=a_position()))
    assert read_enrolment(paths) == an_enrolment()
    assert read_place(paths) == Place(site=a_site(), position=a_position())
    assert not [file for file in tmp_path.rglob(".*") if file.is_file()]


def test_a_damaged_record_is_told_with_its_remedy(tmp_path: Path) -> None:
    paths = TerminalPaths(tmp_path)
    write_place(paths, Place(site=a_site()))
    paths.place.write_bytes(paths.place.read_bytes().replace(b'"name"', b'"nam"'))
    with pytest.raises(
        SettingsError, match=r"site\.json: found .*name.*; write it again with kiosk-provision"
    ):
        read_place(paths)
    paths.enrolment.write_bytes(b'{"terminal_id":')
    with pytest.raises(SettingsError, match=r"enrolment\.json"):
        read_enrolment(paths)


def test_everything_of_a_terminal_lies_under_its_root(tmp_path: Path) -> None:
    paths = TerminalPaths(tmp_path)
    names = [name for name, value in vars(TerminalPaths).items() if isinstance(value, property)]
    assert all(getattr(paths, name).is_relative_to(tmp_path) for name in names)
    assert str(TerminalPaths().settings) == "/etc/dianxiaoer/terminal.toml"
    assert str(TerminalPaths().enrolment) == "/var/lib/dianxiaoer/enrolment.json"
    assert str(TerminalPaths().run) == "/run/dianxiaoer"
