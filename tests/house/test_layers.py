"""Who may import whom is checked by import-linter; here stands the proof that its contracts bite."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES_HERE_ONLY, PACKAGES_SHIPPED, product_modules

PARTS_OF_THE_APPLICATION = ("terminal", "matters", "province", "reporting", "operations")

TRESPASSES = {
    "The house stands on its foundation": ("offline_store/trespass.py", "import drivers"),
    "Every part of the application has its layer": ("kiosk_app/stray.py", ""),
    "Screens show; they do not reach for devices, the store, the wire or the province": (
        "screens/trespass.py",
        "import kiosk_app.province",
    ),
    "Only the screens and what builds them know Qt": (
        "kiosk_app/terminal/trespass.py",
        "import PySide6.QtCore",
    ),
    "The reference platform knows the wire and nothing of the terminal": (
        "province_platform/trespass.py",
        "import offline_store",
    ),
    "Nothing imports the reference platform or the demo": ("contract/trespass.py", "import demo"),
    "The demo sees the platform only through its doors": ("demo/trespass.py", "import province_platform"),
}


@pytest.fixture
def house(tmp_path: Path, repository: Path) -> Path:
    """Build the walls of the house, empty: every package that the contracts name, and the contracts."""
    shutil.copy(repository / "pyproject.toml", tmp_path)
    for package in (
        *PACKAGES_SHIPPED,
        "demo",
        "province_platform",
        *(f"kiosk_app/{part}" for part in PARTS_OF_THE_APPLICATION),
    ):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for module in ("__main__", "composition", "config"):
        (tmp_path / "kiosk_app" / f"{module}.py").touch()
    return tmp_path


def verdicts(house: Path) -> dict[str, str]:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "200", "PATH": ""},
    )
    return dict(re.findall(r"^(.+?) ?(KEPT|BROKEN)\b", run.stdout, flags=re.MULTILINE))


def test_an_empty_house_keeps_every_contract(house: Path) -> None:
    assert verdicts(house) == dict.fromkeys(TRESPASSES, "KEPT")


def test_a_trespass_breaks_each_contract(house: Path) -> None:
    for path, line in TRESPASSES.values():
        (house / path).write_text(f"{line}\n", encoding="utf-8")
    assert verdicts(house) == dict.fromkeys(TRESPASSES, "BROKEN")


def test_the_foundation_stands_on_the_standard_library_alone(repository: Path) -> None:
    allowed = sys.stdlib_module_names | {"foundation"}
    foreign = {
        f"{name} imports {imported}"
        for name, module in product_modules(repository)
        if name.parts[0] == "foundation"
        for imported in _imported_roots(module)
        if imported not in allowed
    }
    assert not foreign


def test_no_product_code_imports_what_only_checks_or_measures_it(repository: Path) -> None:
    trespassers = {
        f"{name} imports {imported}"
        for name, module in product_modules(repository)
        for imported in _imported_roots(module) & {"tests", "benchmarks"}
        if name.parts[0] != imported
    }
    assert not trespassers


def test_every_package_is_known_to_the_contracts_and_to_the_wheel(repository: Path) -> None:
    settings = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    there = {path.parent.name for path in repository.glob("*/__init__.py")} - {"tests"}
    assert there <= {*PACKAGES_SHIPPED, *PACKAGES_HERE_ONLY}, "a new package: shipped, or only here?"
    assert set(settings["importlinter"]["root_packages"]) == {
        *PACKAGES_SHIPPED,
        *PACKAGES_HERE_ONLY,
    } - {"benchmarks"}
    assert settings["setuptools"]["packages"]["find"]["include"] == [
        pattern for package in PACKAGES_SHIPPED for pattern in (package, f"{package}.*")
    ]


def _imported_roots(module: ast.Module) -> set[str]:
    roots = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            roots |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            roots.add(node.module.partition(".")[0])
    return roots
