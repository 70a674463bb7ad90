"""Who follows the guide has a new matter on the terminals, without a restart."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from contract.item_checks import decode_batch_document
from contract.items import RESERVED_SLIP_VALUES, Item, StepWidget
from contract.operations import SIGNATURE_HEADER
from contract.signing import Verifier
from foundation.identity_numbers import is_unified_social_credit_code
from province_platform.server import PlatformServer
from tests.province_platform.terminals import EnrolledTerminal, enrolled

FILE = "library-card-loss.json"


class Reader:
    """Somebody who does what the guide says, letter by letter, in a folder of their own."""

    def __init__(self, repository: Path, folder: Path) -> None:
        self.repository = repository
        self.folder = folder
        self.guide = (repository / "docs" / "guides" / "add-a-matter.md").read_text(encoding="utf-8")
        (self.example,) = self.blocks("json")
        (folder / FILE).write_text(self.example, encoding="utf-8")

    def blocks(self, language: str) -> list[str]:
        return re.findall(rf"^```{language}\n(.*?)^```", self.guide, flags=re.MULTILINE | re.DOTALL)

    def type_the_commands(self, root: Path) -> subprocess.CompletedProcess[str]:
        (command,) = [line for block in self.blocks("sh") for line in block.splitlines()]
        assert shlex.split(command)[0] == "python"
        here = {"python": sys.executable, "build/province": str(root), FILE: str(self.folder / FILE)}
        return subprocess.run(
            [here.get(word, word) for word in shlex.split(command)],
            cwd=self.repository,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def reader(repository: Path, tmp_path: Path) -> Reader:
    return Reader(repository, tmp_path)


def served(terminal: EnrolledTerminal) -> tuple[str, Item | None]:
    """What an enrolled terminal is given, after it has checked the signature."""
    answer = terminal.call("GET", "/v1/items")
    assert Verifier(terminal.enrolment.item_key).verifies(answer.content, answer.headers[SIGNATURE_HEADER])
    batch = decode_batch_document(answer.content)
    return batch.batch_id, batch.find("library-card-loss")


def test_the_guide_brings_a_matter_to_a_running_platform_and_its_terminals(
    reader: Reader, tmp_path: Path
) -> None:
    with PlatformServer(tmp_path / "platform") as server, enrolled(server, tmp_path) as terminal:
        before, missing = served(terminal)
        assert missing is None
        done = reader.type_the_commands(server.root)
        assert (done.returncode, done.stderr) == (0, "")
        after, item = served(terminal)
        assert item is not None
        assert after == done.stdout.strip() != before


def test_a_slip_of_the_pen_is_named_and_changes_nothing(reader: Reader, tmp_path: Path) -> None:
    slip = reader.example.replace('"field": "new_card"', '"field": "newcard"')
    assert slip != reader.example
    (reader.folder / FILE).write_text(slip, encoding="utf-8")
    with PlatformServer(tmp_path / "platform") as server, enrolled(server, tmp_path) as terminal:
        before, _ = served(terminal)
        done = reader.type_the_commands(server.root)
        assert done.returncode == 1
        assert "item library-card-loss: step newcard has no entry in fields" in done.stderr
        assert served(terminal) == (before, None)


def test_what_a_citizen_would_answer_fits_the_matter_of_the_guide(reader: Reader, tmp_path: Path) -> None:
    with PlatformServer(tmp_path / "platform") as server, enrolled(server, tmp_path) as terminal:
        assert reader.type_the_commands(server.root).stderr == ""
        _, item = served(terminal)
    assert item is not None
    assert is_unified_social_credit_code(item.task_code[:18])
    assert (len(item.task_code), len(item.handle_code)) == (31, 33)
    validator = Draft202012Validator(item.schema)
    (step,) = item.steps
    for option in step.options:
        assert validator.is_valid({step.field: option.value})
    assert not validator.is_valid({})
    assert not validator.is_valid({step.field: "somebody else's card"})


def test_the_guide_names_every_widget_and_every_word_of_a_slip(reader: Reader) -> None:
    first_cells = re.findall(r"^  \| ([^|]+) \|", reader.guide, flags=re.MULTILINE)
    named = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)} - {"widget"}
    assert named == {widget.value for widget in StepWidget}
    assert set(re.findall(r"`(\$[a-z_]+)`", reader.guide)) == RESERVED_SLIP_VALUES
