"""The platform has a piece, or the whole file, and its answer is lost: nothing is sent twice into it."""

from __future__ import annotations

from pathlib import Path

from province_platform.faults import FaultChange
from province_platform.server import PlatformServer
from tests.fixtures.uploading_terminal import enrol, opened, pictures, uploading_terminal


def test_answers_that_are_dropped_after_the_commit(tmp_path: Path) -> None:
    with (
        PlatformServer(tmp_path / "platform") as platform,
        uploading_terminal(enrol(tmp_path / "terminal", platform), platform.terminal_url) as terminal,
    ):
        contents = pictures()
        case = terminal.hand_in(contents)
        platform.turn(FaultChange(drop_answer_after_commit=9))  # six pieces, and then the case itself
        terminal.events.start()
        terminal.files.start()
        assert terminal.number_of(case)
        assert opened(platform, case) == contents
        assert len(list((platform.root / "attachments").iterdir())) == 2
