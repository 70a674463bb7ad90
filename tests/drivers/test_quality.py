"""Every driver says in its quality.toml how it keeps the rules, and what it says is true."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

RULES = {
    "capabilities": "says what it can do, and that does not change while it is plugged in",
    "status_from_unknown": "is unknown until it has answered, and again when it is lost",
    "results_are_values": "whatever can be expected is a value; exceptions are for bugs",
    "open_proved_by_answer": "an open line proves nothing; an answer does",
    "deadline": "every command has one, and stopping is prompt",
    "reopen": "comes back by itself after it was lost",
    "hot_plug_by_identity": "is found by its own name, whatever port it is plugged into",
    "log_once": "one line when it goes, one when it is back",
    "simulator": "speaks the same protocol on the other end of a real pty or socket",
    "faults": "one file of tests for each fault",
    "any_bytes": "any bytes are survived: no exception, no endless loop, no growth",
    "nothing_of_a_person": "no log, repr or event shows anything of a person",
    "recorded_dialogues": "dialogues recorded from real devices are replayed",
    "tried_with_hardware": "was tried with a real device, which is named",
}
ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path.parent for path in (ROOT / "drivers").glob("*/device.py"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_driver_is_honest_about_every_rule(folder: Path) -> None:
    quality = tomllib.loads((folder / "quality.toml").read_text(encoding="utf-8"))
    assert quality.keys() == RULES.keys()
    for rule, said in quality.items():
        if said["state"] == "done":
            assert said["proof"], f"{rule}: which test proves it?"
            for proof in said["proof"]:
                assert _exists(proof), f"{rule}: there is no {proof}"
        else:
            assert said["state"] in ("missing", "exempt"), f"{rule}: done, missing or exempt?"
            assert len(said["reason"]) > 20, f"{rule}: why?"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_fault_file_is_named(folder: Path) -> None:
    quality = tomllib.loads((folder / "quality.toml").read_text(encoding="utf-8"))
    files = {f"tests/faults/{path.name}" for path in (ROOT / "tests/faults").glob(f"test_{folder.name}_*.py")}
    assert files == set(quality["faults"]["proof"])


def _exists(proof: str) -> bool:
    file, _, test = proof.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tests = {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    return test in tests if test else bool(tests)
