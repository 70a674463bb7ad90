"""What every test stands on: the surroundings of Qt, and an empty house when a test has ended."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.leaks import adopt_orphans, nothing_left_running

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

__all__ = ["nothing_left_running"]

# Qt reads these when its application is made, so they stand before anything imports it. The time zone is left
# alone: what depends on it is broken, and a test should show that.
os.environ.update(
    {
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
    }
)

adopt_orphans()


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    """Give pytest-qt the application class of a Qt Quick program: there are no widgets here."""
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder that holds pyproject.toml."""
    return Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test has the same name in every process: otherwise workers that share the tests refuse to begin."""
    nameless = [item.nodeid for item in items if " at 0x" in item.nodeid]
    if nameless:
        raise pytest.UsageError(f"give these parameters names (ids=…): {nameless[:3]}")
