"""What the camera says can be read and heard, in both languages, and is the same for eye and ear."""

from __future__ import annotations

import tomllib

import pytest

from drivers.camera.device import Advice
from drivers.speech.phrases import Phrase
from tests.drivers.speech.booth import ROOT, book
from words import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_piece_of_advice_is_a_phrase_that_says_what_is_shown(language: str) -> None:
    said = {book().line(phrase, language).text for phrase in Phrase}
    shown = {advice: Words(language).say(advice.value) for advice in Advice}
    assert [advice for advice, text in shown.items() if text not in said] == []


def test_no_advice_has_words_that_nothing_says() -> None:
    section = tomllib.loads((ROOT / "words/zh.toml").read_text(encoding="utf-8"))["camera"]
    assert {f"camera.{name}" for name in section} - {"camera.lamp"} == {advice.value for advice in Advice}
