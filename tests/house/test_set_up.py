"""Setting up says what is missing and what to do about it, in a folder of any name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

LOCKS = ("requirements/terminal.txt", "requirements/development.txt")


@pytest.fixture
def checkout(repository: Path, tmp_path: Path) -> Path:
    """Copy what setting up needs into a folder with a space in its name."""
    folder = tmp_path / "a clone of mine"
    for part in ("tools", "deploy", "requirements"):
        shutil.copytree(repository / part, folder / part)
    return folder


def set_up(checkout: Path, commands: dict[str, str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script with some commands of the machine replaced by one-line scripts."""
    for name, script in commands.items():
        command = checkout / "commands" / name
        command.parent.mkdir(exist_ok=True)
        command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        command.chmod(0o755)
    return subprocess.run(
        ["bash", "tools/set_up.sh"],
        cwd=checkout,
        env=os.environ | {"PATH": f"{checkout}/commands:{os.environ['PATH']}"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def everything_installed(checkout: Path) -> dict[str, str]:
    listing = f"'{checkout}/deploy/system-packages.txt'"
    return {"dpkg-query": f"grep -v '^#' {listing} | sed 's/^/installed /; s/$/, /'"}


def test_too_old_a_python_is_answered_with_what_to_install(checkout: Path) -> None:
    run = set_up(checkout, everything_installed(checkout), PYTHON="false")
    assert run.returncode == 1
    assert "3.11 to 3.14 is needed" in run.stderr
    assert "apt-get install python3 python3-venv" in run.stderr


def test_without_root_the_missing_packages_are_named_in_one_command(checkout: Path) -> None:
    (checkout / "deploy" / "system-packages.txt").write_text("[terminal]\nlibzbar0\nlibnowhere7  # why\n")
    commands = {"dpkg-query": "echo 'installed libzbar0, '", "id": "echo 1000"}
    path = f"{checkout}/commands:{_without_sudo(checkout)}"
    run = set_up(checkout, commands, PATH=path)
    assert run.returncode == 1
    assert "As root, run:  apt-get install libnowhere7\n" in run.stderr


def test_root_installs_what_is_missing_and_nothing_else(checkout: Path) -> None:
    (checkout / "deploy" / "system-packages.txt").write_text("[terminal]\nliba\nlibb\nlibc\n")
    commands = {
        "dpkg-query": "printf 'installed liba, \\nconfig-files libb, \\ninstalled libct64, libc (= 1)\\n'",
        "id": "echo 0",
        "apt-get": f"echo \"$@\" >> '{checkout}/calls'",
    }
    set_up(checkout, commands, PYTHON="false")
    assert (checkout / "calls").read_text().splitlines() == [
        "update -qq",
        "install --yes -qq --no-install-recommends libb",
    ]


def test_a_failing_installation_ends_with_a_sentence_that_says_what_to_do(checkout: Path) -> None:
    (checkout / "deploy" / "system-packages.txt").write_text("[terminal]\nliba\n")
    run = set_up(checkout, {"dpkg-query": "true", "id": "echo 0", "apt-get": "exit 100"})
    assert run.returncode == 1
    assert "Check the network and the sources of apt, and start again." in run.stderr


def test_packages_are_listed_once_and_in_order(repository: Path) -> None:
    text = (repository / "deploy" / "system-packages.txt").read_text(encoding="utf-8")
    assert re.findall(r"^\[(.+)\]$", text, flags=re.MULTILINE) == ["terminal", "development"]
    packages = re.findall(r"^[a-z0-9][a-z0-9+.-]+", text, flags=re.MULTILINE)
    assert len(packages) == len(set(packages))
    for paragraph in text.split("\n\n"):
        names = re.findall(r"^[a-z0-9][a-z0-9+.-]+", paragraph, flags=re.MULTILINE)
        assert names == sorted(names)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_address(lock: str, repository: Path) -> None:
    text = (repository / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[A-Za-z0-9_.-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("platform", "dev"))])
def test_a_lock_has_what_the_project_asks_for(lock: str, extras: tuple[str, ...], repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        Requirement(text)
        for text in (
            *project["dependencies"],
            *(text for extra in extras for text in project["optional-dependencies"][extra]),
        )
    ]
    pinned: dict[str, list[Version]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (repository / lock).read_text(), re.MULTILINE):
        pinned.setdefault(name.lower(), []).append(Version(version))
    stale = [
        str(requirement)
        for requirement in wanted
        if not any(map(requirement.specifier.contains, pinned.get(requirement.name.lower(), [])))
    ]
    assert not stale, "run `make lock`"


def _without_sudo(checkout: Path) -> str:
    """Return a PATH with this machine's commands and no sudo among them."""
    folder = checkout / "machine"
    folder.mkdir()
    for command in ("bash", "sh", "awk", "dirname", "mkdir", "flock"):
        found = shutil.which(command)
        assert found
        (folder / command).symlink_to(found)
    return str(folder)
