"""The disk gives back other bytes than were sealed: never sent, set aside with its case, and it is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from foundation.errors import Errors
from province_platform.server import PlatformServer
from tests.fixtures.uploading_terminal import WITHIN_S, enrol, pictures, uploading_terminal


@pytest.mark.parametrize("damage", ["a bit", "gone"])
def test_a_damaged_file_is_never_sent(tmp_path: Path, damage: str) -> None:
    paths_root = tmp_path / "terminal"
    with PlatformServer(tmp_path / "platform") as platform:
        paths = enrol(paths_root, platform)
        with uploading_terminal(paths, platform.terminal_url) as terminal:
            case = terminal.hand_in(pictures(1))
            (file,) = paths_root.rglob("*.attachments/*")
            if damage == "gone":
                file.unlink()
            else:
                content = bytearray(file.read_bytes())
                content[len(content) // 2] ^= 1
                file.write_bytes(content)
            terminal.events.start()
            terminal.files.start()
            told = terminal.refused.get(timeout=WITHIN_S)
            assert told == (f"case/{case.case_id}", "case", Errors.ATTACHMENT_DAMAGED.code)
            board = terminal.store.outbox.board()
            assert {event.stream for event in board.set_aside} == {"upload", "case", "service"}
            assert board.depth == 0
        with closing(sqlite3.connect(platform.database_path)) as connection:
            assert connection.execute("SELECT count(*) FROM attachments").fetchone() == (0,)
            assert connection.execute("SELECT count(*) FROM cases").fetchone() == (0,)
