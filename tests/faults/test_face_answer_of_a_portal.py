"""Something on the way answers for the province, and says 200."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.faces import a_face_line


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>Welcome</title>",
        b"{}",
        b'{"outcome":"yes","assurance":"face_matched"}',
        b'{"outcome":"matched","assurance":"certain"}',
    ],
)
def test_what_is_not_in_the_words_of_the_contract_is_no_yes(tmp_path: Path, body: bytes) -> None:
    with a_face_line(tmp_path, lambda _: Response(200, body)) as line:
        line.ask()
        assert line.error() is Errors.PROVINCE_NOT_UNDERSTOOD
