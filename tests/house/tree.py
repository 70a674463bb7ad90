"""The committed files of this repository, as the house rules look at them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

PACKAGES_SHIPPED = (
    "contract",
    "drivers",
    "foundation",
    "kiosk_app",
    "offline_store",
    "provisioning",
    "screens",
    "words",
)
"""What a terminal gets."""

PACKAGES_HERE_ONLY = ("benchmarks", "demo", "province_platform")
"""What runs from a checkout and never travels with a terminal."""


def committed(repository: Path, *patterns: str) -> list[PurePosixPath]:
    """Return what git knows and what is still there, as paths relative to the repository."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--", *patterns],
        cwd=repository,
        check=True,
        capture_output=True,
        text=True,
    )
    names = (PurePosixPath(name) for name in listing.stdout.split("\0") if name)
    return [name for name in names if (repository / name).is_file()]


def product_modules(repository: Path) -> Iterator[tuple[PurePosixPath, ast.Module]]:
    """Yield every committed Python module outside tests/, parsed."""
    packages = (*PACKAGES_SHIPPED, *PACKAGES_HERE_ONLY)
    for name in committed(repository, *(f"{package}/**.py" for package in packages)):
        yield name, ast.parse((repository / name).read_text(encoding="utf-8"), filename=str(name))
