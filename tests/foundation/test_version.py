"""What is reported as the version is the version."""

from __future__ import annotations

import tomllib
from pathlib import Path

from foundation.version import VERSION


def test_the_version_is_that_of_the_project(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
