"""Somebody takes the disk and a dump of the running terminal's memory, and has every tool: nobody is in it.

A person gives everything that a terminal can be given while the province is away, so that all of it is still
queued: name, identity number, mobile, a firm's turnover, an account. Another one shows the code of her phone.
"""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path

import pytest

from demo import story
from demo.citizens import CHEN, OUYANG
from demo.visit import Visit
from tests.journeys.carving import CODINGS, forms_of, found_in
from tests.journeys.halls import JourneyHall
from tests.journeys.places import Place
from tests.journeys.turnover import ACCOUNT, TURNOVER, stages

UNCONFIRMED = "13655501234"


def begin_and_walk_away(visit: Visit, code: str) -> None:
    story.begin(visit, "居住证签注")
    visit.shows_code(code)
    visit.is_asked("您还住在居住证上的地方吗？")
    visit.puts_phone_away()
    visit.tap("还住在那里")
    visit.tap("上班或做生意")
    visit.is_asked("居住证是哪天签发的？")
    visit.type("20251208")
    visit.tap("下一步")
    visit.is_asked("派出所打哪个手机找您？")
    visit.type(UNCONFIRMED)
    visit.tap("结束办理")
    visit.reads("您的信息已从本机清除")


def strings_of(file: Path, width: str) -> bytes:
    """What strings(1) shows of a file: ``S`` for 8 bits, ``l`` for 16 bits."""
    return subprocess.run(["strings", "-a", "-e", width, file], stdout=subprocess.PIPE, check=True).stdout


@pytest.mark.timeout(150)
def test_disk_and_memory_of_a_terminal_after_its_sessions_show_nobody(place: Place) -> None:
    hall = place.hall
    with hall.visitor() as visit:
        code = hall.console.make_code(OUYANG.person_id)
        begin_and_walk_away(visit, code)
        hall.console.set_fault(refuse=True)
        visit.reads("起连不上省里")
        for stage in stages(visit):
            if stage == "result":
                visit.reads("已存在本机，尚未提交")
    given = {
        "turnover": TURNOVER,
        "account": ACCOUNT,
        "unconfirmed": UNCONFIRMED,
        "code": code,
        **{
            f"{person.person_id}.{name}": getattr(person, name)
            for person in (CHEN, OUYANG)
            for name in ("name", "number", "address", "mobile")
        },
    }
    del given["ouyang-yi.mobile"]  # she never gave it
    assert place.found_in_memory(given) == set()
    assert place.found_on_disk(given) == {}
    for file in hall.hall.terminal_root.rglob("terminal.sqlite*"):
        shown = strings_of(file, "S") + strings_of(file, "l")
        assert not [name for name, text in given.items() if text.encode() in shown]
    writes_no_dump(hall)


def writes_no_dump(hall: JourneyHall) -> None:
    """A crash writes nothing: the process itself has forbidden it (``test_power_cut`` sees it die)."""
    limits = Path(f"/proc/{hall.terminal.process_id}/limits").read_text(encoding="ascii")
    (core,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"]


@pytest.mark.parametrize("before", [b"", b"x", b"xy"])
def test_a_text_is_found_in_whatever_form_it_stands(tmp_path: Path, before: bytes) -> None:
    file = tmp_path / "any"
    text = "欧阳𬱖 429999199309220027"
    plain = [text.encode(coding) for coding in CODINGS]
    shapes = [
        *plain,
        json.dumps({"name": text}).encode("ascii"),
        *(base64.b64encode(before + form + b"behind") for form in plain),
        *(form.hex().encode("ascii") for form in plain),
    ]
    for shape in shapes:
        file.write_bytes(b"noise" + before + shape + b"noise")
        assert found_in(file, {"text": text}) == {"text"}
    file.write_bytes(b"nothing of it")
    assert found_in(file, {"text": text}) == set()
    assert b"" not in forms_of("a")
