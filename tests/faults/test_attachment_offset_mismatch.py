"""A piece that does not begin where the file ends: 409, and the terminal asks how far the file has come."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from province_platform.server import PlatformServer
from tests.fixtures.lines import Sent, a_line_that
from tests.fixtures.uploading_terminal import enrol, opened, pictures, uploading_terminal


def skip_some(sent: Sent) -> Sent:
    if sent.method != "PATCH":
        return sent
    return replace(sent, headers={**sent.headers, "upload-offset": "1000"})


def test_a_piece_at_the_wrong_place_is_sent_where_the_file_ends(tmp_path: Path) -> None:
    with (
        PlatformServer(tmp_path / "platform") as platform,
        uploading_terminal(
            enrol(tmp_path / "terminal", platform),
            platform.terminal_url,
            exchange=a_line_that(skip_some),
        ) as terminal,
    ):
        contents = pictures(1)
        case = terminal.hand_in(contents)
        terminal.events.start()
        terminal.files.start()
        assert terminal.number_of(case)
        assert opened(platform, case) == contents
