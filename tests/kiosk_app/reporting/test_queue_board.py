"""The board names everything that waits, files of cases among it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_app.reporting.queue_board import board_lines
from tests.fixtures.stores import a_store, an_event
from words import Words


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", {"  材料：1 条", "  办件：1 条"}), ("en", {"  papers of cases: 1", "  case: 1"})],
)
def test_files_that_wait_are_named_beside_the_streams(tmp_path: Path, language: str, said: set[str]) -> None:
    with a_store(tmp_path) as store:
        paper = an_event("upload", "attachment/1")
        store.outbox.append([paper, an_event("case", "case/1", depends_on=(paper.id,))])
        lines = {line.text for line in board_lines(store.outbox.board(), Words(language))}
    assert said <= lines
