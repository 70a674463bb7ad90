"""A piece of a file that is damaged on its way: 460, nothing of it counts, and it is sent again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from province_platform.server import PlatformServer
from tests.fixtures.lines import Sent, a_line_that
from tests.fixtures.uploading_terminal import enrol, opened, pictures, uploading_terminal


def flip_a_bit(sent: Sent) -> Sent:
    """Of the second piece."""
    if sent.method != "PATCH" or sent.headers["upload-offset"] == "0" or sent.body is None:
        return sent
    return replace(sent, body=bytes([sent.body[0] ^ 1]) + sent.body[1:])


def test_a_piece_damaged_on_its_way_is_sent_again(tmp_path: Path) -> None:
    with (
        PlatformServer(tmp_path / "platform") as platform,
        uploading_terminal(
            enrol(tmp_path / "terminal", platform),
            platform.terminal_url,
            exchange=a_line_that(flip_a_bit),
        ) as terminal,
    ):
        contents = pictures()
        case = terminal.hand_in(contents)
        terminal.events.start()
        terminal.files.start()
        assert terminal.number_of(case)
        assert opened(platform, case) == contents
