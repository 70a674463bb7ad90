"""The writing guide keeps its own rules in the sentences that it gives as good ones."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

HAN_IN_A_SENTENCE = 20
WORDS_IN_A_SENTENCE = 12
NEVER = re.compile(
    "[！!]|失败|错误|非法|异常|警告|稍后|马上|尽快|您错|Oops|kindly|[Ss]uccessful|[Ee]rror|[Ii]nvalid"
)


@pytest.fixture(scope="module")
def good_samples(repository: Path) -> list[tuple[str, str]]:
    guide = (repository / "docs" / "guides" / "words.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([^|]+?)<br>\*([^|]+?)\* \| [^|]+ \|$", guide, flags=re.MULTILINE)


def test_there_are_samples_enough(good_samples: list[tuple[str, str]]) -> None:
    assert len(good_samples) >= 20


def test_the_good_ones_are_short(good_samples: list[tuple[str, str]]) -> None:
    for chinese, english in good_samples:
        too_long = [
            *(s for s in re.split("[。？〔]", chinese) if len(re.findall("[一-鿿]", s)) >= HAN_IN_A_SENTENCE),
            *(s for s in re.split(r"[.?](?:\s|$)|\[", english) if len(s.split()) > WORDS_IN_A_SENTENCE),
        ]
        assert not too_long


def test_the_good_ones_neither_blame_nor_alarm_nor_promise(good_samples: list[tuple[str, str]]) -> None:
    assert [chinese for chinese, english in good_samples if NEVER.search(chinese + english)] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_people_read_neither_blames_nor_alarms_nor_promises(language: str, repository: Path) -> None:
    sections = tomllib.loads((repository / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    findings = [
        f"{section}.{name}: {sentence}"
        for section, sentences in sections.items()
        for name, sentence in sentences.items()
        if NEVER.search(sentence)
    ]
    assert not findings
