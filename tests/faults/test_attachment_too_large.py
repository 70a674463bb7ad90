"""A platform that takes no file so large: 413. It is set aside with its case, in words, and released."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.errors import Errors
from province_platform import upload_files
from province_platform.server import PlatformServer
from tests.fixtures.uploading_terminal import WITHIN_S, enrol, opened, pictures, uploading_terminal


def test_what_the_platform_never_takes_is_set_aside_with_its_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        PlatformServer(tmp_path / "platform") as platform,
        uploading_terminal(enrol(tmp_path / "terminal", platform), platform.terminal_url) as terminal,
    ):
        monkeypatch.setattr(upload_files, "LARGEST_SEALED_BYTES", 1000)
        contents = pictures(1)
        case = terminal.hand_in(contents)
        other = terminal.hand_in([])
        terminal.events.start()
        terminal.files.start()
        code = Errors.ATTACHMENT_REFUSED.code
        assert terminal.refused.get(timeout=WITHIN_S) == (f"case/{case.case_id}", "case", code)
        assert terminal.number_of(other)
        outbox = terminal.store.outbox
        aside = {event.stream: event for event in outbox.board().set_aside}
        assert set(aside) == {"upload", "case", "service"}
        assert aside["upload"].code == code
        assert "smaller parts" in aside["upload"].reason

        monkeypatch.undo()
        outbox.release(aside["upload"].id)
        assert terminal.number_of(case)
        assert opened(platform, case) == contents
