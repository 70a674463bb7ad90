"""Nothing happens on import: no thread, no child, no output, no warning, no file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.house.tree import product_modules

IMPORT_ALL = """
import importlib, os, pathlib, sys, threading
for name in sys.argv[1:]:
    importlib.import_module(name)
children = pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
assert threading.enumerate() == [threading.main_thread()], threading.enumerate()
assert not children, children
"""


def test_importing_everything_does_nothing(repository: Path, tmp_path: Path) -> None:
    modules = [
        ".".join(name.with_suffix("").parts).removesuffix(".__init__")
        for name, _ in product_modules(repository)
        if name.name != "__main__.py" and "migrations" not in name.parts
    ]
    run = subprocess.run(
        # What Shiboken's classes leave for the interpreter's last collection is not an effect of the import.
        [sys.executable, "-W", "error", "-W", "ignore:gc:ResourceWarning", "-c", IMPORT_ALL, *modules],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(repository), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)
    assert list(tmp_path.iterdir()) == []
