"""The screens for a test, taken down at its end; a complaint of QML fails the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from tests.screens.looking import Showing


@pytest.fixture
def showing(qapp: QGuiApplication) -> Iterator[Showing]:
    """Screens that do not move, with what they send."""
    yield from _open(motion=False)


@pytest.fixture
def moving(qapp: QGuiApplication) -> Iterator[Showing]:
    """Screens that slide."""
    yield from _open(motion=True)


def _open(*, motion: bool) -> Iterator[Showing]:
    showing = Showing(motion=motion)
    yield showing
    showing.screens.close()
    assert showing.screens.warnings == []
