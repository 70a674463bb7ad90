"""The writer in its own process, as the terminal runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.input.pages import Page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a writer, on which nothing of a person may ever lie."""
    return tmp_path_factory.mktemp("input")


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[Page]:
    """What one writer writes."""
    page = Page(folder)
    yield page
    page.close()
