"""The fuzzer itself: it feeds every parser, and it finds what it is there to find."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.fuzz.__main__ import main
from tests.fuzz.engine import fuzz
from tests.fuzz.targets import TARGETS, Target

MAGIC = b"frame:"


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_parser_survives_a_round(target: Target) -> None:
    assert fuzz(target, 0.0, examples_a_round=60).examples > 30


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_parser_understands_what_the_fuzzer_starts_from(target: Target) -> None:
    assert target.seeds
    target.run(target.seeds)


def test_a_parser_that_raises_is_found() -> None:
    def brittle(pieces: Sequence[bytes]) -> None:
        data = b"".join(pieces)
        if data.startswith(MAGIC) and len(data) > len(MAGIC):
            assert data[len(MAGIC)] < 128, "a byte too large"

    with pytest.raises(AssertionError, match="a byte too large"):
        fuzz(Target("brittle", (MAGIC + b"\x01",), brittle), 10.0)


def test_a_parser_that_grows_is_found() -> None:
    kept: list[bytes] = []

    def hoarder(pieces: Sequence[bytes]) -> None:
        kept.append(b"x" * 100_000)

    with pytest.raises(AssertionError, match="holds"):
        fuzz(Target("hoarder", (b"x",), hoarder), 5.0, examples_a_round=100)


def test_the_program_names_what_it_fed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seconds", "0", "card_text"]) == 0
    assert capsys.readouterr().out.startswith("✓ card_text: ")
    assert main(["nothing_of_that_name"]) == 2
