"""The position goes with its reference system, apart from the site, and a doubtful one is doubted aloud."""

from __future__ import annotations

import pytest

from contract.sets import CoordinateSource, ReferenceSystem
from kiosk_app.config.records import read_enrolment, read_place
from province_platform.server import PlatformServer
from tests.provisioning.terminals import Machine

HERE = ("--longitude", "114.27072614", "--latitude", "30.6010563", "--crs", "GCJ-02", "--source", "map")


@pytest.fixture
def enrolled(machine: Machine, platform: PlatformServer) -> Machine:
    assert machine.enrol(platform).exit_code == 0
    return machine


def at(longitude: str, latitude: str) -> tuple[str, ...]:
    return ("--longitude", longitude, "--latitude", latitude, *HERE[4:])


def test_the_position_is_written_as_it_was_measured(enrolled: Machine) -> None:
    ended = enrolled.provision("site", *HERE, "--accuracy-m", "5", "--spot", "一楼东侧24小时自助区")
    assert (ended.exit_code, ended.lines["place"]["state"]) == (0, "good")
    place, enrolment = read_place(enrolled.paths), read_enrolment(enrolled.paths)
    assert place is not None
    assert enrolment is not None
    assert place.site == enrolment.site
    position = place.position
    assert position is not None
    assert (position.longitude, position.latitude) == (114.2707261, 30.6010563)
    assert (position.crs, position.coordinate_source) == (ReferenceSystem.GCJ_02, CoordinateSource.MAP)
    assert (position.accuracy_m, position.spot) == (5.0, "一楼东侧24小时自助区")
    assert (position.terminal_id, position.site_id) == (enrolment.terminal_id, enrolment.site.site_id)


def test_doing_it_again_replaces_the_position(enrolled: Machine) -> None:
    enrolled.provision("site", *HERE)
    assert enrolled.provision("site", *at("114.3", "30.5")).exit_code == 0
    place = read_place(enrolled.paths)
    assert place is not None
    assert place.position is not None
    assert place.position.longitude == 114.3


def test_a_dry_run_writes_nothing(enrolled: Machine) -> None:
    before = enrolled.files()
    assert enrolled.provision("site", *HERE, "--dry-run").exit_code == 0
    assert enrolled.files() == before


@pytest.mark.parametrize(
    ("longitude", "latitude", "doubt"),
    [
        ("108.3", "29.0", ""),
        ("116.2", "33.3", ""),
        ("121.47", "31.23", "不在湖北"),
        ("30.6", "80.0", "不在湖北"),
    ],
)
def test_a_place_outside_of_hubei_is_doubted_and_written(
    enrolled: Machine, longitude: str, latitude: str, doubt: str
) -> None:
    ended = enrolled.provision("site", *at(longitude, latitude))
    assert ended.exit_code == 0
    assert read_place(enrolled.paths) is not None
    said = ended.lines["place"]
    assert (said["state"], doubt in said["text"]) == ("attention" if doubt else "good", True)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (at("30.6", "114.3"), "写反"),
        ((*HERE, "--spot", "很" * 61), "60个字"),
        ((*HERE, "--accuracy-m", "-1"), "大于0"),
        ((*HERE, "--accuracy-m", "nan"), "大于0"),
    ],
)
def test_what_cannot_be_is_not_written(enrolled: Machine, arguments: tuple[str, ...], word: str) -> None:
    ended = enrolled.provision("site", *arguments)
    assert ended.exit_code == 2
    assert word in ended.lines["place"]["text"]
    assert read_place(enrolled.paths) is None


@pytest.mark.parametrize(
    "arguments",
    [
        HERE[:4],
        HERE[:6],
        at("east", "30"),
        at("nan", "30"),
        at("181", "30"),
        (*HERE[:4], "--crs", "UTM", *HERE[6:]),
    ],
)
def test_a_reference_system_is_never_guessed(enrolled: Machine, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as wrong_use:
        enrolled.provision("site", *arguments)
    assert wrong_use.value.code == 2


def test_a_machine_is_enrolled_first(machine: Machine) -> None:
    ended = machine.provision("site", *HERE)
    assert (ended.exit_code, ended.lines["place"]["code"]) == (1, "ENRL-004")
