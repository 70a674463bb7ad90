"""What is made from the sources is as fresh as they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from screens import chores

WORDS = chores.FOLDER / "words"


def test_the_types_are_those_of_the_view_models() -> None:
    assert chores.TYPES.read_text(encoding="utf-8") == chores.qml_types(), "python -m screens.chores types"


def test_qmllint_has_nothing_to_say() -> None:
    assert chores.lint() == 0


@pytest.mark.parametrize("language", chores.LANGUAGES)
def test_every_word_is_translated_and_compiled(tmp_path: Path, language: str) -> None:
    for suffix in ("ts", "qm"):
        shutil.copy(WORDS / f"{language}.{suffix}", tmp_path)
    assert chores.make_words(tmp_path) == 0
    for suffix in ("ts", "qm"):
        fresh, committed = (folder / f"{language}.{suffix}" for folder in (tmp_path, WORDS))
        assert fresh.read_bytes() == committed.read_bytes(), "python -m screens.chores words"
    messages = ElementTree.parse(WORDS / f"{language}.ts").iter("message")  # noqa: S314  # our own file
    missing = [
        message.findtext("source")
        for message in messages
        if not message.findtext("translation") or message.find("translation[@type='unfinished']") is not None
    ]
    assert missing == []


def test_a_word_without_translation_would_be_found(tmp_path: Path) -> None:
    source = (WORDS / "en.ts").read_text(encoding="utf-8")
    (tmp_path / "en.ts").write_text(
        source.replace("<translation>Back</translation>", '<translation type="unfinished"/>')
    )
    assert chores.make_words(tmp_path) == 0
    assert (tmp_path / "en.qm").read_bytes() != (WORDS / "en.qm").read_bytes()
