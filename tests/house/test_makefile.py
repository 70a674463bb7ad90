"""`make help` tells of every chore, and CI calls the same one that people do."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path


def test_help_is_what_make_says_first_and_lists_every_target(repository: Path) -> None:
    targets = set(re.findall(r"^\.PHONY: (\S+)$", (repository / "Makefile").read_text(), flags=re.MULTILINE))
    listing = subprocess.run(["make"], cwd=repository, check=True, capture_output=True, text=True).stdout
    listed = set(re.findall(r"^  ([a-z-]+) {2,}\S", listing, flags=re.MULTILINE))
    assert listed == targets
    assert {"help", "setup", "demo", "test", "bench", "lint", "types", "contracts", "lock", "clean"} <= listed


def test_every_target_is_declared_phony(repository: Path) -> None:
    makefile = (repository / "Makefile").read_text()
    defined = set(re.findall(r"^([a-z-]+):(?!=)", makefile, flags=re.MULTILINE))
    assert defined == set(re.findall(r"^\.PHONY: (\S+)$", makefile, flags=re.MULTILINE))


def run_ci(repository: Path, house: Path, recipe: str) -> subprocess.CompletedProcess[str]:
    (house / ".ci").mkdir()
    shutil.copy(repository / ".ci" / "run", house / ".ci")
    (house / "Makefile").write_text(f"test:\n\t@{recipe}\n", encoding="utf-8")
    return subprocess.run(["bash", ".ci/run"], cwd=house, capture_output=True, text=True, check=False)


def test_ci_ends_with_the_closing_line_of_pytest(repository: Path, tmp_path: Path) -> None:
    line = "============ 12 passed in 3.45s ============"
    run = run_ci(repository, tmp_path, f"echo '{line}'; echo afterwards")
    assert run.returncode == 0
    assert run.stdout.splitlines() == [line, "afterwards", line]


def test_ci_hands_on_that_something_failed(repository: Path, tmp_path: Path) -> None:
    line = "======= 1 failed, 12 passed, 1 error in 63.45s (0:01:03) ======="
    run = run_ci(repository, tmp_path, f"echo '{line}'; exit 1")
    assert run.returncode != 0
    assert run.stdout.splitlines()[-1] == line


def test_ci_says_so_when_the_tests_were_not_reached(repository: Path, tmp_path: Path) -> None:
    run = run_ci(repository, tmp_path, "echo 'Found 1 error.'; exit 1")
    assert run.returncode != 0
    assert "not reached" in run.stdout.splitlines()[-1]
